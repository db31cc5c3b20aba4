using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.World;

/// <summary>
/// One stored version of an object: immutable, its JSON kept as UTF-8 (so that a list or watch copies bytes), with the metadata
/// that the store and selectors need beside it. <see cref="Read"/> parses a fresh copy that the caller may change.
/// </summary>
public sealed class WorldObject
{
    private WorldObject(ResourceType type, byte[] json, JsonObject metadata)
    {
        Type = type;
        Json = json;
        Rest = Json[HeadLength(type)..];
        Namespace = (string?)metadata["namespace"] ?? "";
        Name = (string?)metadata["name"] ?? "";
        Uid = (string?)metadata["uid"] ?? "";
        ResourceVersion = long.TryParse((string?)metadata["resourceVersion"], out var rv) ? rv : 0;
        Generation = metadata.Number("generation") ?? 0;
        IsDeleting = metadata["deletionTimestamp"] is not null;
        Labels = Strings(metadata["labels"]);
        OwnerUids = metadata["ownerReferences"] is JsonArray owners ? [.. owners.Select(o => (string?)o?["uid"] ?? "")] : [];
        Finalizers = metadata["finalizers"] is JsonArray f ? [.. f.Select(x => (string?)x ?? "")] : [];
    }

    /// <summary>Kind.</summary>
    public ResourceType Type { get; }

    /// <summary>Namespace, empty for cluster-scoped kinds.</summary>
    public string Namespace { get; }

    /// <summary>Name.</summary>
    public string Name { get; }

    /// <summary>UID.</summary>
    public string Uid { get; }

    /// <summary>World version of the commit that stored this.</summary>
    public long ResourceVersion { get; }

    /// <summary>0 for kinds without generation.</summary>
    public long Generation { get; }

    /// <summary>Has a deletionTimestamp.</summary>
    public bool IsDeleting { get; }

    /// <summary>metadata.labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; }

    /// <summary>UIDs of all owner references.</summary>
    public IReadOnlyList<string> OwnerUids { get; }

    /// <summary>metadata.finalizers.</summary>
    public IReadOnlyList<string> Finalizers { get; }

    /// <summary>The object as UTF-8 JSON with kind and apiVersion.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>
    /// The end of <see cref="Json"/> after <c>{"kind":…,"apiVersion":…,</c>. With a brace before it, it is the object without kind
    /// and apiVersion, as list items of built-in kinds are written.
    /// </summary>
    public ReadOnlyMemory<byte> Rest { get; }

    /// <summary>A fresh, changeable copy.</summary>
    public JsonObject Read() => JsonNode.Parse(Json.Span)!.AsObject();

    /// <summary>Freezes an object. Later changes of <paramref name="node"/> have no effect.</summary>
    public static WorldObject From(ResourceType type, JsonObject node)
    {
        var json = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(json, new JsonWriterOptions { Encoder = JsonText.Options.Encoder, SkipValidation = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", type.Kind);
            writer.WriteString("apiVersion", type.ApiVersion);
            foreach (var (key, value) in node)
            {
                if (key is "kind" or "apiVersion")
                    continue;
                writer.WritePropertyName(key);
                if (value is null)
                    writer.WriteNullValue();
                else
                    value.WriteTo(writer);
            }
            writer.WriteEndObject();
        }
        return new(type, json.WrittenSpan.ToArray(), node["metadata"]!.AsObject());
    }

    private static int HeadLength(ResourceType type) => """{"kind":"","apiVersion":"",""".Length + type.Kind.Length + type.ApiVersion.Length;

    private static IReadOnlyDictionary<string, string> Strings(JsonNode? node) => node is not JsonObject o || o.Count == 0
        ? EmptyLabels
        : o.ToDictionary(p => p.Key, p => (string?)p.Value ?? "");

    private static readonly IReadOnlyDictionary<string, string> EmptyLabels = new Dictionary<string, string>();

    /// <inheritdoc />
    public override string ToString() => $"{Type} {Namespace}/{Name}@{ResourceVersion}";
}

/// <summary>What a commit did to an object.</summary>
public enum ChangeType
{
    /// <summary>Created.</summary>
    Added,

    /// <summary>Stored again with a difference.</summary>
    Modified,

    /// <summary>Removed; the object is its last state with the version of the removal.</summary>
    Deleted,
}

/// <summary>One entry of the world's log.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Object">New (or last) state.</param>
/// <param name="Previous">State before, null for Added.</param>
public sealed record Change(ChangeType Type, WorldObject Object, WorldObject? Previous);
