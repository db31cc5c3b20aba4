namespace FlinkDashboard.Model.Metrics;

/// <summary>The moments of a chart: both ends lie on whole steps, so that one question asked twice has one answer.</summary>
/// <param name="From">First moment.</param>
/// <param name="To">Last moment.</param>
/// <param name="Step">Between two moments, at least a second.</param>
public sealed record ChartRange(DateTimeOffset From, DateTimeOffset To, TimeSpan Step)
{
    /// <summary>How many moments.</summary>
    public int Points => (int)((To - From) / Step) + 1;
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
public sealed record ChartAnswer(ChartFrame? Frame, DateTimeOffset? At, string? Problem, string? Missing, string Source);
