namespace FlinkDashboard.Model.Metrics;

/// <summary>The moments of a chart: both ends lie on whole steps, so that one question asked twice has one answer.</summary>
/// <param name="From">First moment.</param>
/// <param name="To">Last moment.</param>
/// <param name="Step">Between two moments, at least a second.</param>
public sealed record ChartRange(DateTimeOffset From, DateTimeOffset To, TimeSpan Step)
{
    // Seconds. Each divides the next ones' days, hours or minutes, so that labels on the axis fall on moments.
    private static readonly int[] NiceSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400];

    /// <summary>How many moments.</summary>
    public int Points => (int)((To - From) / Step) + 1;

    /// <summary>
    /// The moments for a drawing: no more than it has room for, steps that people count in, never shorter than the time between two scrapes, both ends on
    /// whole steps. Drawings of similar width that show the same hour ask the same question.
    /// </summary>
    /// <param name="from">First moment wanted.</param>
    /// <param name="to">Last moment wanted; before <paramref name="from"/> it is taken as one step.</param>
    /// <param name="pixels">Width of the drawing; a point takes two.</param>
    /// <param name="scrape">Time between two scrapes.</param>
    public static ChartRange Of(DateTimeOffset from, DateTimeOffset to, int pixels, TimeSpan scrape)
    {
        var span = to > from ? to - from : TimeSpan.Zero;
        var most = Math.Clamp(pixels / 2, 60, 1_500);
        var least = Math.Max(scrape.TotalSeconds, span.TotalSeconds / most);
        var seconds = NiceSteps.Cast<int?>().FirstOrDefault(s => s >= least) ?? (long)Math.Ceiling(least / 86_400) * 86_400;
        var step = TimeSpan.FromSeconds(seconds);
        var end = Floor(to > from ? to : from, step);
        var start = Floor(from, step);
        return new(start < end ? start : end - step, end, step);
    }

    /// <summary>Window of a rate at this step: holds four scrapes even when one is late, and leaves no sample between two steps unseen (as Grafana's <c>$__rate_interval</c>).</summary>
    public TimeSpan Window(TimeSpan scrape) => TimeSpan.FromTicks(Math.Max(4 * scrape.Ticks, (Step + scrape).Ticks));

    private static DateTimeOffset Floor(DateTimeOffset at, TimeSpan step) => new(at.UtcTicks - (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) % step.Ticks, TimeSpan.Zero);
}

/// <summary>One line.</summary>
/// <param name="Name">As the legend says.</param>
/// <param name="Labels">Of the series.</param>
/// <param name="Values">One per moment of the frame; NaN where there was none.</param>
public sealed record ChartLine(string Name, IReadOnlyDictionary<string, string> Labels, double[] Values);

/// <summary>The lines of a chart over its moments.</summary>
/// <param name="Range">The moments.</param>
/// <param name="Lines">In order of their names.</param>
/// <param name="Warnings">What the source said beside the answer.</param>
public sealed record ChartFrame(ChartRange Range, IReadOnlyList<ChartLine> Lines, IReadOnlyList<string> Warnings);

/// <summary>
/// What is known of a chart. A source that fails leaves the last frame with its age; there is no empty frame for "could not ask".
/// </summary>
/// <param name="Frame">The newest; null before the first answer.</param>
/// <param name="At">When the frame was asked for.</param>
/// <param name="Problem">Why the newest question failed, what it means and what to do; null when it did not.</param>
/// <param name="Missing">Why there are no series and how to get them; null when there are some or nothing is known.</param>
/// <param name="Source">Who answered: the Prometheus' host, or Flink's REST API.</param>
public sealed record ChartAnswer(ChartFrame? Frame, DateTimeOffset? At, string? Problem, string? Missing, string Source)
{
    /// <summary>Another source stands in for the one that failed: the values are of now.</summary>
    public bool IsStandIn { get; init; }
}
