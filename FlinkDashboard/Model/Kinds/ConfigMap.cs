using System.Text.Json.Serialization;
using FlinkDashboard.Model.Json;

namespace FlinkDashboard.Model.Kinds;

/// <summary>A ConfigMap: only the names of its keys are kept; values are read on demand.</summary>
public sealed record ConfigMap : IKubernetesObject<ConfigMap>
{
    /// <inheritdoc />
    public static KindInfo<ConfigMap> Info { get; } = new("", "v1", "ConfigMap", "configmaps", true, KindsJson.Default.ConfigMap, KindsJson.Default.KubernetesListConfigMap);

    /// <inheritdoc />
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.None; } = ObjectMeta.None;

    /// <summary>Keys of <c>data</c>, in their order.</summary>
    [JsonPropertyName("data"), JsonConverter(typeof(KeysConverter))]
    public IReadOnlyList<string> Keys { get; init => field = value ?? []; } = [];
}
