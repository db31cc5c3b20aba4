using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace FlinkDashboard.Model.Kinds;

/// <summary>Parsers that are not tied to one kind.</summary>
public static class KindParsing
{
    /// <summary>Parser of <c>Status</c> objects.</summary>
    public static JsonTypeInfo<ApiStatus> Status => KindsJson.Default.ApiStatus;

    /// <summary>Parses one object.</summary>
    /// <exception cref="JsonException">The text is not JSON or a field has a type that the API server would not have let in.</exception>
    public static T Parse<T>(ReadOnlySpan<byte> json) where T : class, IKubernetesObject<T> =>
        JsonSerializer.Deserialize(json, T.Info.Item) ?? throw new JsonException("null is not an object");
}
