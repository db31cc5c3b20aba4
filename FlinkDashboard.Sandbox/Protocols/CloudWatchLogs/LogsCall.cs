using System.Globalization;
using System.Text.Json;
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

    /// <summary>True when it is there and not set.</summary>
    public bool IsOff(string name) => input[name]?.GetValueKind() == JsonValueKind.False;

    /// <summary>A whole number, or null.</summary>
    public long? Number(string name) => input.Number(name);

    /// <summary>The <c>limit</c>, held to its bounds.</summary>
    public int Limit(int max)
    {
        var limit = input.Number("limit") ?? max;
        return limit >= 1 && limit <= max ? (int)limit
            : throw Invalid($"1 validation error detected: Value '{limit}' at 'limit' failed to satisfy constraint: Member must have value {(limit < 1 ? "greater than or equal to 1" : $"less than or equal to {max}")}");
    }

    /// <summary>Simulated time, in milliseconds.</summary>
    public long Now => groups.Now;

    /// <summary>The place that <c>nextToken</c> holds; null at the beginning.</summary>
    public string? Place() => Text("nextToken") is not { } token ? null : PageToken.Read(token, Now) ?? throw BadToken();

    /// <summary>How many things stand before the page that <c>nextToken</c> names.</summary>
    public int Skip() => Place() is not { } place ? 0 : int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var skip) ? skip : throw BadToken();

    /// <summary>The <c>nextToken</c> of a page after so many things.</summary>
    public string TokenAfter(int things) => PageToken.Write(things.ToString(CultureInfo.InvariantCulture), Now);

    /// <summary>The group that <c>logGroupName</c> or <c>logGroupIdentifier</c> names.</summary>
    public LogGroup Group()
    {
        var (name, identifier) = (Text("logGroupName"), Text("logGroupIdentifier"));
        if (name is not null && identifier is not null)
            throw new AwsFailure("ValidationException", "LogGroup name and LogGroup ARN are mutually exclusive parameters.", 400);
        if (name is null && identifier is null)
            throw Invalid("Exactly one of logGroupName and logGroupIdentifier must be given.");
        return groups.Find(name ?? identifier!) ?? throw new AwsFailure("ResourceNotFoundException", "The specified log group does not exist.", 400);
    }

    /// <summary>A token is none, or has expired.</summary>
    public static AwsFailure BadToken() => Invalid("The specified nextToken is invalid.");

    /// <summary>A parameter is wrong.</summary>
    public static AwsFailure Invalid(string message) => new("InvalidParameterException", message, 400);
}
