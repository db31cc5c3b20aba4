using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Gateways.Kubernetes;

/// <summary>A JSON merge patch (RFC 7386) built field by field, or as the difference of two documents. Immutable.</summary>
public sealed class MergePatch
{
    private readonly JsonObject root;

    private MergePatch(JsonObject root) => this.root = root;

    /// <summary>A patch that changes nothing.</summary>
    public static MergePatch Nothing { get; } = new([]);

    /// <summary>It changes nothing.</summary>
    public bool IsEmpty => root.Count == 0;

    /// <summary>A patch of one text field. <paramref name="path"/> as of <see cref="Manifest"/>: <c>spec.job.state</c>, <c>spec.flinkConfiguration[a.b]</c>.</summary>
    public static MergePatch Set(string path, string value) => Nothing.And(path, value);

    /// <summary>
    /// The smallest patch that makes the spec, labels and annotations of one document those of another. What neither names, and everything else
    /// (status, managedFields, uid), is not touched. Lists are replaced as a whole: merge patches know no other way.
    /// </summary>
    public static MergePatch Between(Manifest before, Manifest after)
    {
        var (old, wanted) = (before.Json, after.Json);
        var patch = new JsonObject();
        if (Difference(old["spec"] as JsonObject ?? [], wanted["spec"] as JsonObject ?? []) is { Count: > 0 } spec)
            patch["spec"] = spec;
        foreach (var part in (string[])["labels", "annotations"])
            if (Difference(old["metadata"]?[part] as JsonObject ?? [], wanted["metadata"]?[part] as JsonObject ?? []) is { Count: > 0 } changed)
                (patch["metadata"] as JsonObject ?? Put(patch, "metadata"))[part] = changed;
        return new(patch);
    }

    /// <summary>The same patch and one more text field; null deletes the field.</summary>
    public MergePatch And(string path, string? value) => With(path, value is null ? null : JsonValue.Create(value));

    /// <summary>The same patch and one more field of a kind; null deletes the field.</summary>
    public MergePatch And(string path, string? value, ScalarKind kind) => With(path, value is null ? null : kind switch
    {
        ScalarKind.Number when JsonNode.Parse(value) is JsonValue number => number,
        ScalarKind.Boolean => JsonValue.Create(value == "true"),
        _ => JsonValue.Create(value)
    });

    /// <summary>The same patch, refused with 409 when the object changed after this version.</summary>
    public MergePatch OnlyIf(string resourceVersion) => And("metadata.resourceVersion", resourceVersion);

    /// <summary>For people to read: the same with secrets masked.</summary>
    public MergePatch Shown() => new((JsonObject)Redaction.Of(root)!);

    /// <summary>JSON text.</summary>
    public override string ToString()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            root.WriteTo(writer);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private MergePatch With(string path, JsonNode? value)
    {
        var copy = (JsonObject)root.DeepClone();
        var steps = ManifestPath.Steps(path);
        var at = copy;
        foreach (var step in steps.SkipLast(1))
            at = at[step] as JsonObject ?? Put(at, step);
        at[steps[^1]] = value;
        return new(copy);
    }

    private static JsonObject Difference(JsonObject before, JsonObject after)
    {
        var patch = new JsonObject();
        foreach (var gone in before.Where(p => p.Value is not null && after[p.Key] is null))
            patch[gone.Key] = null;
        foreach (var (key, wanted) in after.Where(p => p.Value is not null))
        {
            if (JsonNode.DeepEquals(before[key], wanted))
                continue;
            patch[key] = before[key] is JsonObject old && wanted is JsonObject inner ? Difference(old, inner) : wanted!.DeepClone();
        }
        return patch;
    }

    private static JsonObject Put(JsonObject at, string part)
    {
        var child = new JsonObject();
        at[part] = child;
        return child;
    }
}
