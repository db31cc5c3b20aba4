using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.CloudWatchLogs;

/// <summary>The input of one operation, with the checks that all share.</summary>
internal sealed class LogsCall(JsonObject input, LogGroups groups)
{
    /// <summary>A text, or null.</summary>
    public string? Text(string name) => input.Text(name);

    /// <summary>A list of texts.</summary>
    public IReadOnlyList<string> Texts(string name) => [.. input.Texts(name)];

    /// <summary>True when it is set.</summary>
    public bool Flag(string name) => input.Flag(name);

    /// <summary>A whole number, or null.</summary>
    public long? Number(string name) => input.Number(name);

    /// <summary>The <c>limit</c>, held to its bounds.</summary>
    public int Limit(int max)
    {
        var limit = input.Number("limit") ?? max;
        return limit >= 1 && limit <= max ? (int)limit
            : throw Invalid($"1 validation error detected: Value '{limit}' at 'limit' failed to satisfy constraint: Member must have value {(limit < 1 ? "greater than or equal to 1" : $"less than or equal to {max}")}");
    }

    /// <summary>The group that <c>logGroupName</c> or <c>logGroupIdentifier</c> names.</summary>
    public LogGroup Group()
    {
        var (name, identifier) = (Text("logGroupName"), Text("logGroupIdentifier"));
        if (name is null == identifier is null)
            throw Invalid("Exactly one of logGroupName and logGroupIdentifier must be given.");
        return groups.Find(name ?? identifier!) ?? throw new AwsFailure("ResourceNotFoundException", "The specified log group does not exist.", 400);
    }

    /// <summary>A parameter is wrong.</summary>
    public static AwsFailure Invalid(string message) => new("InvalidParameterException", message, 400);
}
