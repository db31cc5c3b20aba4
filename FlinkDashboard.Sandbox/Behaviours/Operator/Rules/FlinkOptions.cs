using System.Globalization;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Rules;

/// <summary>Readings of a flat Flink configuration that several rules share: keys with their old names, durations, switches.</summary>
public static class FlinkOptions
{
    private const string Operator = "kubernetes.operator.";

    private static readonly string[] Names = ["KUBERNETES", "ZOOKEEPER"];

    /// <summary>High availability is on (Kubernetes, ZooKeeper or a factory class).</summary>
    public static bool IsHighlyAvailable(IReadOnlyDictionary<string, string> config) =>
        First(config, "high-availability.type", "high-availability") is { } mode
        && !mode.Equals("NONE", StringComparison.OrdinalIgnoreCase)
        && (Names.Contains(mode.ToUpperInvariant()) || mode.Contains('.', StringComparison.Ordinal));

    /// <summary>Where checkpoints go, or null.</summary>
    public static string? CheckpointDirectory(IReadOnlyDictionary<string, string> config) => First(config, "execution.checkpointing.dir", "state.checkpoints.dir");

    /// <summary>Default target of savepoints, or null.</summary>
    public static string? SavepointDirectory(IReadOnlyDictionary<string, string> config) =>
        First(config, "execution.checkpointing.savepoint-dir", "state.savepoints.dir") is { } dir && !string.IsNullOrWhiteSpace(dir) ? dir : null;

    /// <summary>Slots of a TaskManager.</summary>
    public static int Slots(IReadOnlyDictionary<string, string> config) =>
        int.TryParse(config.GetValueOrDefault("taskmanager.numberOfTaskSlots"), out var slots) && slots > 0 ? slots : 1;

    /// <summary>A key of the operator, given without its prefix.</summary>
    public static string? OfOperator(IReadOnlyDictionary<string, string> config, string key) => config.GetValueOrDefault(Operator + key);

    /// <summary>A switch of the operator.</summary>
    public static bool Switch(IReadOnlyDictionary<string, string> config, string key, bool otherwise = false) =>
        bool.TryParse(OfOperator(config, key), out var value) ? value : otherwise;

    /// <summary>A whole number of the operator.</summary>
    public static int Number(IReadOnlyDictionary<string, string> config, string key, int otherwise) =>
        int.TryParse(OfOperator(config, key), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    /// <summary>A duration of the operator.</summary>
    public static TimeSpan Duration(IReadOnlyDictionary<string, string> config, string key, TimeSpan otherwise) =>
        ParseDuration(OfOperator(config, key)) ?? otherwise;

    /// <summary>Flink's duration syntax, or ISO-8601; null for anything else.</summary>
    public static TimeSpan? ParseDuration(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var trimmed = text.Trim();
        var digits = trimmed.TakeWhile(char.IsAsciiDigit).Count();
        if (digits == 0)
            return null;
        var amount = double.Parse(trimmed[..digits], CultureInfo.InvariantCulture);
        return trimmed[digits..].Trim().ToLowerInvariant() switch
        {
            "" or "ms" or "milli" or "millis" or "millisecond" or "milliseconds" => TimeSpan.FromMilliseconds(amount),
            "s" or "sec" or "secs" or "second" or "seconds" => TimeSpan.FromSeconds(amount),
            "m" or "min" or "minute" or "minutes" => TimeSpan.FromMinutes(amount),
            "h" or "hour" or "hours" => TimeSpan.FromHours(amount),
            "d" or "day" or "days" => TimeSpan.FromDays(amount),
            _ => null,
        };
    }

    private static string? First(IReadOnlyDictionary<string, string> config, params string[] keys) =>
        keys.Select(config.GetValueOrDefault).FirstOrDefault(v => v is not null);
}
