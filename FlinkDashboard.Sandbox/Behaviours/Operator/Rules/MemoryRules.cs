using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Rules;

/// <summary>Rules for the resources of JobManager and TaskManager.</summary>
public static partial class MemoryRules
{
    /// <summary>The first error, or null.</summary>
    /// <param name="component">spec.jobManager or spec.taskManager.</param>
    /// <param name="title">JobManager or TaskManager.</param>
    /// <param name="prefix">Prefix of its Flink memory keys.</param>
    /// <param name="config">Effective configuration.</param>
    public static string? Error(JsonNode? component, string title, string prefix, IReadOnlyDictionary<string, string> config)
    {
        var field = char.ToLowerInvariant(title[0]) + title[1..];
        var memory = (string?)component?["resource"]?["memory"];
        if (memory is null)
            return GivenByKeys(prefix, config) ? null : $"{title} resource memory must be defined using `spec.{field}.resource.memory`";
        try
        {
            MemoryText.Parse(memory);
        }
        catch (ArgumentException e)
        {
            return $"{title} resource memory parse error: {e.Message}";
        }
        return (string?)component!["resource"]!["ephemeralStorage"] is { } storage && !Quantity().IsMatch(storage)
            ? $"{title} resource ephemeral storage parse error: Unable to parse quantity: {storage}"
            : null;
    }

    private static bool GivenByKeys(string prefix, IReadOnlyDictionary<string, string> config) =>
        config.ContainsKey($"{prefix}.memory.process.size")
        || config.ContainsKey($"{prefix}.memory.flink.size")
        || (prefix == "jobmanager"
            ? config.ContainsKey("jobmanager.memory.heap.size")
            : config.ContainsKey("taskmanager.memory.task.heap.size") && config.ContainsKey("taskmanager.memory.managed.size"));

    [GeneratedRegex(@"^[+-]?(\d+\.?\d*|\.\d+)([KMGTPE]i|[numkKMGTPE]|[eE][+-]?\d+)?$")]
    private static partial Regex Quantity();
}
