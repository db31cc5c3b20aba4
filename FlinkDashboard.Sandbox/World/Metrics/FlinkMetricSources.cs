using System.Globalization;
using System.Runtime.CompilerServices;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.World.Metrics;

/// <summary>A thing with metrics in a state that lasts.</summary>
/// <param name="Key">Another one when the state is another one.</param>
/// <param name="Since">The state cannot have begun before this.</param>
/// <param name="Open">Makes the series, from a moment on.</param>
internal sealed record MetricSource(string Key, DateTimeOffset Since, Func<DateTimeOffset, IEnumerable<MetricGroup>> Open);

/// <summary>What Flink's PrometheusReporter shows of the running JobManagers and TaskManagers.</summary>
internal sealed class FlinkMetricSources(SandboxWorld world)
{
    private readonly ConditionalWeakTable<WorldObject, MetricTarget> _targets = [];
    private static readonly Dictionary<string, double> AlwaysUp = new() { ["up"] = 1 };

    /// <summary>All sources now. Hold <see cref="FlinkClusters.Gate"/>.</summary>
    public IEnumerable<MetricSource> Now() => world.Flink.All.SelectMany(Of);

    private IEnumerable<MetricSource> Of(FlinkCluster cluster)
    {
        if (world.Objects.Find(ResourceTypes.Pods, cluster.Namespace, cluster.PodName) is not { } pod)
            yield break;
        var target = Target(pod, cluster, "jobmanager");
        var state = JobManagerState.Of(cluster);
        var host = LabelSet.Of("host", MetricGroup.Filter(target.Labels["instance"].Split(':')[0]));
        yield return Up(pod, target, state.Since ?? world.Now);
        yield return new($"{pod.Uid} {state}", state.Since ?? world.Now, from =>
            [new MetricGroup(target, "flink_jobmanager_", host, from, t => ProcessMetrics.JobManager(state, t))]);
        var workers = new Dictionary<string, (FlinkTaskManager Worker, MetricTarget Target, LabelSet Labels)>();
        foreach (var worker in cluster.TaskManagers)
        {
            if (world.Objects.Find(ResourceTypes.Pods, worker.Namespace, worker.PodName) is not { } workerPod)
                continue;
            var labels = LabelSet.Of("host", MetricGroup.Filter(worker.PodIp), "tm_id", MetricGroup.Filter(worker.Id));
            var known = workers[worker.Id] = (worker, Target(workerPod, cluster, "taskmanager"), labels);
            var free = worker.FreeSlots;
            yield return Up(workerPod, known.Target, worker.RegisteredAt);
            yield return new($"{pod.Uid} {worker.Id} {workerPod.Uid} {worker.RegisteredAt.Ticks} {free}", worker.RegisteredAt, from =>
                [new MetricGroup(known.Target, "flink_taskmanager_", labels, from, t => ProcessMetrics.TaskManager(worker, free, t))]);
        }
        foreach (var job in cluster.Jobs)
        {
            // Looking works out the checkpoints that are due.
            _ = job.Checkpoints;
            yield return new(KeyOf(pod, job, workers), job.LastModified, from => OfJob(job.Frozen(), target, host, workers, from));
        }
    }

    private static MetricSource Up(WorldObject pod, MetricTarget target, DateTimeOffset since) => new(
        $"{pod.Uid} {target.Labels["instance"]}", since, from => [new MetricGroup(target, "", LabelSet.Empty, from, _ => AlwaysUp) { IsExposed = false }]);

    private static string KeyOf(WorldObject pod, FlinkJob job, Dictionary<string, (FlinkTaskManager, MetricTarget Target, LabelSet)> workers) =>
        $"{pod.Uid} {job.Id} {job.State} {job.LastModified.Ticks} {job.Restarts} " + string.Join(' ', job.Vertices.Select(v =>
            $"{v.State} {v.Attempt} {v.Parallelism} {string.Join(',', v.TaskManagerIds.Select(id => workers.TryGetValue(id, out var w) ? w.Target.Pod : ""))}"));

    private IEnumerable<MetricGroup> OfJob(FlinkJob job, MetricTarget target, LabelSet host,
        Dictionary<string, (FlinkTaskManager Worker, MetricTarget Target, LabelSet Labels)> workers, DateTimeOffset from)
    {
        var labels = LabelSet.Of("job_id", job.Id, "job_name", MetricGroup.Filter(job.Name));
        yield return new(target, "flink_jobmanager_job_", host.With(labels), from, t => JobMetrics.Of(job, job.Statistics?.CountsAt(t) ?? CheckpointCounts.None, t));
        foreach (var vertex in job.Vertices.Where(v => v.State == "RUNNING"))
        {
            for (var i = 0; i < vertex.Parallelism; i++)
            {
                var index = i;
                if (vertex.TaskManagerIds.ElementAtOrDefault(i) is not { } id || !workers.TryGetValue(id, out var worker))
                    continue;
                var task = worker.Labels.With(labels).With(TaskLabels(vertex, index));
                yield return new(worker.Target, "flink_taskmanager_job_task_", task, from, t => TaskMetrics.Subtask(world.Seed, job, vertex, index, t));
                foreach (var (position, name) in vertex.Name.Split(" -> ").Index())
                {
                    var operatorLabels = task.With(LabelSet.Of("operator_id", OperatorIdOf(vertex, position), "operator_name", MetricGroup.Filter(name)));
                    yield return new(worker.Target, "flink_taskmanager_job_task_operator_", operatorLabels, from,
                        t => OperatorMetrics.Of(world.Seed, job, vertex, index, position, t));
                }
            }
        }
    }

    private static LabelSet TaskLabels(FlinkVertex vertex, int index) => LabelSet.Of(
        "task_id", vertex.Id, "task_name", MetricGroup.Filter(vertex.Name), "subtask_index", index.ToString(CultureInfo.InvariantCulture),
        "task_attempt_num", vertex.Attempt.ToString(CultureInfo.InvariantCulture),
        "task_attempt_id", $"{vertex.Id}_{index}_{vertex.Attempt}");

    // The first operator of a chain has the id of its vertex.
    private static string OperatorIdOf(FlinkVertex vertex, int position) =>
        position == 0 ? vertex.Id : vertex.Id[position..] + vertex.Id[..position];

    // As a PodMonitor with podTargetLabels app and component would label it. Read once for each version of the pod.
    private MetricTarget Target(WorldObject pod, FlinkCluster cluster, string component) => _targets.GetValue(pod, _ =>
    {
        var ip = pod.Read().Text("status", "podIP") ?? "0.0.0.0";
        return new(pod.Namespace, pod.Name, LabelSet.Of("job", pod.Namespace + "/flink", "instance", $"{ip}:{MetricTarget.Port}", "namespace", pod.Namespace, "pod", pod.Name,
            "container", "flink-main-container", "endpoint", "metrics", "app", cluster.Id, "component", component));
    });
}
