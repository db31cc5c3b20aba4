using FlinkDashboard.Gateways.Prometheus;
using FlinkDashboard.Model.Metrics;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.State.Metrics;

/// <summary>Every chart of the catalogue is asked of the sandbox.</summary>
[Collection(MetricsTests.Name)]
public sealed class CatalogAtSandboxTests(MetricsWorld world)
{
    /// <summary>Charts whose series the sandbox does not have.</summary>
    private static readonly string[] WithoutSeries =
    [
        "kafka-lag", "kafka-uncommitted", "kafka-commit-failures", "checkpoint-alignment", "rocksdb-size", "rocksdb-cache", "rocksdb-stalls",
        "rocksdb-compaction", "cpu", "cpu-throttled", "memory-share", "memory", "network", "pod-restarts", "oom-kills", "pods-waiting",
        "autoscaler-load", "autoscaler-parallelism", "autoscaler-rate", "autoscaler-lag", "autoscaler-scalings", "lifecycle", "jobmanager-status",
        "versions", "reconciliations", "operator-api", "operator-heap", "operator-cpu", "operator-threads", "node-cpu", "node-memory",
        "node-cpu-requested", "node-memory-requested", "node-pods", "node-not-ready", "pods-pending", "karpenter-capacity", "karpenter-used",
        "karpenter-limit", "karpenter-interruptions", "karpenter-disruptions", "karpenter-startup", "yunikorn-cpu", "yunikorn-memory",
        "yunikorn-pending", "yunikorn-applications", "yunikorn-latency",
    ];

    [Fact]
    public async Task EveryChart_IsUnderstoodAndHasLines_ForSomebodyInTheBusyWorld()
    {
        await using var stage = MetricsStage.At(world);
        var applications = stage.Cluster.World.Objects.List(ResourceTypes.FlinkDeployments).Items.Select(o => ChartSubject.Application(o.Namespace, o.Name)).ToList();
        var (wrong, empty) = (new List<string>(), new List<string>());
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
        Assert.Empty(wrong);
        Assert.True(empty.Except(WithoutSeries).Any() is false, "no series: " + string.Join(' ', empty.Except(WithoutSeries)));
    }
}
