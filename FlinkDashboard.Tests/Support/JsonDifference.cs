using System.Text.Json.Nodes;

namespace FlinkDashboard.Tests.Support;

/// <summary>Where two JSON values differ.</summary>
public static class JsonDifference
{
    /// <summary>One text per difference: path, expected, actual.</summary>
    public static IEnumerable<string> Of(JsonNode? expected, JsonNode? actual, string path = "")
    {
        if (expected is JsonObject e && actual is JsonObject a)
            return e.Select(p => p.Key).Union(a.Select(p => p.Key)).SelectMany(k => (e.ContainsKey(k), a.ContainsKey(k)) switch
            {
                (true, false) => [$"{path}.{k} is lost"],
                (false, true) => [$"{path}.{k} is new"],
                _ => Of(e[k], a[k], $"{path}.{k}"),
            });
        if (expected is JsonArray x && actual is JsonArray y && x.Count == y.Count)
            return x.Zip(y).SelectMany((p, i) => Of(p.First, p.Second, $"{path}[{i}]"));
        return JsonNode.DeepEquals(expected, actual) ? [] : [$"{path}: {expected?.ToJsonString() ?? "null"} became {actual?.ToJsonString() ?? "null"}"];
    }
}
