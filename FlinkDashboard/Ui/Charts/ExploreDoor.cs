using FlinkDashboard.Access;
using FlinkDashboard.Model.Metrics;
using FlinkDashboard.State.Metrics;

namespace FlinkDashboard.Ui.Charts;

/// <summary>
/// The door to PromQL of one's own. Such a query reads every series there is, so the right to that is asked of the API server before each question and
/// each completion, whatever page it comes from.
/// </summary>
public sealed class ExploreDoor(ExploreSource source, SourceRights rights, CurrentUser user, TimeProvider clock)
{
    /// <summary>A Prometheus is set.</summary>
    public bool IsConfigured => source.IsConfigured;

    /// <summary>Whether this viewer may, and why not.</summary>
    public Task<Decision> MayAsync(CancellationToken stop) => rights.MayAskAnythingAsync(user.Identity, stop);

    /// <summary>The value now, or at a moment.</summary>
    public async Task<ExploreAnswer> InstantAsync(string query, DateTimeOffset? at, CancellationToken stop) =>
        await MayAsync(stop) is { Allowed: false } no ? Refused(no) : await source.InstantAsync(query, at, stop);

    /// <summary>The values over a range.</summary>
    public async Task<ExploreAnswer> RangeAsync(string query, ChartRange range, CancellationToken stop) =>
        await MayAsync(stop) is { Allowed: false } no ? Refused(no) : await source.RangeAsync(query, range, stop);

    /// <summary>Names of metrics; none for those who may not.</summary>
    public async Task<IReadOnlyList<string>> MetricNamesAsync(CancellationToken stop) => (await MayAsync(stop)).Allowed ? await source.MetricNamesAsync(stop) : [];

    /// <summary>What metrics are; nothing for those who may not.</summary>
    public async Task<IReadOnlyDictionary<string, MetricMetadata>> MetadataAsync(CancellationToken stop) =>
        (await MayAsync(stop)).Allowed ? await source.MetadataAsync(stop) : new Dictionary<string, MetricMetadata>();

    /// <summary>Names of labels; none for those who may not.</summary>
    public async Task<IReadOnlyList<string>> LabelNamesAsync(string? metric, CancellationToken stop) => (await MayAsync(stop)).Allowed ? await source.LabelNamesAsync(metric, stop) : [];

    /// <summary>Values of a label; none for those who may not.</summary>
    public async Task<IReadOnlyList<string>> LabelValuesAsync(string label, string? metric, CancellationToken stop) =>
        (await MayAsync(stop)).Allowed ? await source.LabelValuesAsync(label, metric, stop) : [];

    private ExploreAnswer Refused(Decision no) => new(null, null, 0, no.Reason, clock.GetUtcNow(), TimeSpan.Zero);
}
