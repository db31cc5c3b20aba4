using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace FlinkDashboard.Model.Kinds;

/// <summary>Parsers that are not tied to one kind.</summary>
public static class KindParsing
{
    /// <summary>Parser of <c>Status</c> objects.</summary>
    public static JsonTypeInfo<ApiStatus> Status => KindsJson.Default.ApiStatus;

    /// <summary>Parser of the metadata of an object of any kind.</summary>
    public static JsonTypeInfo<PartialObject> Metadata => KindsJson.Default.PartialObject;

    /// <summary>Parses one object.</summary>
    /// <exception cref="JsonException">The text is not JSON or a field has a type that the API server would not have let in.</exception>
    public static T Parse<T>(ReadOnlySpan<byte> json) where T : class, IKubernetesObject<T> =>
        JsonSerializer.Deserialize(json, T.Info.Item) ?? throw new JsonException("null is not an object");
}

/// <summary>Any object, of which only the metadata is read.</summary>
public sealed record PartialObject
{
    /// <summary>metadata.</summary>
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.None; } = ObjectMeta.None;
}
