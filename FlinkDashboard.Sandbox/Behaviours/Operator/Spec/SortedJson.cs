using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Spec;

/// <summary>JSON with the keys of every object in ordinal order, as the API server writes custom resources.</summary>
public static class SortedJson
{
    /// <summary>A sorted copy.</summary>
    public static JsonNode? Of(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, Of(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Of)]),
        _ => node?.DeepClone(),
    };
}
