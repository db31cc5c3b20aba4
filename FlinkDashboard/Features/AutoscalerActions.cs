using FlinkDashboard.Access;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Operations;
using FlinkDashboard.Ui.Actions;
using FlinkDashboard.Ui.Live;

namespace FlinkDashboard.Features;

/// <summary>Switching and resetting the autoscaler of an application or session job.</summary>
public sealed class AutoscalerActions(UpgradeOperations upgrades, EditTelling telling, ClusterView cluster)
{
    /// <summary>Switch on or off, and reset.</summary>
    public IReadOnlyList<ActionOffer> Of(IKubernetesObject one, Decision mayPatch)
    {
        var target = FlinkTarget.OfEither(one);
        var on = UpgradeRules.AutoscalerOn(target);
        var name = one.Metadata.Name;
        return
        [
            new(on ? "Switch autoscaler off" : "Switch autoscaler on", on ? "pause" : "play", name, Refusal(UpgradeRules.CanSetAutoscaler(target), mayPatch), () => telling.Told(one, SpecEdits.Autoscaler(!on)),
                async (why, stop) => EditTelling.Ended(await SwitchAsync(one, !on, why, stop))) { Question = $"Switch the autoscaler of {name} {(on ? "off" : "on")}?", Consent = $"Switch {(on ? "off" : "on")}" },
            new("Reset autoscaler", "restart", name, Refusal(UpgradeRules.CanResetAutoscaler(target), mayPatch), () => telling.Told(one, SpecEdits.AutoscalerReset(target)),
                async (why, stop) => EditTelling.Ended(await ResetAsync(one, why, stop))) { Question = $"Let the autoscaler of {name} forget all it has learned?", Consent = "Reset" },
        ];
    }

    private Task<OperationResult> SwitchAsync(IKubernetesObject one, bool on, string? why, CancellationToken stop) =>
        one is FlinkSessionJob job ? upgrades.SetAutoscalerAsync(job, on, cluster.User, why, stop) : upgrades.SetAutoscalerAsync((FlinkDeployment)one, on, cluster.User, why, stop);

    private Task<OperationResult> ResetAsync(IKubernetesObject one, string? why, CancellationToken stop) =>
        one is FlinkSessionJob job ? upgrades.ResetAutoscalerAsync(job, cluster.User, why, stop) : upgrades.ResetAutoscalerAsync((FlinkDeployment)one, cluster.User, why, stop);

    private static string? Refusal(Decision rule, Decision right) => !rule.Allowed ? rule.Reason : right.Allowed ? null : right.Reason;
}
