using FlinkDashboard.Model.Metrics;

namespace FlinkDashboard.Tests.Ui.Charts;

/// <summary>Frames made up for tests: a minute between two moments.</summary>
internal static class Frames
{
    public static DateTimeOffset Start { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static MetricChart Chart { get; } = new()
    {
        Id = "records-in",
        Title = "Records in",
        Meaning = "What the sources read.",
        Group = "Throughput",
        About = ChartSubjectKind.Application,
        Unit = ChartUnit.RecordsPerSecond,
        Queries = [new("up", "{{pod}}")],
        Needs = ["up"],
        Missing = "No series: Flink's reporter is off.",
    };

    /// <summary>Lines over moments: each value is the line's number times thousand plus the minute.</summary>
    public static ChartFrame Of(int lines, int points, int shift = 0, Func<int, int, double>? value = null) => new(
        new(Start.AddMinutes(shift), Start.AddMinutes(shift + points - 1), TimeSpan.FromMinutes(1)),
        [.. Enumerable.Range(0, lines).Select(line => new ChartLine($"line {line}", new Dictionary<string, string>(), [.. Enumerable.Range(shift, points).Select(at => value?.Invoke(line, at) ?? (line * 1000) + at)]))], []);

    public static ChartAnswer Answer(ChartFrame frame) => new(frame, frame.Range.To, null, null, "prometheus.example");
}
