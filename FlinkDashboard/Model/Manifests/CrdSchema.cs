using System.Text.Json.Nodes;

namespace FlinkDashboard.Model.Manifests;

/// <summary>The schema of an installed CRD's served version: what fields there are and what may stand in them.</summary>
public sealed class CrdSchema
{
    private readonly JsonObject _root;

    private CrdSchema(string kind, string version, JsonObject root) => (Kind, Version, _root) = (kind, version, root);

    /// <summary>Kind that the CRD defines.</summary>
    public string Kind { get; }

    /// <summary>The served version that the schema is of, for instance <c>v1beta1</c>.</summary>
    public string Version { get; }

    /// <summary>Reads a CustomResourceDefinition; null when it has no served version with a schema.</summary>
    public static CrdSchema? Of(JsonObject definition)
    {
        var spec = definition["spec"] as JsonObject;
        var version = (spec?["versions"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(v => (bool?)v["served"] ?? false);
        return version?["schema"]?["openAPIV3Schema"] is JsonObject root ? new((string?)spec!["names"]?["kind"] ?? "", (string?)version["name"] ?? "", root) : null;
    }

    /// <summary>Reads the JSON text of a CustomResourceDefinition; null when it has no served version with a schema or is no JSON.</summary>
    public static CrdSchema? Parse(string definition)
    {
        try
        {
            return JsonNode.Parse(definition) is JsonObject json ? Of(json) : null;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    /// <summary>The CRD describes a field.</summary>
    public bool Has(string path) => Field(path) is not null;

    /// <summary>The field at a path; null when the CRD does not describe it. Items of lists stand at <c>path[0]</c>, keys of maps at any name.</summary>
    public SchemaField? Field(string path)
    {
        var steps = ManifestPath.Steps(path);
        JsonObject? node = _root;
        JsonObject? parent = null;
        foreach (var step in steps)
            (parent, node) = (node, node is null ? null : SchemaNode.Below(node, step));
        return node is null ? null : SchemaNode.Field(steps.Count == 0 ? "" : steps[^1], path, node, parent);
    }

    /// <summary>Fields below a path in the CRD's order; those of the items for a list; empty when there are none.</summary>
    public IReadOnlyList<SchemaField> Children(string path)
    {
        JsonObject? node = _root;
        foreach (var step in ManifestPath.Steps(path))
            node = node is null ? null : SchemaNode.Below(node, step);
        var holder = node?["items"] as JsonObject ?? node;
        return holder?["properties"] is JsonObject properties
            ? [.. properties.Where(p => p.Value is JsonObject).Select(p => SchemaNode.Field(p.Key, ManifestPath.Below(path, p.Key), (JsonObject)p.Value!, holder))]
            : [];
    }

    /// <summary>What of a manifest this schema does not take.</summary>
    public IReadOnlyList<FieldProblem> Check(Manifest manifest) => manifest.Problem is null ? new SchemaCheck(manifest, _root).Problems() : [];
}
