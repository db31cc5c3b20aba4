using System.Collections.Concurrent;
using FlinkDashboard.Model.Flink;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Model.OperatorRules;
using FlinkDashboard.Model.Previews;
using FlinkDashboard.State;
using FlinkDashboard.State.Flink;
using FlinkDashboard.Ui.Flink;
using FlinkDashboard.Ui.Live;

namespace FlinkDashboard.Ui.Editing;

/// <summary>Gathers what a preview needs from the caches: the same facts for every page that tells what will happen.</summary>
public sealed class PreviewFacts(ClusterView cluster, ClusterState state, InstalledSchemas schemas, OperatorDefaults defaults, JobManagerView jobManagers, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<string, Glimpse> seen = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> asked = new(StringComparer.Ordinal);

    /// <summary>The input of a preview of what would be made of an object.</summary>
    /// <param name="current">As it stands; null for what does not exist yet.</param>
    /// <param name="wanted">The manifest to be applied.</param>
    /// <param name="schema">The installed definition of its kind; null when not known.</param>
    public PreviewInput Of(IKubernetesObject? current, Manifest wanted, CrdSchema? schema)
    {
        var ns = current?.Metadata.Namespace ?? wanted.Namespace ?? "";
        var name = current?.Metadata.Name ?? wanted.Name ?? "";
        var session = (current as FlinkSessionJob)?.Spec.DeploymentName ?? (wanted.Kind == FlinkSessionJob.Info.Kind ? wanted.Value("spec.deploymentName") : null);
        var process = session ?? name;
        var release = Operator(schemas.Known(FlinkDeployment.Info) ?? (wanted.Kind == FlinkDeployment.Info.Kind ? schema : null));
        var checkpoints = Seen(current);
        return new PreviewInput(current, wanted, clock.GetUtcNow())
        {
            OperatorVersion = release.Version,
            OperatorAtLeast = release.AtLeast,
            Schema = schema,
            HasHaMetadata = cluster.Status<ConfigMap>().State == WatchState.Live && cluster.Sees<ConfigMap>(ns) ? HaMetadata.Exist(ns, process, cluster.In<ConfigMap>(ns)) : null,
            Snapshots = [.. cluster.In<FlinkStateSnapshot>(ns)],
            SessionCluster = session is null ? null : cluster.Find<FlinkDeployment>(ns, session),
            SessionJobs = [.. cluster.In<FlinkSessionJob>(ns)],
            ActiveChild = current is FlinkBlueGreenDeployment parent && BlueGreenChild.NameOf(parent) is { } child ? cluster.Find<FlinkDeployment>(ns, child) : null,
            Defaults = DefaultsOf(wanted),
            NewestCheckpoint = checkpoints?.Latest.Completed?.TriggerTimestamp,
            PendingCheckpoint = checkpoints?.History.FirstOrDefault(one => one is { Status: "IN_PROGRESS", IsSavepoint: false })?.TriggerTimestamp,
            JobManager = current is null ? null : cluster.Find<Deployment>(ns, process),
        };
    }

    /// <summary>
    /// Reads the operator's defaults, and asks the JobManager for the checkpoints of an object's job, when this viewer may and it answers within two seconds; the next previews know them.
    /// Asked at most every few seconds, whoever calls.
    /// </summary>
    public async Task GlanceAsync(IKubernetesObject? current, CancellationToken stop)
    {
        await defaults.ReadAsync(stop);
        if (JobOf(current) is not (var address, var job) || (asked.TryGetValue(job, out var last) && clock.GetUtcNow() - last < Pause))
            return;
        asked[job] = clock.GetUtcNow();
        var door = await jobManagers.OpenAsync(address, stop);
        if (door.Feed is not { } feed)
        {
            seen.TryRemove(current!.Metadata.Uid, out _);
            return;
        }
        var topic = FlinkTopics.Checkpoints(job);
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (feed.Watch(topic, () => answered.TrySetResult()))
        {
            feed.Refresh(topic);
            await answered.Task.WaitAsync(Patience, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        if (feed.Now(topic) is { Value: { } value, At: { } at })
            seen[current!.Metadata.Uid] = new(job, value, at);
    }

    /// <summary>The operator's defaults that apply to what a manifest describes; null when not known.</summary>
    public IReadOnlyDictionary<string, string>? DefaultsOf(Manifest wanted)
    {
        var session = wanted.Value("spec.deploymentName") is { } name ? cluster.Find<FlinkDeployment>(wanted.Namespace, name) : null;
        return defaults.Known?.Of(wanted, session?.Spec.FlinkVersion);
    }

    // What was seen of another run of the job, or long ago, is not what runs.
    private CheckpointStatistics? Seen(IKubernetesObject? current) =>
        JobOf(current) is (_, var job) && seen.TryGetValue(current!.Metadata.Uid, out var glimpse) && glimpse.Job == job && clock.GetUtcNow() - glimpse.At < Fresh ? glimpse.Checkpoints : null;

    private static (JobManagerAddress Address, string Job)? JobOf(IKubernetesObject? current) => current switch
    {
        FlinkDeployment { Status.JobStatus.JobId: { Length: > 0 } job } app => (new(app.Metadata.Namespace, app.Metadata.Name), job),
        FlinkSessionJob { Status.JobStatus.JobId: { Length: > 0 } job } one => (new(one.Metadata.Namespace, one.Spec.DeploymentName), job),
        _ => null,
    };

    /// <summary>What is known of the installed operator's version. Read as the dashboard's own account: a version is no secret.</summary>
    /// <param name="applications">The installed definition of FlinkDeployment; null when not known.</param>
    private OperatorEvidence Operator(CrdSchema? applications)
    {
        var kinds = state.Now<CustomResourceDefinition>();
        return OperatorEvidence.Of(Operators, applications, kinds.Find(null, FlinkStateSnapshot.Info.QualifiedName) is not null, kinds.Find(null, FlinkBlueGreenDeployment.Info.QualifiedName) is not null);
    }

    /// <summary>EMR release of the installed operator, for instance <c>7.12.0</c>; null when it is none of Amazon's.</summary>
    public string? OperatorEmrRelease => Operators.SelectMany(one => one.Spec.Template?.Spec?.Containers ?? []).Select(one => one.Image ?? "")
        .Where(image => image.Contains("emr-on-eks/", StringComparison.Ordinal) && image.LastIndexOf(':') > image.LastIndexOf('/')).Select(image => image[(image.LastIndexOf(':') + 1)..]).FirstOrDefault();

    private IEnumerable<Deployment> Operators => state.Now<Deployment>().All
        .Where(one => one.Metadata.Labels["app.kubernetes.io/name"] == "flink-kubernetes-operator" || one.Metadata.Name.Contains("flink-kubernetes-operator", StringComparison.Ordinal));

    private sealed record Glimpse(string Job, CheckpointStatistics Checkpoints, DateTimeOffset At);
}
