using System.Globalization;
using FlinkDashboard.Sandbox.Behaviours.Operator.Rules;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Autoscaling;

/// <summary>A value the autoscaler cannot read; it gives up for this pass.</summary>
internal sealed class ScalingProblem(string message) : Exception(message);

/// <summary>The options <c>job.autoscaler.…</c> (autoscaler/config/AutoScalerOptions), read when they are asked for, also under their old prefix.</summary>
/// <param name="config">Configuration by which the job is observed.</param>
internal sealed class ScalingOptions(IReadOnlyDictionary<string, string> config)
{
    /// <summary>Prefix of all keys.</summary>
    public const string Prefix = "job.autoscaler.";

    public bool IsEnabled => Flag("enabled", false);

    public bool MayScale => Flag("scaling.enabled", true);

    public TimeSpan MetricsWindow => Span("metrics.window", TimeSpan.FromMinutes(15));

    public TimeSpan Stabilization => Span("stabilization.interval", TimeSpan.FromMinutes(5));

    public double Target => Value("utilization.target") is null && Value("target.utilization") is not null ? Number("target.utilization", 0.7) : Number("utilization.target", 0.7);

    public double UtilizationMax => Value("utilization.max") is null ? Target + Boundary : Number("utilization.max", 1);

    public double UtilizationMin => Value("utilization.min") is null ? Target - Boundary : Number("utilization.min", 0);

    public TimeSpan ScaleDownInterval => Value("scale-down.interval") is null ? Span("scale-up.grace-period", TimeSpan.FromHours(1)) : Span("scale-down.interval", TimeSpan.FromHours(1));

    public double MaxScaleDown => Number("scale-down.max-factor", 0.6);

    public double MaxScaleUp => Number("scale-up.max-factor", 100_000);

    public int MinParallelism => (int)Number("vertex.min-parallelism", 1);

    public int MaxParallelism => (int)Number("vertex.max-parallelism", 200);

    public IReadOnlyList<string> Excluded => (Value("vertex.exclude.ids") ?? "").Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public string ExcludedPeriods => Value("excluded.periods") ?? "";

    public TimeSpan CatchUp => Span("catch-up.duration", TimeSpan.FromMinutes(30));

    public TimeSpan RestartTime => Span("restart.time", TimeSpan.FromMinutes(5));

    public bool TracksRestarts => Flag("restart.time-tracking.enabled", false);

    public TimeSpan RestartLimit => Span("restart.time-tracking.limit", TimeSpan.FromMinutes(15));

    public TimeSpan BacklogThreshold => Span("backlog-processing.lag-threshold", TimeSpan.FromMinutes(5));

    public bool BlocksIneffective => Flag("scaling.effectiveness.detection.enabled", false);

    public double EffectivenessThreshold => Number("scaling.effectiveness.threshold", 0.1);

    public TimeSpan EventInterval => Span("scaling.event.interval", TimeSpan.FromMinutes(30));

    public string Alignment => Value("scaling.parallelism-alignment.mode") ?? "BALANCED";

    public double HeapThreshold => Number("memory.heap-usage.threshold", 1);

    public double GcThreshold => Number("memory.gc-pressure.threshold", 1);

    public int HistoryCount => (int)Number("history.max.count", 3);

    public TimeSpan HistoryAge => Span("history.max.age", TimeSpan.FromDays(1));

    public double? CpuQuota => Value("quota.cpu") is null ? null : Number("quota.cpu", 0);

    /// <summary>Bytes.</summary>
    public long? MemoryQuota => Value("quota.memory") is { } text ? Read("quota.memory", text, t => (long?)MemoryText.Parse(t)) : null;

    private double Boundary => Number("target.utilization.boundary", 0.3);

    private string? Value(string key) => config.GetValueOrDefault(Prefix + key) ?? config.GetValueOrDefault("kubernetes.operator." + Prefix + key);

    private bool Flag(string key, bool otherwise) => Value(key) is { } text ? Read(key, text, t => bool.TryParse(t, out var value) ? value : (bool?)null)!.Value : otherwise;

    private double Number(string key, double otherwise) =>
        Value(key) is { } text ? Read(key, text, t => double.TryParse(t, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : (double?)null)!.Value : otherwise;

    private TimeSpan Span(string key, TimeSpan otherwise) => Value(key) is { } text ? Read(key, text, FlinkOptions.ParseDuration)!.Value : otherwise;

    private static T Read<T>(string key, string text, Func<string, T> parse)
    {
        try
        {
            if (parse(text) is { } value)
                return value;
        }
        catch (ArgumentException)
        {
            // Said below in Flink's words.
        }
        throw new ScalingProblem($"Could not parse value '{text}' for key '{Prefix}{key}'.");
    }
}
