using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Validation;

/// <summary>The validations of built-in kinds that a user of the platform meets. Not a schema: what is not named here is accepted and kept.</summary>
internal static partial class BuiltInRules
{
    private const string ConfigKeyText = "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

    /// <summary>Why a body cannot be decoded at all: a quantity that is none.</summary>
    public static string? Unreadable(ResourceType type, JsonObject body)
    {
        IEnumerable<JsonNode?> quantities = type == ResourceTypes.ResourceQuotas
            ? Values(body["spec"]?["hard"])
            : Containers(type, body).SelectMany(c => Values(c.Container["resources"]?["requests"]).Concat(Values(c.Container["resources"]?["limits"])));
        return quantities.All(q => q is JsonValue v && (v.GetValueKind() == JsonValueKind.Number || v.GetValueKind() == JsonValueKind.String && Quantity.Parse(v.GetValue<string>()) is not null))
            ? null
            : "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
    }

    /// <summary>Errors of a new object.</summary>
    public static IEnumerable<FieldError> New(ResourceType type, JsonObject body)
    {
        if (type == ResourceTypes.Deployments || type == ResourceTypes.ReplicaSets || type == ResourceTypes.StatefulSets)
            return Workload(type, body).Concat(Resources(type, body));
        if (type == ResourceTypes.Pods)
            return Required(body["spec"]?["containers"], "spec.containers").Concat(Resources(type, body));
        if (type == ResourceTypes.ConfigMaps || type == ResourceTypes.Secrets)
            return Keys(body, "data").Concat(Keys(body, "binaryData"));
        if (type == ResourceTypes.Roles || type == ResourceTypes.ClusterRoles)
            return Rules(body);
        return type == ResourceTypes.RoleBindings || type == ResourceTypes.ClusterRoleBindings ? RoleRef(type, body) : [];
    }

    /// <summary>Errors of a changed object.</summary>
    public static IEnumerable<FieldError> Changed(ResourceType type, JsonObject body, JsonObject stored)
    {
        if (type == ResourceTypes.ConfigMaps && (bool?)stored["immutable"] == true && !JsonNode.DeepEquals(body["data"], stored["data"]))
            yield return FieldError.Forbidden("data", "field is immutable when `immutable` is set");
        if (type == ResourceTypes.RoleBindings || type == ResourceTypes.ClusterRoleBindings)
        {
            if (!JsonNode.DeepEquals(body["roleRef"], stored["roleRef"]))
                yield return FieldError.Invalid("roleRef", body["roleRef"], "cannot change roleRef");
        }
        foreach (var error in New(type, body))
            yield return error;
        if ((type == ResourceTypes.Deployments || type == ResourceTypes.ReplicaSets) && !JsonNode.DeepEquals(body["spec"]?["selector"], stored["spec"]?["selector"]))
            yield return FieldError.Invalid("spec.selector", body["spec"]?["selector"], "field is immutable");
    }

    private static IEnumerable<FieldError> Workload(ResourceType type, JsonObject body)
    {
        var spec = body["spec"] as JsonObject ?? [];
        if (spec["replicas"] is JsonValue replicas && replicas.TryGetValue<long>(out var count) && count < 0)
            yield return FieldError.Invalid("spec.replicas", replicas, "must be greater than or equal to 0");
        var labels = spec["template"]?["metadata"]?["labels"] as JsonObject ?? [];
        if (spec["selector"] is not JsonObject selector)
            yield return FieldError.Required("spec.selector");
        else if (selector["matchLabels"] is not JsonObject { Count: > 0 } && selector["matchExpressions"] is not JsonArray { Count: > 0 })
            yield return FieldError.Invalid("spec.selector", selector, $"empty selector is invalid for {type.Singular}");
        else if (selector["matchLabels"] is JsonObject wanted && wanted.Any(p => (string?)labels[p.Key] != (string?)p.Value))
            yield return FieldError.Invalid("spec.template.metadata.labels", labels, "`selector` does not match template `labels`");
        foreach (var error in Required(spec["template"]?["spec"]?["containers"], "spec.template.spec.containers"))
            yield return error;
    }

    private static IEnumerable<FieldError> Required(JsonNode? list, string path) => list is JsonArray { Count: > 0 } ? [] : [FieldError.Required(path)];

    private static IEnumerable<FieldError> Resources(ResourceType type, JsonObject body)
    {
        foreach (var (container, path) in Containers(type, body))
        {
            if (MetadataRules.Text(container, "name").Length == 0)
                yield return FieldError.Required($"{path}.name");
            foreach (var (resource, request) in container["resources"]?["requests"] as JsonObject ?? [])
            {
                if (container["resources"]!["limits"]?[resource] is { } limit && Quantity.Parse(request!.ToString()) > Quantity.Parse(limit.ToString()))
                    yield return FieldError.Invalid($"{path}.resources.requests", request.ToString(), $"must be less than or equal to {resource} limit of {limit}");
            }
        }
    }

    private static IEnumerable<(JsonObject Container, string Path)> Containers(ResourceType type, JsonObject body)
    {
        var (pod, path) = type == ResourceTypes.Pods ? (body["spec"], "spec") : (body["spec"]?["template"]?["spec"], "spec.template.spec");
        var hasPods = type == ResourceTypes.Pods || type == ResourceTypes.Deployments || type == ResourceTypes.ReplicaSets || type == ResourceTypes.StatefulSets;
        return hasPods && pod is JsonObject
            ? new[] { "initContainers", "containers" }.SelectMany(list => (pod[list] as JsonArray ?? []).OfType<JsonObject>().Select((c, i) => (c, $"{path}.{list}[{i}]")))
            : [];
    }

    private static IEnumerable<FieldError> Keys(JsonObject body, string field) => (body[field] as JsonObject ?? [])
        .Where(p => !ConfigKey().IsMatch(p.Key)).Select(p => FieldError.Invalid($"{field}[{p.Key}]", p.Key, ConfigKeyText));

    private static IEnumerable<FieldError> Rules(JsonObject body)
    {
        var rules = (body["rules"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        for (var i = 0; i < rules.Count; i++)
        {
            if (rules[i]["verbs"] is not JsonArray { Count: > 0 })
                yield return FieldError.Required($"rules[{i}].verbs", "verbs must contain at least one value");
            if (rules[i]["nonResourceURLs"] is JsonArray { Count: > 0 })
                continue;
            if (rules[i]["apiGroups"] is not JsonArray { Count: > 0 })
                yield return FieldError.Required($"rules[{i}].apiGroups", "resource rules must supply at least one api group");
            if (rules[i]["resources"] is not JsonArray { Count: > 0 })
                yield return FieldError.Required($"rules[{i}].resources", "resource rules must supply at least one resource");
        }
    }

    private static IEnumerable<FieldError> RoleRef(ResourceType type, JsonObject body)
    {
        string[] kinds = type == ResourceTypes.RoleBindings ? ["Role", "ClusterRole"] : ["ClusterRole"];
        var role = body["roleRef"] as JsonObject ?? [];
        if (!kinds.Contains(MetadataRules.Text(role, "kind")))
            yield return FieldError.NotSupported("roleRef.kind", MetadataRules.Text(role, "kind"), kinds);
        if (MetadataRules.Text(role, "name").Length == 0)
            yield return FieldError.Required("roleRef.name");
    }

    private static IEnumerable<JsonNode?> Values(JsonNode? map) => (map as JsonObject)?.Select(p => p.Value) ?? [];

    [GeneratedRegex(@"^[-._a-zA-Z0-9]+\z")]
    private static partial Regex ConfigKey();
}
