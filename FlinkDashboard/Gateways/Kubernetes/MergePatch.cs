using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlinkDashboard.Gateways.Kubernetes;

/// <summary>A JSON merge patch (RFC 7386) built field by field. Immutable.</summary>
public sealed class MergePatch
{
    private readonly JsonObject root;

    private MergePatch(JsonObject root) => this.root = root;

    /// <summary>A patch of one field. <paramref name="path"/> is dotted: <c>spec.job.state</c>.</summary>
    public static MergePatch Set(string path, string value) => new MergePatch([]).And(path, value);

    /// <summary>The same patch and one more field; null deletes the field.</summary>
    public MergePatch And(string path, string? value)
    {
        var copy = (JsonObject)root.DeepClone();
        var parts = path.Split('.');
        var at = copy;
        foreach (var part in parts[..^1])
            at = at[part] as JsonObject ?? Put(at, part);
        at[parts[^1]] = value;
        return new(copy);
    }

    /// <summary>The same patch, refused with 409 when the object changed after this version.</summary>
    public MergePatch OnlyIf(string resourceVersion) => And("metadata.resourceVersion", resourceVersion);

    /// <summary>JSON text.</summary>
    public override string ToString()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            root.WriteTo(writer);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static JsonObject Put(JsonObject at, string part)
    {
        var child = new JsonObject();
        at[part] = child;
        return child;
    }
}
