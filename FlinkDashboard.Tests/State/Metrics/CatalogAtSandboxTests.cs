using FlinkDashboard.Model.Metrics;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.State.Metrics;

/// <summary>Every chart of the catalogue is asked of the sandbox.</summary>
[Collection(MetricsTests.Name)]
public sealed class CatalogAtSandboxTests(MetricsWorld world)
{
    /// <summary>Charts whose series the sandbox does not have.</summary>
    private static readonly string[] WithoutSeries = [];

    [Fact]
    public async Task EveryChart_IsUnderstoodAndHasLines_ForSomebodyInTheBusyWorld()
    {
        await using var stage = MetricsStage.At(world);
        var applications = stage.Cluster.World.Objects.List(ResourceTypes.FlinkDeployments).Items.Select(o => ChartSubject.Application(o.Namespace, o.Name)).ToList();
        var (wrong, empty) = (new List<string>(), new List<string>());
        await SessionJobHasItsOwnAsync(stage);
        foreach (var chart in MetricCatalog.All)
        {
            var found = false;
            foreach (var subject in chart.About == ChartSubjectKind.Application ? applications : [chart.About == ChartSubjectKind.Fleet ? ChartSubject.Fleet(null) : new ChartSubject(chart.About)])
            {
                var answer = await stage.Charts.ReadAsync(chart, subject, stage.Last(10), default);
                if (answer.Problem is { } problem)
                    wrong.Add($"{chart.Id}: {problem}");
                found = answer.Frame?.Lines.Count > 0;
                if (found || answer.Problem is not null)
                    break;
            }
            if (!found)
                empty.Add(chart.Id);
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(WithoutSeries.All(empty.Contains), "series now: " + string.Join(' ', WithoutSeries.Except(empty)));
        Assert.True(empty.All(WithoutSeries.Contains), "no series: " + string.Join(' ', empty.Except(WithoutSeries)));
    }

    private static async Task SessionJobHasItsOwnAsync(MetricsStage stage)
    {
        var (ns, cluster) = ("flink-team-b-ns", "analytics-session");
        var job = stage.Cluster.World.Flink.Find(ns, cluster)!.Jobs.First(j => j.State == "RUNNING");
        foreach (var subject in (ChartSubject[])[ChartSubject.SessionJob(ns, "clickstream", cluster, job.Id, null), ChartSubject.SessionJob(ns, "clickstream", cluster, null, job.Name)])
        {
            var answer = await stage.Charts.ReadAsync(MetricCatalog.Find("throughput")!, subject, stage.Last(10), default);
            Assert.True(answer.Frame is { Lines.Count: > 0 }, $"{subject}: {answer.Problem} {answer.Missing}");
        }
        var other = await stage.Charts.ReadAsync(MetricCatalog.Find("throughput")!, ChartSubject.SessionJob(ns, "clickstream", cluster, "another", null), stage.Last(10), default);
        Assert.Contains($"{ns}/clickstream has none", other.Missing, StringComparison.Ordinal);
    }
}
