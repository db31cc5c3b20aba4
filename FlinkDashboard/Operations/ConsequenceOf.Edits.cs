using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Operations;

/// <summary>Consequences of changes of a spec. Which change restarts the job: facts of the operator's SpecDiff annotations.</summary>
public static partial class ConsequenceOf
{
    private static readonly string[] NoEffect =
    [
        "spec.job.upgradeMode", "spec.job.initialSavepointPath", "spec.job.savepointTriggerNonce", "spec.job.checkpointTriggerNonce", "spec.job.autoscalerResetNonce",
        "spec.job.allowNonRestoredState", "spec.flinkConfiguration[job.autoscaler", "spec.flinkConfiguration[kubernetes.operator", "spec.flinkConfiguration[parallelism.default]"
    ];

    /// <summary>A change of an application or session cluster.</summary>
    public static Consequence Edit(FlinkDeployment d, SpecEdit edit, Surroundings around) => Edit(FlinkTarget.Of(d), d, edit, around);

    /// <summary>A change of a session job.</summary>
    public static Consequence Edit(FlinkSessionJob j, SpecEdit edit, Surroundings around) => Edit(FlinkTarget.Of(j), null, edit, around);

    private static Consequence Edit(FlinkTarget t, FlinkDeployment? app, SpecEdit edit, Surroundings around)
    {
        var command = KubectlText.Patch(t.Kind, t.Metadata, edit.Patch);
        if (edit.Settings.Any(s => s.Path == "spec.job.savepointRedeployNonce"))
            return Redeploy(t, app, edit, around, command);
        if (edit.Settings.All(s => NoEffect.Any(p => s.Path.StartsWith(p, StringComparison.Ordinal))))
            return new(edit.Settings.Any(s => s.Path.EndsWith("TriggerNonce", StringComparison.Ordinal))
                ? $"{Sentence(edit.Done)} of the running job; it goes on meanwhile."
                : $"{Sentence(edit.Done)}. The operator takes it over without touching the running job.", [], false, command);
        if (t.Job is { IsSuspended: true })
            return new($"{Sentence(edit.Done)}. The job is suspended: it takes effect when it is resumed.", [], false, command);
        var scales = t.IsStandalone && edit.Settings.All(s => s.Path is "spec.job.parallelism" or "spec.taskManager.replicas");
        var restart = Restart(t, app, edit, around, command);
        if (!scales)
            return restart;
        return t.Configuration["scheduler-mode"] is { } mode && mode.Equals("reactive", StringComparison.OrdinalIgnoreCase)
            ? new($"{Sentence(edit.Done)}. The scheduler is reactive: TaskManagers are added or removed and the job is rescaled in place from its last checkpoint.", [], false, command)
            : restart;
    }

    private static Consequence Restart(FlinkTarget t, FlinkDeployment? app, SpecEdit edit, Surroundings around, string command)
    {
        if (t.Job is null)
        {
            var jobs = app is null ? [] : JobsOn(app, around);
            return new($"{Sentence(edit.Done)}. The session cluster is deleted and started again; every job that runs on it stops meanwhile.", jobs, true, command);
        }
        var stop = StopPlan.Of(t, app, around, "The new job");
        var pods = app is null ? "" : PodWords.Of(ClusterPods.Of(app, around.Pods));
        var first = stop.First.Length > 0 ? $"{stop.First}, then stops" : "Stops";
        return new($"{Sentence(edit.Done)}. {first} the job{(pods.Length > 0 ? $", deletes {pods}" : "")} and starts it again. {stop.Then}", stop.Notes, stop.LosesState, command);
    }

    private static Consequence Redeploy(FlinkTarget t, FlinkDeployment? app, SpecEdit edit, Surroundings around, string command)
    {
        var path = edit.Settings.First(s => s.Path == "spec.job.initialSavepointPath").Value;
        var known = around.Snapshots.FirstOrDefault(s => s.Status.Path == path)?.Status.ResultTimestamp;
        var pods = app is null ? "" : PodWords.Of(ClusterPods.Of(app, around.Pods));
        var running = t.Job is { IsSuspended: false } && t.Status.JobStatus.State == JobState.Running;
        List<string> details =
        [
            "The operator takes this as stable at once: should the job not come up, it does not roll back.",
            .. running ? ["No savepoint is taken first. To keep what the job has done since, take one now."] : (string[])[],
            .. t.Job is { IsSuspended: true } ? ["The job is suspended now; it is started."] : (string[])[]
        ];
        return new(
            $"{(running ? $"Cancels the job{(pods.Length > 0 ? $", deletes {pods}" : "")} and starts it" : "Starts the job")} from {path}{(known is { } at ? $", {AgeText.Of(around.Now - at)} old" : "")}. {(running ? "All that it has done since is lost, as is its high-availability metadata." : "")}".TrimEnd(),
            details, running, command);
    }

    private static string Sentence(string clause) => char.ToUpperInvariant(clause[0]) + clause[1..];
}
