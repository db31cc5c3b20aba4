using FlinkDashboard.Access;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Operations;
using FlinkDashboard.Ui.Actions;
using FlinkDashboard.Ui.Live;

namespace FlinkDashboard.Features.Applications;

/// <summary>The buttons of an application or session cluster: rule, right, consequence and operation put together.</summary>
public sealed class ApplicationActions(ApplicationOperations operations, ClusterView cluster, TimeProvider clock)
{
    /// <summary>Verbs that are offered for a selection of applications.</summary>
    public static readonly IReadOnlyList<string> Bulk = ["Suspend", "Resume", "Restart", "Savepoint"];

    /// <summary>With the viewer's rights.</summary>
    public IReadOnlyList<ActionOffer> Of(FlinkDeployment app, ViewerRights rights) =>
        Of(app, rights.May("patch", FlinkDeployment.Info, app.Metadata.Namespace, app.Metadata.Name), rights.May("delete", FlinkDeployment.Info, app.Metadata.Namespace, app.Metadata.Name));

    /// <summary>Suspend, Resume and Delete; a session cluster has only Delete.</summary>
    /// <param name="mayPatch">The viewer's right to change it.</param>
    /// <param name="mayDelete">The viewer's right to delete it.</param>
    public IReadOnlyList<ActionOffer> Of(FlinkDeployment app, Decision mayPatch, Decision mayDelete)
    {
        var name = app.Metadata.Name;
        var delete = new ActionOffer("Delete", "trash", name, Refusal(ApplicationRules.CanDelete(app, cluster.In<FlinkSessionJob>(app.Metadata.Namespace)), mayDelete),
            () => Told(ConsequenceOf.Delete(app, Around(app))), async (why, stop) => Ended(await operations.DeleteAsync(app, cluster.User, why, stop)))
        { Danger = true };
        if (app.Spec.IsSession)
            return [delete];
        return
        [
            new ActionOffer("Suspend", "pause", name, Refusal(ApplicationRules.CanSuspend(app), mayPatch), () => Told(ConsequenceOf.Suspend(app, Around(app))),
                async (why, stop) => Ended(await operations.SuspendAsync(app, cluster.User, why, stop))),
            new ActionOffer("Resume", "play", name, Refusal(ApplicationRules.CanResume(app), mayPatch), () => Told(ConsequenceOf.Resume(app, Around(app))),
                async (why, stop) => Ended(await operations.ResumeAsync(app, cluster.User, why, stop))),
            delete,
        ];
    }

    private Surroundings Around(FlinkDeployment app)
    {
        var ns = app.Metadata.Namespace;
        return new Surroundings([.. cluster.In<Pod>(ns)], [.. cluster.In<FlinkStateSnapshot>(ns)], [.. cluster.In<FlinkSessionJob>(ns)], null, clock.GetUtcNow());
    }

    private static string? Refusal(Decision rule, Decision right) => !rule.Allowed ? rule.Reason : !right.Allowed ? right.Reason : null;

    private static ActionConsequence Told(Consequence consequence) => new(consequence.Summary, consequence.Details, consequence.LosesState, consequence.Command);

    private static ActionAnswer Ended(OperationResult result) => new(result.IsGood, result.Message);
}
