using System.Globalization;
using System.Text.Json;
using FlinkDashboard.Sandbox.World.Flink;
using FlinkDashboard.Sandbox.World.Metrics.Kubernetes;

namespace FlinkDashboard.Sandbox.World.Metrics.Flink;

/// <summary>
/// The series of Flink in a world whose pods stand for processes that are not played: each FlinkDeployment runs its job since its start, on
/// the TaskManagers in order of their numbers, with a checkpoint at every interval.
/// </summary>
internal sealed class StandingFlink(SandboxWorld world, ClusterView view)
{
    private readonly Dictionary<(string Namespace, string Name), StandingJob> _jobs = [];

    /// <summary>What a pod shows.</summary>
    public IEnumerable<(string Slot, MetricSource? Source)> Of(PodState pod, DateTimeOffset since)
    {
        var component = pod.Labels.GetValueOrDefault("component");
        if (component is not ("jobmanager" or "taskmanager") || !_jobs.TryGetValue((pod.Namespace, pod.Labels.GetValueOrDefault("app", "")), out var job))
            yield break;
        var slot = "flink/" + pod.Uid;
        if (pod.Phase != "Running" || pod.Ip.Length == 0)
        {
            yield return (slot, null);
            yield break;
        }
        var target = Target(pod, job, component);
        var scope = LabelSet.Of("namespace", pod.Namespace, "pod", pod.Name, "app", job.Name, "component", component);
        if (component == "taskmanager")
        {
            yield return (slot, new MetricSource(view.NextKey(), since, () => Worker(pod, job, target)) { Tables = job.WorkerTables, Scope = scope });
            yield break;
        }
        job.JobManager = target;
        yield return (slot, new MetricSource(view.NextKey(), since, () => Process(job, target)) { Tables = [ClusterView.UpTable, ProcessMetrics.JobManagerTable(job.Version)], Scope = scope });
        yield return OfJob(job, since);
    }

    /// <summary>What a FlinkDeployment shows.</summary>
    public IEnumerable<(string Slot, MetricSource? Source)> Of(Change change, DateTimeOffset at)
    {
        var key = (change.Object.Namespace, change.Object.Name);
        if (change.Type == ChangeType.Deleted)
        {
            _jobs.Remove(key);
            yield return ("flinkjob/" + change.Object.Uid, null);
            yield break;
        }
        using var document = JsonDocument.Parse(change.Object.Json);
        var status = Json.Child(Json.Child(document.RootElement, "status"), "jobStatus");
        if (!_jobs.TryGetValue(key, out var job))
            job = _jobs[key] = new StandingJob(world, change.Object, document.RootElement);
        if (job.Enter(Json.Text(status, "state"), at) && job.JobManager is not null)
            yield return OfJob(job, at);
    }

    private (string, MetricSource?) OfJob(StandingJob job, DateTimeOffset since)
    {
        var (now, target) = (job.Present(), job.JobManager!);
        return ("flinkjob/" + job.Uid, new MetricSource(view.NextKey(), since, () => [new MetricGroup<JobMoment>(target, Host(target).With(job.Labels), JobMetrics.Table(job.Version),
            t => new JobMoment(now, job.CheckpointsAt, t))])
        {
            Tables = [JobMetrics.Table(job.Version)],
            Scope = LabelSet.Of("namespace", job.Namespace, "app", job.Name, "component", "jobmanager", "job_id", job.Steady.Id),
        });
    }

    private static IEnumerable<MetricGroup> Process(StandingJob job, MetricTarget target)
    {
        var state = new JobManagerState(job.Steady.StartTime, job.JobManagerHeap, job.TaskManagers, 1, 0, job.TaskManagers * job.Slots);
        yield return new SteadyGroup<int>(target, LabelSet.Empty, ClusterView.UpTable, 1) { IsExposed = false };
        yield return new MetricGroup<(JobManagerState, DateTimeOffset)>(target, Host(target), ProcessMetrics.JobManagerTable(job.Version), t => (state, t));
    }

    private IEnumerable<MetricGroup> Worker(PodState pod, StandingJob job, MetricTarget target)
    {
        var number = int.TryParse(pod.Name[(pod.Name.LastIndexOf('-') + 1)..], CultureInfo.InvariantCulture, out var parsed) ? parsed : 1;
        var worker = new FlinkTaskManager(pod.Name, pod.Namespace, pod.Name, pod.Ip, job.Memory) { Slots = job.Slots, RegisteredAt = pod.Created, DataPort = 30_000 + number };
        var labels = Host(target).With("tm_id", MetricTable.Filter(pod.Name));
        yield return new SteadyGroup<int>(target, LabelSet.Empty, ClusterView.UpTable, 1) { IsExposed = false };
        yield return new MetricGroup<WorkerMoment>(target, labels, ProcessMetrics.TaskManagerTable(job.Version), t => new WorkerMoment(worker, 0, RocksDbMetrics.IsUsed(job.Settings), t));
        for (var slot = 0; slot < job.Slots; slot++)
        {
            var index = ((number - 1) * job.Slots) + slot;
            foreach (var group in job.Steady.Vertices.Where(v => index < v.Parallelism).SelectMany(v => TaskGroups.Of(world.Seed, job.Version, job.Settings, job.Steady, v, index, target, labels.With(job.Labels))))
                yield return group;
        }
    }

    private static LabelSet Host(MetricTarget target) => LabelSet.Of("host", MetricTable.Filter(target.Instance.Split(':')[0]));

    private static MetricTarget Target(PodState pod, StandingJob job, string component) => MetricTarget.OfPod(pod.Namespace, pod.Name, LabelSet.Of("job", pod.Namespace + "/flink",
        "instance", $"{pod.Ip}:{MetricTarget.Port}", "namespace", pod.Namespace, "pod", pod.Name, "container", "flink-main-container", "endpoint", "metrics", "app", job.Name, "component", component));
}
