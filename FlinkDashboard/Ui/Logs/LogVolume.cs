using FlinkDashboard.Model.Logs;

namespace FlinkDashboard.Ui.Logs;

/// <summary>How many lines were written when, by severity.</summary>
/// <param name="From">Begin of the first bucket.</param>
/// <param name="Step">Length of a bucket.</param>
/// <param name="Buckets">Lines in each: other, warnings, errors.</param>
public sealed record LogVolume(DateTimeOffset From, TimeSpan Step, IReadOnlyList<LogBucket> Buckets)
{
    private const int Most = 90;

    private static readonly TimeSpan[] Steps = [.. ((double[])[0.1, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400]).Select(TimeSpan.FromSeconds)];

    /// <summary>Nothing.</summary>
    public static LogVolume Empty { get; } = new(DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(1), []);

    /// <summary>End of the last bucket.</summary>
    public DateTimeOffset To => From + Step * Buckets.Count;

    /// <summary>Counts lines.</summary>
    /// <param name="entries">In order of time.</param>
    /// <param name="from">Begin of the window.</param>
    /// <param name="to">Its end.</param>
    public static LogVolume Of(IReadOnlyList<LogEntry> entries, DateTimeOffset from, DateTimeOffset to)
    {
        if (to <= from)
            return Empty;
        var step = Steps.FirstOrDefault(one => (to - from) / one <= Most, TimeSpan.FromDays(Math.Ceiling((to - from).TotalDays / Most)));
        // Whole steps of the clock: a view that moves on keeps its bars.
        var begin = new DateTimeOffset(from.UtcTicks - from.UtcTicks % step.Ticks, TimeSpan.Zero);
        var buckets = new LogBucket[(int)Math.Ceiling((to - begin) / step)];
        foreach (var entry in entries)
        {
            if (entry.Kind != LogEntryKind.Line || entry.Time < begin || entry.Time >= to)
                continue;
            ref var bucket = ref buckets[(int)((entry.Time - begin) / step)];
            bucket = entry.Severity switch
            {
                LogSeverity.Error => bucket with { Errors = bucket.Errors + 1 },
                LogSeverity.Warn => bucket with { Warnings = bucket.Warnings + 1 },
                _ => bucket with { Others = bucket.Others + 1 },
            };
        }
        return new(begin, step, buckets);
    }

    /// <summary>For the browser: three numbers a bucket, in order.</summary>
    public double[] Flat() => [.. Buckets.SelectMany(bucket => (double[])[bucket.Others, bucket.Warnings, bucket.Errors])];
}

/// <summary>Lines of a span of time.</summary>
/// <param name="Others">Neither warnings nor errors.</param>
/// <param name="Warnings">WARN.</param>
/// <param name="Errors">ERROR and FATAL.</param>
public readonly record struct LogBucket(double Others, double Warnings, double Errors)
{
    /// <summary>All of them.</summary>
    public double All => Others + Warnings + Errors;
}
