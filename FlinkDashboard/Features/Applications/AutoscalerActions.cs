using FlinkDashboard.Access;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Operations;
using FlinkDashboard.Ui.Actions;
using FlinkDashboard.Ui.Live;

namespace FlinkDashboard.Features.Applications;

/// <summary>Switching and resetting the autoscaler of an application.</summary>
public sealed class AutoscalerActions(UpgradeOperations upgrades, EditTelling telling, ClusterView cluster)
{
    /// <summary>Switch on or off, and reset.</summary>
    public IReadOnlyList<ActionOffer> Of(FlinkDeployment app, Decision mayPatch)
    {
        var target = FlinkTarget.Of(app);
        var on = UpgradeRules.AutoscalerOn(target);
        var name = app.Metadata.Name;
        return
        [
            new(on ? "Switch autoscaler off" : "Switch autoscaler on", on ? "pause" : "play", name, Refusal(UpgradeRules.CanSetAutoscaler(target), mayPatch), () => telling.Told(app, SpecEdits.Autoscaler(!on)),
                async (why, stop) => EditTelling.Ended(await upgrades.SetAutoscalerAsync(app, !on, cluster.User, why, stop))) { Question = $"Switch the autoscaler of {name} {(on ? "off" : "on")}?", Consent = $"Switch {(on ? "off" : "on")}" },
            new("Reset autoscaler", "restart", name, Refusal(UpgradeRules.CanResetAutoscaler(target), mayPatch), () => telling.Told(app, SpecEdits.AutoscalerReset(target)),
                async (why, stop) => EditTelling.Ended(await upgrades.ResetAutoscalerAsync(app, cluster.User, why, stop))) { Question = $"Let the autoscaler of {name} forget all it has learned?", Consent = "Reset" },
        ];
    }

    private static string? Refusal(Decision rule, Decision right) => !rule.Allowed ? rule.Reason : right.Allowed ? null : right.Reason;
}
