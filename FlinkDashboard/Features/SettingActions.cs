using FlinkDashboard.Access;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;
using FlinkDashboard.Operations;
using FlinkDashboard.Ui.Actions;
using FlinkDashboard.Ui.Live;

namespace FlinkDashboard.Features;

/// <summary>Changing single operator keys of an application or session job.</summary>
public sealed class SettingActions(UpgradeOperations upgrades, EditTelling telling, ClusterView cluster)
{
    /// <summary>Why its settings may not be changed; null when they may.</summary>
    public static string? Refusal(IKubernetesObject one, Decision mayPatch) => UpgradeRules.CanEdit(FlinkTarget.OfEither(one)) is { Allowed: false } rule ? rule.Reason : mayPatch.Allowed ? null : mayPatch.Reason;

    /// <summary>The dialog for one setting.</summary>
    public ActionOffer Of(IKubernetesObject one, SettingReading setting, Decision mayPatch)
    {
        var info = setting.Info;
        // One that is set by an old name is changed by that name: two names side by side would contradict each other.
        var key = setting.SetBy ?? info.Key;
        var start = setting.Value ?? (info.Shape == SettingShape.Switch ? info.Default ?? "false" : "");
        var field = info.Shape == SettingShape.Switch
            ? new ActionField("value", "Value", start, FieldShape.Choice) { Choices = [("true", $"true{Default(info, "true")}"), ("false", $"false{Default(info, "false")}")], Hint = info.Meaning }
            : new ActionField("value", "Value", start) { Hint = $"{info.Meaning}; empty: {(info.Default is { } otherwise ? $"{otherwise}, the default" : "not set")}", Refusal = info.Refusal, Mono = true };
        return ActionOffer.Asking("Set", "settings", info.Key, Refusal(one, mayPatch), telling.Form(one, [field], values => Edit(key, values), (values, why, stop) => SendAsync(one, Keys(key, values), why, stop))) with
        {
            Question = $"Set {info.Key} of {one.Metadata.Name}",
            Consent = "Set it",
        };
    }

    private Task<OperationResult> SendAsync(IKubernetesObject one, Dictionary<string, string?> keys, string? why, CancellationToken stop) =>
        one is FlinkSessionJob job ? upgrades.SetConfigurationAsync(job, keys, cluster.User, why, stop) : upgrades.SetConfigurationAsync((FlinkDeployment)one, keys, cluster.User, why, stop);

    private static string Default(SettingInfo info, string value) => info.Default == value ? " (default)" : "";

    private static SpecEdit Edit(string key, ActionValues values) => SpecEdits.Configuration(Keys(key, values));

    private static Dictionary<string, string?> Keys(string key, ActionValues values) => new() { [key] = values["value"] is { Length: > 0 } value ? value : null };
}
