using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Operations;

/// <summary>What an action will do, told before it is done.</summary>
/// <param name="Summary">One or two sentences: what happens and what state is kept or lost.</param>
/// <param name="Details">Further sentences, each with one fact.</param>
/// <param name="LosesState">State that exists now will be gone for good, or at least not be used.</param>
/// <param name="Command">The kubectl command that does the same.</param>
public sealed record Consequence(string Summary, IReadOnlyList<string> Details, bool LosesState, string Command);

/// <summary>What is known beside the object itself when a consequence is told.</summary>
/// <param name="Pods">Pods of the namespace.</param>
/// <param name="Snapshots">State snapshots of the namespace.</param>
/// <param name="SessionJobs">Session jobs of the namespace.</param>
/// <param name="Cluster">For a session job: its session cluster, when known.</param>
/// <param name="Now">By the cluster's clock.</param>
public sealed record Surroundings(
    IReadOnlyCollection<Pod> Pods, IReadOnlyCollection<FlinkStateSnapshot> Snapshots, IReadOnlyCollection<FlinkSessionJob> SessionJobs, FlinkDeployment? Cluster, DateTimeOffset Now)
{
    /// <summary>The JobManager has been unavailable since it was made, and no high-availability metadata is there.</summary>
    public bool NeverStarted { get; init; }
}

/// <summary>Consequences of the actions, read from the object and what is around it. Pure; mirrors how the operator decides to stop and restore.</summary>
public static partial class ConsequenceOf
{
    /// <summary>Suspend an application.</summary>
    public static Consequence Suspend(FlinkDeployment d, Surroundings around) => Suspend(FlinkTarget.Of(d), d, around);

    /// <summary>Suspend a session job.</summary>
    public static Consequence Suspend(FlinkSessionJob j, Surroundings around) => Suspend(FlinkTarget.Of(j), null, around);

    /// <summary>Resume an application.</summary>
    public static Consequence Resume(FlinkDeployment d, Surroundings around) => Resume(FlinkTarget.Of(d), around);

    /// <summary>Resume a session job.</summary>
    public static Consequence Resume(FlinkSessionJob j, Surroundings around) => Resume(FlinkTarget.Of(j), around);

    /// <summary>Delete an application or a session cluster.</summary>
    public static Consequence Delete(FlinkDeployment d, Surroundings around)
    {
        var target = FlinkTarget.Of(d);
        var pods = PodWords.Of(ClusterPods.Of(d, around.Pods));
        var objects = $"the {target.Noun} {d.Metadata.Name}{(pods.Length == 0 ? "" : $", its {pods}")}, its services and config maps{(FlinkReading.IsHighlyAvailable(d) ? " and its high-availability metadata" : "")}";
        return d.Spec.Job is null
            ? new($"Deletes {objects}. Every job that runs on it ends.", JobsOn(d, around), true, KubectlText.Delete(target.Kind, d.Metadata))
            : DeleteJob(target, objects, around);
    }

    /// <summary>Delete a session job.</summary>
    public static Consequence Delete(FlinkSessionJob j, Surroundings around) =>
        DeleteJob(FlinkTarget.Of(j), $"the session job {j.Metadata.Name} and cancels its job on {j.Spec.DeploymentName}; the session cluster stays", around);

    private static Consequence Suspend(FlinkTarget t, FlinkDeployment? app, Surroundings around)
    {
        var stop = StopPlan.Of(t, app, around);
        var pods = app is null ? "" : PodWords.Of(ClusterPods.Of(app, around.Pods), stop.KeepsJobManager);
        var deletes = pods.Length > 0 ? $"{(stop.First.Length > 0 ? ", then deletes" : "Deletes")} {pods}" : stop.First.Length > 0 ? ", then stops the job" : "Stops the job";
        var details = new List<string>();
        if (stop.KeepsJobManager && app is not null)
            details.Add("The JobManager stays until its result has been kept for a day (kubernetes.operator.jm-deployment.shutdown-ttl) or the job is resumed.");
        details.AddRange(stop.Notes);
        return new($"{stop.First}{deletes}. {stop.Then}", details, stop.LosesState, KubectlText.Patch(t.Kind, t.Metadata, KubectlText.SuspendPatch));
    }

    private static Consequence Resume(FlinkTarget t, Surroundings around)
    {
        var command = KubectlText.Patch(t.Kind, t.Metadata, KubectlText.ResumePatch);
        var job = t.Job ?? FlinkJobSpec.None;
        if (t.Status.ReconciliationStatus.LastReconciledSpec is null)
            return new(job.InitialSavepointPath is { Length: > 0 } initial ? $"Starts the job for the first time, from {initial}." : "Starts the job for the first time, with empty state.", [], false, command);
        if (LastReconciledSpec.Of(t.Status.ReconciliationStatus.LastReconciledSpec)?.IsSuspended == false)
            return new("Takes the suspension back before the operator has carried it out; the job goes on as it is.", [], false, command);
        if (FlinkReading.UpgradeModeOf(job) == UpgradeMode.Stateless)
        {
            var unused = StatePoint.NextStartOf(t.Status.JobStatus, around.Snapshots) ?? StatePoint.LastSavepointOf(t.Status.JobStatus, t.Kind.Kind, t.Metadata, around.Snapshots);
            return new(
                "Starts the job with empty state, because upgradeMode is stateless.",
                unused is null ? [] : [$"The {StateWords.Of(unused, around.Now)} is not used; to start from it set upgradeMode to savepoint or last-state."], unused is not null, command);
        }
        if (StatePoint.NextStartOf(t.Status.JobStatus, around.Snapshots) is { } point)
            return new($"Starts the job from the {StateWords.Of(point, around.Now)}.", [], false, command);
        return new(
            "Starts the job from its last completed checkpoint, which the high-availability metadata names.",
            StatePoint.LastCheckpointOf(t.Status.JobStatus, t.Kind.Kind, t.Metadata, around.Snapshots) is { At: not null } known ? [$"The newest checkpoint known here is the {StateWords.Of(known, around.Now)}; there may be newer ones."] : [], false, command);
    }

    private static Consequence DeleteJob(FlinkTarget t, string objects, Surroundings around)
    {
        var running = t.Status.JobStatus.State == JobState.Running;
        var saves = t.Switch("kubernetes.operator.job.savepoint-on-deletion", false);
        var stopped = t.Job is { IsSuspended: true } || t.Status.JobStatus.State == JobState.Finished;
        var last = StatePoint.NextStartOf(t.Status.JobStatus, around.Snapshots)
            ?? StatePoint.LastSavepointOf(t.Status.JobStatus, t.Kind.Kind, t.Metadata, around.Snapshots)
            ?? StatePoint.LastCheckpointOf(t.Status.JobStatus, t.Kind.Kind, t.Metadata, around.Snapshots);
        var state = (saves, running, stopped) switch
        {
            (true, true, _) => "A savepoint is taken first (savepoint-on-deletion is on).",
            (true, false, false) => "savepoint-on-deletion is on, but the job is not running: the deletion will wait until a savepoint can be taken.",
            (_, _, true) => "The job is stopped; nothing that runs is lost.",
            _ => last is null
                ? "No savepoint is taken: all state of the job is lost."
                : $"No savepoint is taken: the state since the {StateWords.Of(last, around.Now)} is lost."
        };
        List<string> details = [last is null
            ? "No savepoint or checkpoint is known here to start another job from."
            : $"Files are not deleted: another job can still start from the {StateWords.Of(last, around.Now)}."];
        if (running && !saves)
            details.Add("To keep the state, suspend with upgradeMode savepoint first and delete then.");
        return new($"Deletes {objects}. {state}", details, !saves && !stopped, KubectlText.Delete(t.Kind, t.Metadata));
    }

    private static List<string> JobsOn(FlinkDeployment d, Surroundings around)
    {
        var jobs = around.SessionJobs.Where(j => j.Metadata.Namespace == d.Metadata.Namespace && j.Spec.DeploymentName == d.Metadata.Name).Select(j => j.Metadata.Name).Order(StringComparer.Ordinal).ToList();
        return jobs.Count == 0 ? ["No session job is on it. Jobs submitted by other means are not known here; the operator waits for those that run."] : [$"Session jobs on it: {string.Join(", ", jobs)}."];
    }
}
