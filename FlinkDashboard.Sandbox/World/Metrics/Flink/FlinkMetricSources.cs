using System.Runtime.CompilerServices;
using FlinkDashboard.Sandbox.World.Flink;
using FlinkDashboard.Sandbox.World.Metrics.Kubernetes;

namespace FlinkDashboard.Sandbox.World.Metrics.Flink;

/// <summary>What Flink's PrometheusReporter shows of the running JobManagers and TaskManagers.</summary>
internal sealed class FlinkMetricSources(SandboxWorld world)
{
    private readonly ConditionalWeakTable<WorldObject, MetricTarget> _targets = [];
    private static readonly MetricTable<int> Splits = new("flink_jobmanager_job_operator_", new MetricRow<int>("coordinator.enumerator.unassignedSplits", _ => 0));

    /// <summary>All sources now. Hold <see cref="FlinkClusters.Gate"/>.</summary>
    public IEnumerable<MetricSource> Now() => world.Flink.All.SelectMany(Of);

    private IEnumerable<MetricSource> Of(FlinkCluster cluster)
    {
        if (world.Objects.Find(ResourceTypes.Pods, cluster.Namespace, cluster.PodName) is not { } pod)
            yield break;
        var target = Target(pod, cluster, "jobmanager");
        var state = JobManagerState.Of(cluster);
        var host = LabelSet.Of("host", MetricTable.Filter(target.Instance.Split(':')[0]));
        yield return Up(pod, target, state.Since ?? world.Now);
        yield return new($"{pod.Uid} {state}", state.Since ?? world.Now, () =>
            [new MetricGroup<(JobManagerState, DateTimeOffset)>(target, host, ProcessMetrics.JobManagerTable(cluster.Version), t => (state, t))]);
        var workers = new Dictionary<string, (FlinkTaskManager Worker, MetricTarget Target, LabelSet Labels)>();
        foreach (var worker in cluster.TaskManagers)
        {
            if (world.Objects.Find(ResourceTypes.Pods, worker.Namespace, worker.PodName) is not { } workerPod)
                continue;
            var labels = LabelSet.Of("host", MetricTable.Filter(worker.PodIp), "tm_id", MetricTable.Filter(worker.Id));
            var known = workers[worker.Id] = (worker, Target(workerPod, cluster, "taskmanager"), labels);
            var (free, usesManaged) = (worker.FreeSlots, RocksDbMetrics.IsUsed(cluster.Configuration));
            yield return Up(workerPod, known.Target, worker.RegisteredAt);
            yield return new($"{pod.Uid} {worker.Id} {workerPod.Uid} {worker.RegisteredAt.Ticks} {free}", worker.RegisteredAt, () =>
                [new MetricGroup<WorkerMoment>(known.Target, labels, ProcessMetrics.TaskManagerTable(cluster.Version), t => new WorkerMoment(worker, free, usesManaged, t))]);
        }
        foreach (var job in cluster.Jobs)
        {
            // Looking works out the checkpoints that are due.
            _ = job.Checkpoints;
            yield return new(KeyOf(pod, job, workers), job.LastModified, () => [])
            {
                Freeze = source => job.Frozen() is var frozen ? source with
                {
                    Open = () => OfJob(cluster, frozen, target, host, workers),
                    Tables = [JobMetrics.Table(cluster.Version), Splits, .. TaskGroups.Tables(cluster.Version, cluster.Configuration, frozen)],
                    Scope = LabelSet.Of("namespace", cluster.Namespace, "app", cluster.Id, "job_id", frozen.Id),
                } : source,
            };
        }
    }

    private static MetricSource Up(WorldObject pod, MetricTarget target, DateTimeOffset since) =>
        new($"{pod.Uid} {target.Instance}", since, () => [new SteadyGroup<int>(target, LabelSet.Empty, ClusterView.UpTable, 1) { IsExposed = false }]);

    private static string KeyOf(WorldObject pod, FlinkJob job, Dictionary<string, (FlinkTaskManager, MetricTarget Target, LabelSet)> workers) =>
        $"{pod.Uid} {job.Id} {job.State} {job.LastModified.Ticks} {job.Restarts} " + string.Join(' ', job.Vertices.Select(v =>
            $"{v.State} {v.Attempt} {v.Parallelism} {Places(v, workers)}"));

    // Of a very large job it would be a very long text.
    private static int Places(FlinkVertex vertex, Dictionary<string, (FlinkTaskManager, MetricTarget Target, LabelSet)> workers)
    {
        var hash = new HashCode();
        foreach (var id in vertex.TaskManagerIds)
            hash.Add(workers.TryGetValue(id, out var worker) ? worker.Target.Path : "");
        return hash.ToHashCode();
    }

    private IEnumerable<MetricGroup> OfJob(FlinkCluster cluster, FlinkJob job, MetricTarget target, LabelSet host,
        Dictionary<string, (FlinkTaskManager Worker, MetricTarget Target, LabelSet Labels)> workers)
    {
        var labels = LabelSet.Of("job_id", job.Id, "job_name", MetricTable.Filter(job.Name));
        Func<DateTimeOffset, CheckpointCounts> counted = t => job.Statistics?.CountsAt(t) ?? CheckpointCounts.None;
        yield return new MetricGroup<JobMoment>(target, host.With(labels), JobMetrics.Table(cluster.Version), t => new JobMoment(job, counted, t));
        foreach (var vertex in job.Vertices.Where(v => v.State == "RUNNING"))
        {
            if (vertex.Inputs.Count == 0)
                yield return new SteadyGroup<int>(target, host.With(labels).With(TaskGroups.VertexLabels(vertex)).With(TaskGroups.OperatorLabels(vertex, 0)), Splits, 1);
            for (var i = 0; i < vertex.Parallelism; i++)
            {
                if (vertex.TaskManagerIds.ElementAtOrDefault(i) is not { } id || !workers.TryGetValue(id, out var worker))
                    continue;
                foreach (var group in TaskGroups.Of(world.Seed, cluster.Version, cluster.Configuration, job, vertex, i, worker.Target, worker.Labels.With(labels)))
                    yield return group;
            }
        }
    }

    // As a PodMonitor with podTargetLabels app and component would label it. Read once for each version of the pod.
    private MetricTarget Target(WorldObject pod, FlinkCluster cluster, string component) => _targets.GetValue(pod, _ =>
    {
        var ip = pod.Read().Text("status", "podIP") ?? "0.0.0.0";
        return MetricTarget.OfPod(pod.Namespace, pod.Name, LabelSet.Of("job", pod.Namespace + "/flink", "instance", $"{ip}:{MetricTarget.Port}", "namespace", pod.Namespace, "pod", pod.Name,
            "container", "flink-main-container", "endpoint", "metrics", "app", cluster.Id, "component", component));
    });
}
