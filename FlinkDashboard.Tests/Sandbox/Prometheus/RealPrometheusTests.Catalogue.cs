using FlinkDashboard.Model.Metrics;
using FlinkDashboard.State.Metrics;

namespace FlinkDashboard.Tests.Sandbox.Prometheus;

public sealed partial class RealPrometheusTests
{
    [RealPrometheusFact]
    public async Task CatalogueQueries_AreAnsweredByARealPrometheus_WithTheSameNumbers()
    {
        var wrong = new List<string>();
        var numbers = new SortedDictionary<string, (int Instant, int Range)>(StringComparer.Ordinal);
        foreach (var (name, texts) in Questions())
        {
            var (instant, range) = (0, 0);
            foreach (var text in texts.Distinct())
            {
                instant += Compare(text, prometheus.Moments[0], await prometheus.AskAsync(text, prometheus.Moments[0]), prometheus.Reckon(text, prometheus.Moments[0])[0], wrong);
                range += await CompareRangeAsync(text, wrong);
            }
            numbers[name] = (instant, range);
            output.WriteLine($"{name}: {instant} numbers at a moment, {range} over a range");
        }
        output.WriteLine($"{numbers.Count(n => n.Value is { Instant: > 0, Range: > 0 })} of {numbers.Count} questions had numbers to compare; {prometheus.Seen}");
        // An answer without numbers on both sides would prove nothing. There is none: one that cannot have any must be named here, with the reason.
        Judge(wrong, [.. numbers.Where(n => n.Value is not { Instant: > 0, Range: > 0 }).Select(n => n.Key)]);
    }

    // Each query of each chart and of the lists, with its texts: for those whom it may be about, by the labels there are and as if only pods' names told the application.
    private IEnumerable<(string Name, IEnumerable<string> Texts)> Questions()
    {
        SeriesLabels[] labels = [SeriesLabels.Usual, SeriesLabels.Usual with { Cluster = null }];
        foreach (var chart in MetricCatalog.All)
        {
            var subjects = chart.About switch
            {
                ChartSubjectKind.Application => Applications.Select(a => (ChartSubject.Application(a.Namespace, a.Name), labels[0])).Append((ChartSubject.Application(Applications[0].Namespace, Applications[0].Name), labels[1])),
                ChartSubjectKind.Fleet => labels.SelectMany(l => new[] { (ChartSubject.Fleet(null), l), (ChartSubject.Fleet(["flink-team-a-ns", "flink-team-b-ns"]), l) }),
                var other => [(new ChartSubject(other), labels[0])],
            };
            foreach (var (number, query) in chart.Queries.Index())
                yield return (chart.Queries.Count > 1 ? $"{chart.Id} {number + 1}" : chart.Id, subjects.Select(s => ChartQueryText.Of(query, s.Item1, s.Item2, prometheus.Range, RealPrometheus.Interval)));
        }
        foreach (var (name, query) in new[] { ("throughput", FleetQueries.Throughput), ("backlog", FleetQueries.Backlog), ("jobs", FleetQueries.Jobs), ("restarts", FleetQueries.Restarts), ("back pressure", FleetQueries.BackPressure) })
            yield return ("list: " + name, labels.Select(l => FleetQueries.Text(query, l, prometheus.Range, RealPrometheus.Interval)));
    }

    /// <summary>Compares over the range, at its moments at which no target has just gone.</summary>
    private async Task<int> CompareRangeAsync(string query, List<string> wrong)
    {
        var real = await prometheus.AskRangeAsync(query);
        var moments = RealPrometheus.MomentsOf(prometheus.Asked);
        var own = prometheus.Reckon(query, moments);
        return moments.Zip(own).Where(m => prometheus.RangeMoments.Contains(m.First)).Sum(m => Compare("range: " + query, m.First, real.GetValueOrDefault(m.First, []), m.Second, wrong));
    }
}
