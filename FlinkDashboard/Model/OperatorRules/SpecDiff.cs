using System.Text.Json.Nodes;

namespace FlinkDashboard.Model.OperatorRules;

/// <summary>
/// Compares two specs as the operator does (its ReflectiveDiffBuilder and the Diffable annotations of the spec classes, 1.15): the fields of
/// the spec's own class in declaration order, then job, restartNonce and flinkConfiguration.
/// </summary>
public static class SpecDiff
{
    private static readonly string[] JobFields =
    [
        "jarURI", "parallelism", "entryClass", "args", "state", "savepointTriggerNonce", "initialSavepointPath", "checkpointTriggerNonce",
        "upgradeMode", "allowNonRestoredState", "savepointRedeployNonce", "autoscalerResetNonce",
    ];

    private static readonly HashSet<string> IgnoredJobFields =
        ["savepointTriggerNonce", "initialSavepointPath", "checkpointTriggerNonce", "upgradeMode", "allowNonRestoredState", "autoscalerResetNonce"];

    private static readonly string[] IngressFields = ["template", "className", "annotations", "labels", "tls"];

    /// <summary>A FlinkDeployment edit.</summary>
    /// <param name="before">The deployed spec.</param>
    /// <param name="after">The new spec.</param>
    /// <param name="standalone">The deployed mode is standalone: replicas and parallelism scale instead of upgrade.</param>
    public static SpecChange OfDeployment(JsonObject before, JsonObject after, bool standalone)
    {
        var changes = new List<FieldChange>();
        foreach (var name in (string[])["image", "imagePullPolicy", "serviceAccount", "flinkVersion"])
            Compare(changes, name, before[name], after[name]);
        Compare(changes, "ingress", Ingress(before["ingress"]), Ingress(after["ingress"]));
        Compare(changes, "podTemplate", Sorted(before["podTemplate"]), Sorted(after["podTemplate"]));
        Component(changes, "jobManager", before["jobManager"], after["jobManager"], ChangeEffect.Upgrade);
        Component(changes, "taskManager", before["taskManager"], after["taskManager"], standalone ? ChangeEffect.Scale : ChangeEffect.Upgrade);
        Compare(changes, "logConfiguration", before["logConfiguration"], after["logConfiguration"]);
        Compare(changes, "mode", before["mode"], after["mode"]);
        Common(changes, before, after, standalone);
        return new SpecChange("FlinkDeploymentSpec", changes);
    }

    /// <summary>A FlinkSessionJob edit.</summary>
    public static SpecChange OfSessionJob(JsonObject before, JsonObject after)
    {
        var changes = new List<FieldChange>();
        Compare(changes, "deploymentName", before["deploymentName"], after["deploymentName"]);
        Common(changes, before, after, standalone: false);
        return new SpecChange("FlinkSessionJobSpec", changes);
    }

    private static void Common(List<FieldChange> changes, JsonObject before, JsonObject after, bool standalone)
    {
        if (before["job"] is JsonObject left && after["job"] is JsonObject right)
        {
            foreach (var name in JobFields)
                Compare(changes, "job." + name, JobValue(left, name), JobValue(right, name), effect: JobEffect(name, standalone));
        }
        else
        {
            Compare(changes, "job", before["job"], after["job"]);
        }
        Compare(changes, "restartNonce", before["restartNonce"], after["restartNonce"]);
        var (old, now) = (FlinkConfiguration.Flatten(before["flinkConfiguration"]), FlinkConfiguration.Flatten(after["flinkConfiguration"]));
        foreach (var key in JavaText.HashOrder(old.Keys.Concat(now.Keys)))
            Compare(changes, "flinkConfiguration." + key, old.GetValueOrDefault(key), now.GetValueOrDefault(key), effect: ConfigurationEffect(key, standalone));
    }

    private static ChangeEffect JobEffect(string name, bool standalone) => name switch
    {
        "savepointRedeployNonce" => ChangeEffect.SavepointRedeploy,
        "parallelism" when standalone => ChangeEffect.Scale,
        _ when IgnoredJobFields.Contains(name) => ChangeEffect.Ignore,
        _ => ChangeEffect.Upgrade,
    };

    private static ChangeEffect ConfigurationEffect(string key, bool standalone) => key switch
    {
        "parallelism.default" => ChangeEffect.Ignore,
        "pipeline.jobvertex-parallelism-overrides" => standalone ? ChangeEffect.Upgrade : ChangeEffect.Scale,
        _ when key.StartsWith("job.autoscaler", StringComparison.Ordinal) || key.StartsWith("kubernetes.operator", StringComparison.Ordinal) => ChangeEffect.Ignore,
        _ => ChangeEffect.Upgrade,
    };

    private static void Component(List<FieldChange> changes, string name, JsonNode? before, JsonNode? after, ChangeEffect replicas)
    {
        if (before is not JsonObject left || after is not JsonObject right)
        {
            Compare(changes, name, before, after);
            return;
        }
        var whole = name == "jobManager" ? name : null;
        if (left["resource"] is JsonObject old && right["resource"] is JsonObject now)
        {
            foreach (var part in (string[])["cpu", "memory", "ephemeralStorage"])
                Compare(changes, $"{name}.resource.{part}", ResourceValue(old, part), ResourceValue(now, part), whole ?? $"{name}.resource");
        }
        else
        {
            Compare(changes, $"{name}.resource", left["resource"], right["resource"], whole);
        }
        Compare(changes, $"{name}.replicas", Replicas(left, name), Replicas(right, name), whole, replicas);
        Compare(changes, $"{name}.podTemplate", Sorted(left["podTemplate"]), Sorted(right["podTemplate"]), whole);
    }

    // A nonce that is taken away changes nothing: the operator ignores nonces that become null.
    private static void Compare(List<FieldChange> changes, string path, JsonNode? before, JsonNode? after, string? field = null, ChangeEffect effect = ChangeEffect.Upgrade)
    {
        if (path.EndsWith("Nonce", StringComparison.Ordinal) && after is null)
            return;
        var (left, right) = (JavaText.Of(before), JavaText.Of(after));
        if (left != right)
            changes.Add(new FieldChange(path, field ?? path, left, right, effect));
    }

    // Primitive fields and enums of JobSpec have defaults; a missing list is an empty one.
    private static JsonNode? JobValue(JsonObject job, string name) => job[name] ?? name switch
    {
        "parallelism" => JsonValue.Create(0),
        "args" => new JsonArray(),
        "state" => JsonValue.Create("running"),
        "upgradeMode" => JsonValue.Create("stateless"),
        _ => null,
    };

    private static JsonNode? ResourceValue(JsonObject resource, string part) =>
        part == "cpu" && resource[part] is JsonValue number && number.TryGetValue<double>(out var cores) ? JsonValue.Create(JavaText.Of(cores)) : resource[part];

    private static JsonNode? Replicas(JsonObject component, string name) => component["replicas"] ?? (name == "jobManager" ? JsonValue.Create(1) : null);

    private static JsonObject? Ingress(JsonNode? ingress) =>
        ingress is JsonObject given ? new JsonObject(IngressFields.Select(f => KeyValuePair.Create(f, given[f]?.DeepClone()))) : null;

    // The operator's Kubernetes model writes objects with apiVersion, kind and metadata first and the rest by name.
    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Where(p => p.Value is not null)
            .OrderBy(p => p.Key switch { "apiVersion" => 0, "kind" => 1, "metadata" => 2, _ => 3 }).ThenBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => KeyValuePair.Create(p.Key, Sorted(p.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
