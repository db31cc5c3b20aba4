using FlinkDashboard.Access;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Operations;
using FlinkDashboard.Ui.Actions;
using FlinkDashboard.Ui.Live;

namespace FlinkDashboard.Features.Sessions;

/// <summary>The buttons of a session job.</summary>
public sealed class SessionJobActions(ApplicationOperations operations, ClusterView cluster, TimeProvider clock)
{
    /// <summary>Suspend, Resume and Delete.</summary>
    public IReadOnlyList<ActionOffer> Of(FlinkSessionJob job, Decision mayPatch, Decision mayDelete)
    {
        var name = job.Metadata.Name;
        return
        [
            new ActionOffer("Suspend", "pause", name, Refusal(ApplicationRules.CanSuspend(job), mayPatch), () => Told(ConsequenceOf.Suspend(job, Around(job))),
                async (why, stop) => Ended(await operations.SuspendAsync(job, cluster.User, why, stop))),
            new ActionOffer("Resume", "play", name, Refusal(ApplicationRules.CanResume(job), mayPatch), () => Told(ConsequenceOf.Resume(job, Around(job))),
                async (why, stop) => Ended(await operations.ResumeAsync(job, cluster.User, why, stop))),
            new ActionOffer("Delete", "trash", name, Refusal(ApplicationRules.CanDelete(job), mayDelete), () => Told(ConsequenceOf.Delete(job, Around(job))),
                async (why, stop) => Ended(await operations.DeleteAsync(job, cluster.User, why, stop))) { Danger = true },
        ];
    }

    private Surroundings Around(FlinkSessionJob job)
    {
        var ns = job.Metadata.Namespace;
        return new Surroundings([.. cluster.In<Pod>(ns)], [.. cluster.In<FlinkStateSnapshot>(ns)], [.. cluster.In<FlinkSessionJob>(ns)], cluster.Find<FlinkDeployment>(ns, job.Spec.DeploymentName), clock.GetUtcNow());
    }

    private static string? Refusal(Decision rule, Decision right) => !rule.Allowed ? rule.Reason : !right.Allowed ? right.Reason : null;

    private static ActionConsequence Told(Consequence consequence) => new(consequence.Summary, consequence.Details, consequence.LosesState, consequence.Command);

    private static ActionAnswer Ended(OperationResult result) => new(result.IsGood, result.Message);
}
