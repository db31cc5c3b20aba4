using FlinkDashboard.Access;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Metrics;
using FlinkDashboard.State;
using FlinkDashboard.State.Metrics;

namespace FlinkDashboard.Ui.Charts;

/// <summary>
/// The door from a page to series. They are asked once for all viewers, with the dashboard's own account; so each viewer's own right to what a chart is
/// about is asked of the API server first, every time, and a fleet is narrowed to the namespaces that the viewer may see.
/// </summary>
public sealed class ChartDoor(ChartSource source, SourceRights rights, CurrentUser user, Visibility visibility, ClusterState state)
{
    /// <summary>Width that charts are asked for: they share answers.</summary>
    private const int Pixels = 480;

    /// <summary>A Prometheus is set.</summary>
    public bool IsConfigured => source.IsConfigured;

    /// <summary>Whether this viewer may see the charts of a subject, and why not.</summary>
    public Task<Decision> MayAsync(ChartSubject subject, CancellationToken stop) => rights.MaySeeAsync(user.Identity, subject, stop);

    /// <summary>Whether this viewer may ask PromQL of their own, and so be led to it.</summary>
    public Task<Decision> MayAskAnythingAsync(CancellationToken stop) => rights.MayAskAnythingAsync(user.Identity, stop);

    /// <summary>Reads a chart; the reason is the answer's problem when this viewer may not see it.</summary>
    public async Task<ChartAnswer> ReadAsync(MetricChart chart, ChartSubject subject, ChartRange range, CancellationToken stop)
    {
        var may = await rights.MaySeeAsync(user.Identity, subject, stop);
        return may.Allowed ? await source.ReadAsync(chart, Narrowed(subject), range, stop) : new(null, null, may.Reason, null, "");
    }

    /// <summary>The moments that charts of a range have.</summary>
    public ChartRange RangeOf(DateTimeOffset from, DateTimeOffset to) => ChartRange.Of(from, to, Pixels, source.ScrapeInterval);

    /// <summary>The queries of a chart as they are asked.</summary>
    public IReadOnlyList<string> Texts(MetricChart chart, ChartSubject subject, ChartRange range)
    {
        var narrowed = Narrowed(subject);
        return [.. chart.Queries.Select(query => ChartQueryText.Of(query, narrowed, source.Labels, range, source.ScrapeInterval))];
    }

    // What a page asks for can only be less than what the viewer may see.
    private ChartSubject Narrowed(ChartSubject subject)
    {
        if (subject.Kind != ChartSubjectKind.Fleet)
            return subject;
        var namespaces = state.Now<FlinkDeployment>().Namespaces;
        var visible = visibility.Of(FlinkDeployment.Info, namespaces);
        if (subject.Namespaces.Count > 0)
            return ChartSubject.Fleet([.. subject.Namespaces.Where(visible.Shows)]);
        return ChartSubject.Fleet(visible.Everywhere ? null : [.. namespaces.Where(visible.Shows)]);
    }
}
