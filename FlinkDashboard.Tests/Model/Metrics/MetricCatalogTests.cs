using System.Text.RegularExpressions;
using FlinkDashboard.Model.Metrics;

namespace FlinkDashboard.Tests.Model.Metrics;

public partial class MetricCatalogTests
{
    [Fact]
    public void Ids_AreUniqueAndFitAddresses()
    {
        Assert.Equal(MetricCatalog.All.Count, MetricCatalog.All.Select(c => c.Id).Distinct().Count());
        Assert.All(MetricCatalog.All, c => Assert.Matches("^[a-z]+(-[a-z]+)*$", c.Id));
        Assert.All(MetricCatalog.All, c => Assert.Same(c, MetricCatalog.Find(c.Id)));
        Assert.Null(MetricCatalog.Find("no such chart"));
    }

    [Fact]
    public void Entries_SayWhatTheyTellAndWhatIsMissing() => Assert.All(MetricCatalog.All, c =>
    {
        Assert.NotEmpty(c.Queries);
        Assert.NotEmpty(c.Needs);
        Assert.EndsWith(".", c.Meaning, StringComparison.Ordinal);
        Assert.StartsWith("No series: ", c.Missing, StringComparison.Ordinal);
        Assert.All(c.Queries, q => Assert.NotEmpty(q.Legend));
    });

    [Fact]
    public void EverySubject_HasCharts() => Assert.All(Enum.GetValues<ChartSubjectKind>(), k => Assert.NotEmpty(MetricCatalog.About(k)));

    [Fact]
    public void SessionJob_HasTheChartsWhoseSeriesAreOfOneJob()
    {
        var own = MetricCatalog.About(ChartSubjectKind.SessionJob).Select(c => c.Id).ToList();
        Assert.Superset(new HashSet<string>(["throughput", "backlog", "busy", "checkpoint-age", "restarts", "state-size"]), own.ToHashSet());
        Assert.Empty(own.Intersect(["heap", "slots", "cpu", "pods-waiting", "fleet-restarts"]));
        Assert.All(own.SelectMany(id => MetricCatalog.Find(id)!.Queries), q => Assert.DoesNotContain("$pods", q.PromQl, StringComparison.Ordinal));
    }

    [Fact]
    public void Legends_NameOnlyLabelsThatTheQueryKeeps()
    {
        var wrong =
            from chart in MetricCatalog.All
            from query in chart.Queries
            from label in Placeholder().Matches(query.Legend).Select(m => m.Groups[1].Value)
            let text = query.PromQl.Replace("$by", "namespace, app", StringComparison.Ordinal).Replace("$pod", "pod", StringComparison.Ordinal)
            where text.Contains(" by (", StringComparison.Ordinal) && !Grouping().Matches(text).Any(g => g.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries).Contains(label))
            select $"{chart.Id}: {label}";
        Assert.Empty(wrong);
    }

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@" by \(([^)]*)\)")]
    private static partial Regex Grouping();
}
