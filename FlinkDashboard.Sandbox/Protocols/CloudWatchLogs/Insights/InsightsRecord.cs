using System.Text.Json;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World.Aws;

namespace FlinkDashboard.Sandbox.Protocols.CloudWatchLogs.Insights;

/// <summary>One row on its way through a query: an event with its fields, or a group of such; fields are added to it.</summary>
/// <param name="source">The event; null for a group.</param>
/// <param name="group">Name of the log group.</param>
internal sealed class InsightsRecord(LogEvent? source, string group)
{
    private readonly Dictionary<string, object?> _added = [];
    private Dictionary<string, object?>? _discovered;

    /// <summary>The fields that every event has.</summary>
    public static readonly IReadOnlyList<string> Common = ["@ingestionTime", "@log", "@logStream", "@message", "@timestamp", "@ptr"];

    /// <summary>A field; null when it is not there.</summary>
    public object? this[string name]
    {
        get => _added.TryGetValue(name, out var value) ? value : source is null ? null : name switch
        {
            "@timestamp" => new InsightsTime(source.Timestamp),
            "@ingestionTime" => new InsightsTime(source.IngestionTime),
            "@message" => source.Message,
            "@logStream" => source.Stream.Name,
            "@log" => $"{AwsAccount.Id}:{group}",
            "@ptr" => InsightsPointer.Write(group, source),
            _ => Discovered.GetValueOrDefault(name),
        };
        set => _added[name] = value;
    }

    /// <summary>Fields found in an event that is a JSON object, by their paths.</summary>
    public IReadOnlyDictionary<string, object?> Discovered => _discovered ??= Discover(source?.Message);

    private static Dictionary<string, object?> Discover(string? message)
    {
        var fields = new Dictionary<string, object?>();
        if (message?.StartsWith('{') != true)
            return fields;
        try
        {
            Flatten(JsonNode.Parse(message), "", fields);
        }
        catch (JsonException)
        {
            fields.Clear(); // a line that only looks like JSON has no fields
        }
        return fields;
    }

    private static void Flatten(JsonNode? node, string path, Dictionary<string, object?> fields)
    {
        switch (node)
        {
            case JsonObject o:
                foreach (var (name, value) in o)
                    Flatten(value, path.Length == 0 ? name : $"{path}.{name}", fields);
                break;
            case JsonArray a:
                for (var i = 0; i < a.Count; i++)
                    Flatten(a[i], $"{path}.{i}", fields);
                break;
            case JsonValue v:
                fields[path] = v.GetValueKind() switch
                {
                    JsonValueKind.Number => v.GetValue<double>(),
                    JsonValueKind.True or JsonValueKind.False => v.GetValue<bool>(),
                    _ => v.ToString(),
                };
                break;
        }
    }
}

/// <summary>What <c>@ptr</c> holds: where an event is, unreadable to others as the service's are.</summary>
internal static class InsightsPointer
{
    /// <summary>Of an event.</summary>
    public static string Write(string group, LogEvent e) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{group}\n{e.Stream.Name}\n{e.Number}"));

    /// <summary>Group, stream and number; null when it is something else.</summary>
    public static (string Group, string Stream, long Number)? Read(string pointer)
    {
        var bytes = new byte[pointer.Length];
        return Convert.TryFromBase64String(pointer, bytes, out var count) && System.Text.Encoding.UTF8.GetString(bytes, 0, count).Split('\n') is [var group, var stream, var number]
            && long.TryParse(number, out var n) ? (group, stream, n) : null;
    }
}
