using FlinkDashboard.Access;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;
using FlinkDashboard.Operations;
using FlinkDashboard.Ui.Actions;
using FlinkDashboard.Ui.Flink;
using FlinkDashboard.Ui.Live;

namespace FlinkDashboard.Features.Applications;

/// <summary>The buttons of an application or session cluster: rule, right, consequence and operation put together.</summary>
public sealed class ApplicationActions(ApplicationOperations operations, UpgradeOperations upgrades, SnapshotActions snapshots, EditTelling telling, ClusterView cluster, TimeProvider clock)
{
    /// <summary>Verbs that are offered for a selection of applications.</summary>
    public static readonly IReadOnlyList<string> Bulk = ["Suspend", "Resume", "Restart", "Savepoint"];

    private static readonly SpecEdit Suspending = State("suspended"), Resuming = State("running");

    /// <summary>With the viewer's rights.</summary>
    public IReadOnlyList<ActionOffer> Of(FlinkDeployment app, ViewerRights rights) =>
        Of(app, rights.May("patch", FlinkDeployment.Info, app.Metadata.Namespace, app.Metadata.Name), rights.May("delete", FlinkDeployment.Info, app.Metadata.Namespace, app.Metadata.Name));

    /// <summary>Everything that may be done to an application; a session cluster has no job to act on.</summary>
    /// <param name="mayPatch">The viewer's right to change it.</param>
    /// <param name="mayDelete">The viewer's right to delete it.</param>
    public IReadOnlyList<ActionOffer> Of(FlinkDeployment app, Decision mayPatch, Decision mayDelete)
    {
        var (ns, name) = (app.Metadata.Namespace, app.Metadata.Name);
        var target = FlinkTarget.Of(app);
        ActionOffer[] first = [ActionOffer.To("Upgrade", "edit", name, Refusal(UpgradeRules.CanEdit(target), mayPatch), $"/applications/{ns}/{name}/edit")];
        ActionOffer[] last = [ActionOffer.To("Clone", "clone", name, null, $"/deploy/new?from={ns}/{name}") with { Minor = true }, Delete(app, mayDelete)];
        if (app.Spec.IsSession)
            return [.. first, Restart(app, target, mayPatch), .. last];
        var suspended = app.Spec.Job is { IsSuspended: true };
        return
        [
            .. first,
            Suspend(app, mayPatch) with { Minor = suspended },
            Resume(app, mayPatch) with { Minor = !suspended },
            Restart(app, target, mayPatch),
            .. snapshots.Take(app).Select((offer, i) => offer with { Minor = i > 0 }),
            snapshots.Restore(app, SnapshotReader.Of(cluster, FlinkDeployment.Info.Kind, app.Metadata, app.Status.JobStatus, clock.GetUtcNow())) with { Minor = true },
            ScaleJob(app, target, mayPatch) with { Minor = true },
            ScaleTaskManagers(app, mayPatch) with { Minor = true },
            .. last,
        ];
    }

    private ActionOffer Suspend(FlinkDeployment app, Decision mayPatch) => new("Suspend", "pause", app.Metadata.Name, Refusal(ApplicationRules.CanSuspend(app), mayPatch),
        () => EditTelling.Told(app, ConsequenceOf.Suspend(app, telling.Around(app)), Suspending), async (why, stop) => EditTelling.Ended(await operations.SuspendAsync(app, cluster.User, why, stop)));

    private ActionOffer Resume(FlinkDeployment app, Decision mayPatch) => new("Resume", "play", app.Metadata.Name, Refusal(ApplicationRules.CanResume(app), mayPatch),
        () => EditTelling.Told(app, ConsequenceOf.Resume(app, telling.Around(app)), Resuming), async (why, stop) => EditTelling.Ended(await operations.ResumeAsync(app, cluster.User, why, stop)));

    private ActionOffer Restart(FlinkDeployment app, FlinkTarget target, Decision mayPatch) => new("Restart", "restart", app.Metadata.Name, Refusal(UpgradeRules.CanRestart(target), mayPatch),
        () => telling.Told(app, SpecEdits.Restart(target)), async (why, stop) => EditTelling.Ended(await upgrades.RestartAsync(app, cluster.User, why, stop)));

    private ActionOffer Delete(FlinkDeployment app, Decision mayDelete) => new("Delete", "trash", app.Metadata.Name, Refusal(ApplicationRules.CanDelete(app, cluster.In<FlinkSessionJob>(app.Metadata.Namespace)), mayDelete),
        () => EditTelling.Told(app, ConsequenceOf.Delete(app, telling.Around(app)), null), async (why, stop) => EditTelling.Ended(await operations.DeleteAsync(app, cluster.User, why, stop)))
    { Danger = true, Minor = true };

    private ActionOffer ScaleJob(FlinkDeployment app, FlinkTarget target, Decision mayPatch) => Asking("Scale", "scale", app, Refusal(UpgradeRules.CanScale(app), mayPatch),
        [new ActionField("parallelism", "Parallelism", FlinkReading.ParallelismOf(app)?.ToString() ?? "1", FieldShape.Number) { Hint = $"now {FlinkReading.ParallelismOf(app)}, {FlinkReading.SlotsOf(app)} slots per TaskManager", Refusal = text => Rule(int.TryParse(text, out var number) ? UpgradeRules.CanScale(target, number) : Decision.Yes) }],
        values => SpecEdits.Parallelism(values.Number("parallelism")), (values, why, stop) => upgrades.ScaleAsync(app, values.Number("parallelism"), cluster.User, why, stop));

    private ActionOffer ScaleTaskManagers(FlinkDeployment app, Decision mayPatch) => Asking("TaskManagers", "nodes", app, Refusal(UpgradeRules.CanScaleTaskManagers(app), mayPatch),
        [new ActionField("replicas", "TaskManager replicas", (app.Spec.TaskManager.Replicas ?? FlinkReading.TaskManagersWantedOf(app) ?? 1).ToString(), FieldShape.Number) { Hint = "decides the parallelism: replicas × slots", Refusal = text => Rule(int.TryParse(text, out var number) ? UpgradeRules.CanScaleTaskManagers(app, number) : Decision.Yes) }],
        values => SpecEdits.TaskManagers(values.Number("replicas")), (values, why, stop) => upgrades.ScaleTaskManagersAsync(app, values.Number("replicas"), cluster.User, why, stop));

    private ActionOffer Asking(string verb, string icon, FlinkDeployment app, string? refusal, IReadOnlyList<ActionField> fields, Func<ActionValues, SpecEdit> edit, Func<ActionValues, string?, CancellationToken, Task<OperationResult>> run) =>
        ActionOffer.Asking(verb, icon, app.Metadata.Name, refusal, telling.Form(app, fields, edit, run));

    private static SpecEdit State(string state) => new("SetState", $"set state to {state}", [new FieldSetting("spec.job.state", state, Model.Manifests.ScalarKind.Text)]);

    private static string? Rule(Decision rule) => rule.Allowed ? null : rule.Reason;

    private static string? Refusal(Decision rule, Decision right) => !rule.Allowed ? rule.Reason : !right.Allowed ? right.Reason : null;
}
