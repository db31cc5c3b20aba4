using System.Text.Json.Nodes;

namespace FlinkDashboard.Model.Readings;

/// <summary>Hides values that are secrets by the name of their key, in specs, patches and what is kept of them.</summary>
public static class Redaction
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Mask = "••••••";

    // Flink's own rule for what its web page hides (GlobalConfiguration.SENSITIVE_KEYS), and the names that environment variables use.
    private static readonly string[] Words =
    [
        "password", "passwd", "secret", "fs.azure.account.key", "apikey", "api-key", "api_key", "auth-params", "service-key", "token", "basic-auth", "jaas.config", "http-headers",
        "access-key", "access.key", "access_key", "credential", "private-key", "private_key"
    ];

    // Keys that hold a reference to a secret, never its value.
    private static readonly HashSet<string> References = ["secretName", "secretRef", "secretKeyRef", "imagePullSecrets", "secret", "automountServiceAccountToken", "serviceAccountToken", "nodePublishSecretRef"];

    /// <summary>Values of this key are secrets.</summary>
    public static bool Hides(string key) => !References.Contains(key) && Words.Any(w => key.Contains(w, StringComparison.OrdinalIgnoreCase));

    /// <summary>A copy with secrets masked: values of hiding keys, and <c>value</c> beside a hiding <c>name</c> (environment variables).</summary>
    public static JsonNode? Of(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Select(p => KeyValuePair.Create(p.Key, Hidden(map, p.Key, p.Value) ? JsonValue.Create(Mask) : Of(p.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Of)]),
        _ => node?.DeepClone()
    };

    /// <summary>A copy with each mask replaced by what stands at the same place of <paramref name="current"/>; a mask without counterpart is left out.</summary>
    public static JsonNode? Restore(JsonNode? masked, JsonNode? current) => masked switch
    {
        JsonObject map => new JsonObject(map.Select(p => KeyValuePair.Create(p.Key, Restore(p.Value, (current as JsonObject)?[p.Key]))).Where(p => p.Value is not null)),
        JsonArray list => new JsonArray([.. list.Select((item, i) => Restore(item, Counterpart(item, i, current as JsonArray)))]),
        JsonValue value when value.TryGetValue<string>(out var text) && text == Mask => current?.DeepClone(),
        _ => masked?.DeepClone()
    };

    private static bool Hidden(JsonObject map, string key, JsonNode? value) => value is JsonValue text && text.GetValueKind() is System.Text.Json.JsonValueKind.String
        && (Hides(key) || (key == "value" && map["name"] is JsonValue name && name.TryGetValue<string>(out var words) && Hides(words)));

    // Items of lists with names (containers, variables) are the same when their names are.
    private static JsonNode? Counterpart(JsonNode? item, int index, JsonArray? list) =>
        item is JsonObject map && map["name"] is { } name
            ? list?.OfType<JsonObject>().FirstOrDefault(other => JsonNode.DeepEquals(other["name"], name))
            : list?.ElementAtOrDefault(index);
}
