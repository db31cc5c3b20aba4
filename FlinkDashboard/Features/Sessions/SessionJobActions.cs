using FlinkDashboard.Access;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Operations;
using FlinkDashboard.Ui.Actions;
using FlinkDashboard.Ui.Flink;
using FlinkDashboard.Ui.Live;

namespace FlinkDashboard.Features.Sessions;

/// <summary>The buttons of a session job.</summary>
public sealed class SessionJobActions(ApplicationOperations operations, UpgradeOperations upgrades, SnapshotActions snapshots, EditTelling telling, ClusterView cluster, TimeProvider clock)
{
    /// <summary>Verbs that are offered for a selection of session jobs.</summary>
    public static readonly IReadOnlyList<string> Bulk = ["Suspend", "Resume", "Restart", "Savepoint"];

    /// <summary>With the viewer's rights.</summary>
    public IReadOnlyList<ActionOffer> Of(FlinkSessionJob job, ViewerRights rights) =>
        Of(job, rights.May("patch", FlinkSessionJob.Info, job.Metadata.Namespace, job.Metadata.Name), rights.May("delete", FlinkSessionJob.Info, job.Metadata.Namespace, job.Metadata.Name));

    /// <summary>Everything that may be done to a session job.</summary>
    public IReadOnlyList<ActionOffer> Of(FlinkSessionJob job, Decision mayPatch, Decision mayDelete)
    {
        var name = job.Metadata.Name;
        var target = FlinkTarget.Of(job);
        var suspended = job.Spec.Job.IsSuspended;
        return
        [
            ActionOffer.To("Upgrade", "edit", name, Refusal(UpgradeRules.CanEdit(target), mayPatch), $"/sessions/{job.Metadata.Namespace}/{name}/edit"),
            new ActionOffer("Suspend", "pause", name, Refusal(ApplicationRules.CanSuspend(job), mayPatch), () => EditTelling.Told(job, ConsequenceOf.Suspend(job, telling.Around(job)), null),
                async (why, stop) => EditTelling.Ended(await operations.SuspendAsync(job, cluster.User, why, stop))) { Minor = suspended },
            new ActionOffer("Resume", "play", name, Refusal(ApplicationRules.CanResume(job), mayPatch), () => EditTelling.Told(job, ConsequenceOf.Resume(job, telling.Around(job)), null),
                async (why, stop) => EditTelling.Ended(await operations.ResumeAsync(job, cluster.User, why, stop))) { Minor = !suspended },
            new ActionOffer("Restart", "restart", name, Refusal(UpgradeRules.CanRestart(target), mayPatch), () => telling.Told(job, SpecEdits.Restart(target)),
                async (why, stop) => EditTelling.Ended(await upgrades.RestartAsync(job, cluster.User, why, stop))),
            .. snapshots.Take(job).Select((offer, i) => offer with { Minor = i > 0 }),
            snapshots.Restore(job, SnapshotReader.Of(cluster, FlinkSessionJob.Info.Kind, job.Metadata, job.Status.JobStatus, clock.GetUtcNow())) with { Minor = true },
            ActionOffer.Asking("Scale", "scale", name, Refusal(UpgradeRules.CanScale(job), mayPatch), telling.Form(job,
                [new ActionField("parallelism", "Parallelism", job.Spec.Job.Parallelism?.ToString() ?? "1", FieldShape.Number) { Refusal = text => int.TryParse(text, out var number) && UpgradeRules.CanScale(target, number) is { Allowed: false } no ? no.Reason : null }],
                values => SpecEdits.Parallelism(values.Number("parallelism")), (values, why, stop) => upgrades.ScaleAsync(job, values.Number("parallelism"), cluster.User, why, stop))) with { Minor = true },
            new ActionOffer("Delete", "trash", name, Refusal(ApplicationRules.CanDelete(job), mayDelete), () => EditTelling.Told(job, ConsequenceOf.Delete(job, telling.Around(job)), null),
                async (why, stop) => EditTelling.Ended(await operations.DeleteAsync(job, cluster.User, why, stop))) { Danger = true, Minor = true },
        ];
    }

    private static string? Refusal(Decision rule, Decision right) => !rule.Allowed ? rule.Reason : !right.Allowed ? right.Reason : null;
}
