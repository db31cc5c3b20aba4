using System.Globalization;
using System.Text.Json;

namespace FlinkDashboard.Model.Logs;

/// <summary>Lines that are JSON objects: log4j's JsonLayout and JsonTemplateLayout (ECS), logback's encoders, zap, and what Fluent Bit wraps.</summary>
internal static class LogJson
{
    private static readonly string[] Times = ["@timestamp", "timestamp", "time", "ts", "timeMillis", "instant"];
    private static readonly string[] Levels = ["level", "log.level", "severity", "levelname"];
    private static readonly string[] Loggers = ["loggerName", "logger_name", "logger", "log.logger"];
    private static readonly string[] Texts = ["message", "msg", "log"];
    private static readonly string[] Traces = ["error.stack_trace", "stack_trace", "stacktrace", "exception", "thrown"];

    /// <summary>The head of such a line; null when it is no JSON object with a message. A stack trace in it follows the message after a line break.</summary>
    public static LogHead? Of(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (Find(root, Texts) is not { ValueKind: JsonValueKind.String } text)
                return null;
            var severity = Find(root, Levels) is { ValueKind: JsonValueKind.String } level ? LogLayout.SeverityOf(level.GetString()) : LogSeverity.Unknown;
            var logger = Find(root, Loggers) is { ValueKind: JsonValueKind.String } name ? name.GetString() : null;
            var time = Find(root, Times) is { } at ? TimeOf(at) : null;
            return new(time, severity, logger, Find(root, Traces) is { } trace && TraceOf(trace) is { Length: > 0 } words ? $"{text.GetString()}\n{words}" : text.GetString()!);
        }
        catch (JsonException)
        {
            return null; // begins with a brace, but is no JSON
        }
    }

    /// <summary>The line that Fluent Bit of Container Insights wraps in an event, with its pod; null for anything else.</summary>
    public static (string Pod, string Line)? Unwrapped(string message)
    {
        if (!message.StartsWith('{') || !message.Contains("\"pod_name\"", StringComparison.Ordinal))
            return null;
        try
        {
            using var document = JsonDocument.Parse(message);
            return Find(document.RootElement, ["kubernetes"]) is { ValueKind: JsonValueKind.Object } place && Find(place, ["pod_name"]) is { ValueKind: JsonValueKind.String } pod
                && Find(document.RootElement, ["log"]) is { ValueKind: JsonValueKind.String } text ? (pod.GetString()!, text.GetString()!.TrimEnd('\n')) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement? Find(JsonElement root, string[] names)
    {
        foreach (var name in names)
            if (root.TryGetProperty(name, out var value))
                return value;
        return null;
    }

    private static string? TraceOf(JsonElement trace) => trace.ValueKind switch
    {
        JsonValueKind.String => trace.GetString()!.TrimEnd(),
        JsonValueKind.Object when Find(trace, ["extendedStackTrace", "stackTrace", "message"]) is { ValueKind: JsonValueKind.String } text => text.GetString()!.TrimEnd(),
        _ => null
    };

    private static DateTimeOffset? TimeOf(JsonElement time)
    {
        if (time.ValueKind == JsonValueKind.String)
            return DateTimeOffset.TryParse(time.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var parsed) ? parsed : null;
        if (time.ValueKind == JsonValueKind.Object && time.TryGetProperty("epochSecond", out var whole) && whole.TryGetInt64(out var epoch))
            return Epoch(epoch + (time.TryGetProperty("nanoOfSecond", out var nano) && nano.TryGetInt64(out var part) ? part / 1e9 : 0));
        if (time.ValueKind != JsonValueKind.Number || !time.TryGetDouble(out var number))
            return null;
        return Epoch(number > 1e14 ? number / 1e9 : number > 1e11 ? number / 1e3 : number);
    }

    private static DateTimeOffset? Epoch(double seconds) =>
        seconds is > 0 and < 2.5e11 ? DateTimeOffset.UnixEpoch.AddTicks((long)(Math.Round(seconds * 1e6) * TimeSpan.TicksPerMicrosecond)) : null;
}
