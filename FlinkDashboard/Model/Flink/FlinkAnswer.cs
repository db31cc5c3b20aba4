namespace FlinkDashboard.Model.Flink;

/// <summary>What is known of one thing a JobManager was asked.</summary>
/// <param name="Value">The last good answer, however old; null before the first.</param>
/// <param name="At">When that answer came; null before the first.</param>
/// <param name="Failure">Why the newest question was not answered; null when it was.</param>
public sealed record FlinkAnswer<T>(T? Value, DateTimeOffset? At, FlinkFailure? Failure) where T : class
{
    /// <summary>Never asked, or the first answer is on its way.</summary>
    public bool IsLoading => Value is null && Failure is null;

    /// <summary>The value is shown although the newest question failed.</summary>
    public bool IsStale => Value is not null && Failure is not null;
}

/// <summary>A question that a JobManager did not answer.</summary>
/// <param name="Source">Who was asked and how, as <c>JobManager orders in flink-team-a-ns, through the API server</c>.</param>
/// <param name="Path">What was asked.</param>
/// <param name="Message">One sentence.</param>
/// <param name="Detail">All that was said, mostly a Java stack trace; null when that is no more.</param>
/// <param name="At">When.</param>
/// <param name="Code">HTTP code; 0 when no answer came.</param>
/// <param name="IsAbsent">The JobManager says there is no such thing (checkpoints off, job unknown, no file): a normal state, not a fault.</param>
/// <param name="IsOfTheWay">Nothing can be asked at the moment: not deployed, restarting, forbidden, no network.</param>
public sealed record FlinkFailure(string Source, string Path, string Message, string? Detail, DateTimeOffset At, int Code, bool IsAbsent, bool IsOfTheWay);

/// <summary>Metrics by name.</summary>
public sealed class FlinkMetrics(IEnumerable<MetricValue> values)
{
    private readonly Dictionary<string, MetricValue> byName = values.GroupBy(v => v.Id).ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);

    /// <summary>Names that have a value.</summary>
    public IReadOnlyCollection<string> Names => byName.Keys;

    /// <summary>As a number; NaN for one that is missing or no number.</summary>
    public double this[string name] => byName.GetValueOrDefault(name)?.Number ?? double.NaN;

    /// <summary>As text; null for one that is missing.</summary>
    public string? Text(string name) => byName.GetValueOrDefault(name)?.Value;
}
