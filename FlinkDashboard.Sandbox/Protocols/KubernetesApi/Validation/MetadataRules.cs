using System.Text.Json;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Validation;

/// <summary>The rules of <c>metadata</c>, the same for all kinds (apimachinery, api/validation).</summary>
internal static class MetadataRules
{
    private const int AnnotationBytes = 256 * 1024;

    /// <summary>Errors of a new object, in the server's order.</summary>
    public static List<FieldError> New(ResourceType type, JsonObject metadata)
    {
        var errors = new List<FieldError>();
        if (Text(metadata, "generateName") is { Length: > 0 } prefix)
            errors.AddRange(NameRules.Prefix(type, prefix).Select(m => FieldError.Invalid("metadata.generateName", prefix, m)));
        var name = Text(metadata, "name");
        if (name.Length == 0)
            errors.Add(FieldError.Required("metadata.name", "name or generateName is required"));
        else
            errors.AddRange(NameRules.Name(type, name).Select(m => FieldError.Invalid("metadata.name", name, m)));
        var ns = Text(metadata, "namespace");
        if (type.Namespaced)
            errors.AddRange(NameRules.NamespaceName(ns).Select(m => FieldError.Invalid("metadata.namespace", ns, m)));
        AddCommon(metadata, errors);
        return errors;
    }

    /// <summary>Errors of a changed object: what may never change, and the common rules.</summary>
    public static List<FieldError> Changed(JsonObject metadata, JsonObject stored)
    {
        var errors = new List<FieldError>();
        if (stored["deletionTimestamp"] is not null)
        {
            var added = Texts(metadata["finalizers"]).Except(Texts(stored["finalizers"])).Order(StringComparer.Ordinal).ToList();
            if (added.Count > 0)
                errors.Add(FieldError.Forbidden("metadata.finalizers", $"no new finalizers can be added if the object is being deleted, found new finalizers []string{{{string.Join(", ", added.Select(FieldError.Quoted))}}}"));
        }
        foreach (var key in (string[])["name", "namespace", "uid"])
        {
            if (Text(metadata, key) != Text(stored, key))
                errors.Add(FieldError.Invalid($"metadata.{key}", Text(metadata, key), "field is immutable"));
        }
        AddCommon(metadata, errors);
        return errors;
    }

    private static void AddCommon(JsonObject metadata, List<FieldError> errors)
    {
        foreach (var (key, value) in Map(metadata, "labels"))
        {
            errors.AddRange(NameRules.QualifiedName(key).Select(m => FieldError.Invalid("metadata.labels", key, m)));
            errors.AddRange(NameRules.LabelValue(value).Select(m => FieldError.Invalid("metadata.labels", value, m)));
        }
        var bytes = 0L;
        foreach (var (key, value) in Map(metadata, "annotations"))
        {
            errors.AddRange(NameRules.QualifiedName(key.ToLowerInvariant()).Select(m => FieldError.Invalid("metadata.annotations", key, m)));
            bytes += System.Text.Encoding.UTF8.GetByteCount(key) + System.Text.Encoding.UTF8.GetByteCount(value);
        }
        if (bytes > AnnotationBytes)
            errors.Add(FieldError.TooLong("metadata.annotations", AnnotationBytes));
        AddOwners(metadata, errors);
        foreach (var finalizer in Texts(metadata["finalizers"]))
            errors.AddRange(NameRules.QualifiedName(finalizer).Select(m => FieldError.Invalid("metadata.finalizers", finalizer, m)));
    }

    private static void AddOwners(JsonObject metadata, List<FieldError> errors)
    {
        string? controller = null;
        foreach (var owner in (metadata["ownerReferences"] as JsonArray)?.OfType<JsonObject>() ?? [])
        {
            foreach (var (key, word) in ((string, string)[])[("apiVersion", "version"), ("kind", "kind"), ("name", "name"), ("uid", "uid")])
            {
                if (Text(owner, key).Length == 0)
                    errors.Add(FieldError.Invalid($"metadata.ownerReferences.{key}", "", $"{word} must not be empty"));
            }
            if ((bool?)owner["controller"] != true)
                continue;
            var shown = $"{Text(owner, "kind")}/{Text(owner, "name")}";
            if (controller is not null)
                errors.Add(FieldError.Invalid("metadata.ownerReferences", metadata["ownerReferences"], $"Only one reference can have Controller set to true. Found \"true\" in references for {controller} and {shown}"));
            controller = shown;
        }
    }

    /// <summary>A text field, empty when absent.</summary>
    public static string Text(JsonObject map, string key) => map[key] is JsonValue v && v.GetValueKind() == JsonValueKind.String ? v.GetValue<string>() : "";

    private static IEnumerable<string> Texts(JsonNode? list) => (list as JsonArray)?.Select(x => (string?)x ?? "") ?? [];

    private static IEnumerable<(string Key, string Value)> Map(JsonObject metadata, string key) =>
        (metadata[key] as JsonObject)?.Select(p => (p.Key, (string?)p.Value ?? "")) ?? [];
}
