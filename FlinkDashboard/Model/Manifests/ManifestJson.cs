using System.Text.Json.Nodes;

namespace FlinkDashboard.Model.Manifests;

/// <summary>The JSON that a manifest stands for.</summary>
internal static class ManifestJson
{
    /// <summary>JSON of a node; null for null.</summary>
    public static JsonNode? Of(ManifestNode? node) => node switch
    {
        ManifestMap map => new JsonObject(map.Entries.Select(e => KeyValuePair.Create(e.Key, Of(e.Value)))),
        ManifestList list => new JsonArray([.. list.Items.Select(Of)]),
        ManifestScalar scalar => YamlScalar.Json(scalar),
        _ => null,
    };
}
