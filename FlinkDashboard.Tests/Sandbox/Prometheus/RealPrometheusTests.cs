using System.Globalization;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Metrics;
using FlinkDashboard.Tests.Support;
using Xunit.Abstractions;

namespace FlinkDashboard.Tests.Sandbox.Prometheus;

/// <summary>A real Prometheus and the sandbox's evaluator over the same scrapes: same series, same values.</summary>
public sealed partial class RealPrometheusTests(RealPrometheus prometheus, ITestOutputHelper output) : IClassFixture<RealPrometheus>
{
    private const double Tolerance = 0.01;

    // Those whose series only some have: an application that reads Kafka and shows RocksDB, one that is scaled, one that fails, one that waits.
    private static readonly (string Namespace, string Name)[] Applications =
    [
        ("flink-team-b-ns", "ledger-kafka-rocksdb"), ("flink-team-a-ns", "orders-healthy"), ("flink-team-a-ns", "sensors-autoscaled"), ("flink-team-a-ns", "sensors-autoscaler-advice"),
        ("flink-team-a-ns", "payments-restarting"), ("flink-team-b-ns", "enrich-unschedulable"), ("flink-team-b-ns", "clicks-no-checkpoint"), ("flink-team-a-ns", "fraud-stuck-upgrade"),
    ];

    // Only Flink 2 has the first; in the busy world nothing was killed for its memory, pods that fit nowhere come and go, no node is tainted or not ready.
    private static readonly string[] WithoutSeries =
        ["lastCheckpointCompletedTimestamp", "OOMKilled", "kube_pod_status_unschedulable", "kube_node_spec_taint", "condition=\"Ready\",status!=\"true\""];

    [RealPrometheusFact]
    public async Task RecommendedQueries_HaveTheSameSeriesAndValues()
    {
        var (wrong, empty) = (new List<string>(), new List<string>());
        foreach (var template in await File.ReadAllLinesAsync(Path.Combine(Repository.Root, "FlinkDashboard.Tests", "Sandbox", "Prometheus", "recommended.promql")))
        {
            var isThere = false;
            foreach (var query in template.Contains('$', StringComparison.Ordinal) ? Applications.SelectMany(a => Filled(template, a)).Distinct() : [template])
                isThere |= await CompareAsync(query, wrong);
            if (!isThere && !WithoutSeries.Any(w => template.Contains(w, StringComparison.Ordinal)))
                empty.Add(template);
        }
        Judge(wrong, empty);
    }

    [RealPrometheusTheory]
    [InlineData("irate(flink_taskmanager_job_task_numRecordsOut[30s])")]
    [InlineData("rate(container_cpu_usage_seconds_total{container!=\"\"}[20s])")]
    [InlineData("increase(flink_jobmanager_job_numberOfCompletedCheckpoints[1m])")]
    [InlineData("delta(flink_taskmanager_Status_JVM_Memory_Heap_Used[30s])")]
    [InlineData("idelta(flink_taskmanager_job_task_numRecordsIn[30s])")]
    [InlineData("deriv(flink_taskmanager_job_task_numRecordsOut[30s])")]
    [InlineData("predict_linear(flink_taskmanager_job_task_numRecordsOut[30s], 600)")]
    [InlineData("changes(flink_jobmanager_job_lastCompletedCheckpointId[1m])")]
    [InlineData("resets(flink_taskmanager_Status_JVM_Memory_Heap_Used[1m])")]
    [InlineData("stddev_over_time(flink_taskmanager_job_task_busyTimeMsPerSecond[30s])")]
    [InlineData("stdvar_over_time(node_load1[30s])")]
    [InlineData("quantile_over_time(0.9, flink_taskmanager_Status_JVM_Memory_Heap_Used[40s])")]
    [InlineData("max_over_time(sum by (app) (flink_taskmanager_job_task_numRecordsOutPerSecond)[40s:7s])")]
    [InlineData("avg_over_time(up[30s])")]
    [InlineData("sum by (job) (up)")]
    [InlineData("count_over_time(kube_pod_info[20s])")]
    [InlineData("absent_over_time(no_such_metric{a=\"b\"}[1m])")]
    [InlineData("sum by (namespace) (kube_pod_status_phase{phase=\"Running\"} offset 10s)")]
    [InlineData("stddev by (app) (flink_taskmanager_Status_JVM_Memory_Heap_Used)")]
    [InlineData("quantile by (mode) (0.5, rate(node_cpu_seconds_total[30s]))")]
    [InlineData("topk by (namespace) (2, container_memory_working_set_bytes{container!=\"\"})")]
    [InlineData("bottomk(3, sum by (node) (container_memory_working_set_bytes{container!=\"\"}))")]
    [InlineData("count_values(\"restarts\", kube_pod_container_status_restarts_total)")]
    [InlineData("group by (resourcens) (flink_k8soperator_namespace_Count)")]
    [InlineData("label_replace(kube_node_info, \"ip\", \"$1.$2.$3.$4\", \"node\", \"ip-(\\\\d+)-(\\\\d+)-(\\\\d+)-(\\\\d+)\\\\..*\")")]
    [InlineData("label_join(count by (namespace, pod) (kube_pod_info), \"id\", \"/\", \"namespace\", \"pod\")")]
    [InlineData("timestamp(flink_jobmanager_numRunningJobs)")]
    [InlineData("kube_pod_info * on (namespace, pod) group_left (phase) (kube_pod_status_phase == 1)")]
    [InlineData("sum by (namespace) (kube_pod_info) > bool 10 or vector(0)")]
    [InlineData("kube_pod_info unless on (namespace, pod) kube_pod_start_time")]
    [InlineData("clamp_max(sgn(ln(node_memory_MemAvailable_bytes)), 0.5) + pi() - round(node_load1, 0.1)")]
    [InlineData("day_of_week() * 100 + hour() + minute(vector(time())) / 60")]
    [InlineData("histogram_quantile(0.9, sum by (le) (karpenter_pods_bound_duration_seconds_bucket))")]
    [InlineData("last_over_time(flink_jobmanager_job_numRestarts[1m])")]
    [InlineData("present_over_time(flink_taskmanager_job_task_numRecordsOut{app=\"campaigns-upgrading\"}[1m])")]
    public async Task Functions_ReckonTheSame(string query)
    {
        var wrong = new List<string>();
        await CompareAsync(query, wrong);
        Judge(wrong, []);
    }

    private void Judge(List<string> wrong, List<string> empty)
    {
        Assert.NotEmpty(prometheus.Moments);
        Assert.NotEmpty(prometheus.RangeMoments);
        Assert.True(prometheus.Seen.Scrapes - prometheus.Seen.Failed > 10 * prometheus.Seen.Targets, $"too few scrapes succeeded: {prometheus.Seen}");
        Assert.True(wrong.Count == 0, $"{wrong.Count} differ ({prometheus.Seen}):\n{string.Join('\n', wrong.Take(20))}");
        Assert.True(empty.Count == 0, $"{empty.Count} have no series for anybody:\n{string.Join('\n', empty)}");
    }

    /// <summary>Compares at each moment.</summary>
    /// <returns>There were series.</returns>
    private async Task<bool> CompareAsync(string query, List<string> wrong)
    {
        var isThere = false;
        foreach (var at in prometheus.Moments)
        {
            var real = await prometheus.AskAsync(query, at);
            Compare(query, at, real, prometheus.Reckon(query, at)[0], wrong);
            isThere |= real.Count > 0;
        }
        return isThere;
    }

    /// <summary>Compares two answers.</summary>
    /// <returns>How many numbers there were; NaN and infinity are none.</returns>
    private static int Compare(string query, long at, Dictionary<LabelSet, double> real, Dictionary<LabelSet, double> own, List<string> wrong)
    {
        wrong.AddRange(real.Keys.Except(own.Keys).Select(l => $"{query}\n   only the real one has {l} at {at}"));
        wrong.AddRange(own.Keys.Except(real.Keys).Select(l => $"{query}\n   the real one has not {l} at {at}"));
        wrong.AddRange(real.Where(r => own.TryGetValue(r.Key, out var value) && !IsNear(r.Value, value))
            .Select(r => string.Create(CultureInfo.InvariantCulture, $"{query}\n   {r.Key} at {at}: the real one has {r.Value:R}, the sandbox {own[r.Key]:R}")));
        return real.Values.Count(double.IsFinite);
    }

    private static bool IsNear(double real, double own) => real.Equals(own) || Math.Abs(real - own) <= Tolerance * Math.Max(Math.Abs(real), Math.Abs(own)) || (Math.Abs(real) < 1e-9 && Math.Abs(own) < 1e-9);

    private IEnumerable<string> Filled(string template, (string Namespace, string Name) application)
    {
        var text = template.Replace("$namespace", application.Namespace, StringComparison.Ordinal).Replace("$cluster", application.Name, StringComparison.Ordinal);
        if (!text.Contains("$job_id", StringComparison.Ordinal))
            return [text];
        var job = prometheus.Cluster.World.Objects.Find(ResourceTypes.FlinkDeployments, application.Namespace, application.Name)?.Read()["status"]?["jobStatus"]?["jobId"];
        if (job is null)
            return [];
        var tasks = prometheus.Cluster.World.Metrics.Find(new SeriesQuery([new(LabelSet.NameLabel, n => n == "flink_taskmanager_job_task_numRecordsIn"), new("job_id", id => id == (string)job!)],
            prometheus.Moments[^1] - 60_000, prometheus.Moments[^1])).Select(l => l["task_id"]).Distinct();
        text = text.Replace("$job_id", (string)job!, StringComparison.Ordinal);
        return text.Contains("$task_id", StringComparison.Ordinal) ? tasks.Select(t => text.Replace("$task_id", t, StringComparison.Ordinal)) : [text];
    }
}
