using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FlinkDashboard.Tests.Sandbox.Operator;

/// <summary>The part of a namespace that is compared (recordings/README, points 1 to 4), as lines of text without names and ids that are random.</summary>
internal static partial class ComparedState
{
    private static readonly string[] Compared = ["Deployment", "ReplicaSet", "Pod", "Service", "ConfigMap"];
    private static readonly string[] Components = ["Operator", "JobManagerDeployment", "Job", "Snapshot"];

    /// <summary>Lines about objects, sorted.</summary>
    public static SortedSet<string> Of(IEnumerable<JsonObject> objects)
    {
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var o in objects)
        {
            var kind = (string)o["kind"]!;
            var about = kind.StartsWith("Flink", StringComparison.Ordinal) ? Flink(o) : Compared.Contains(kind) ? [Plain(o)] : [];
            foreach (var line in about)
            {
                var unique = line;
                for (var n = 2; !lines.Add(unique); n++)
                    unique = $"{line} #{n}";
            }
        }
        return lines;
    }

    /// <summary>Lines about the operator's events.</summary>
    public static SortedSet<string> OfEvents(IEnumerable<JsonObject> events) => new(
        from e in events
        where Components.Contains((string?)e["source"]?["component"])
        where !DependsOnTiming(e)
        select $"event {(string?)e["involvedObject"]?["kind"]} {(string?)e["type"]} {(string?)e["reason"]}", StringComparer.Ordinal);

    // Two races of the real system: a status write that lost against another, and a JobManager pod that the kubelet began to mount
    // milliseconds before the operator had created the ConfigMap it mounts (1 of some 25 recorded deployments; it heals by itself).
    private static bool DependsOnTiming(JsonObject e) =>
        ((string?)e["reason"] == "Error" && ((string?)e["message"] ?? "").Contains("modified externally", StringComparison.Ordinal))
        || ((string?)e["reason"] == "FailedMount" && ((string?)e["message"] ?? "").Contains("configmap \"flink-config-", StringComparison.Ordinal));

    /// <summary>The coarse state that must not be one the real resource never had.</summary>
    public static string Coarse(JsonObject o)
    {
        var s = o["status"];
        return $"{o["kind"]}/{Name((string)o["metadata"]!["name"]!)} lifecycle={s?["lifecycleState"]} jm={s?["jobManagerDeploymentStatus"]} job={s?["jobStatus"]?["state"]} reconciliation={s?["reconciliationStatus"]?["state"]} state={s?["state"]} bg={s?["blueGreenState"]}";
    }

    private static IEnumerable<string> Flink(JsonObject o)
    {
        var s = o["status"];
        var id = $"{o["kind"]}/{Name((string)o["metadata"]!["name"]!)}";
        yield return $"{id} generation={o["metadata"]!["generation"]} observed={s?["observedGeneration"]} lifecycle={s?["lifecycleState"]} jm={s?["jobManagerDeploymentStatus"]} job={s?["jobStatus"]?["state"]} reconciliation={s?["reconciliationStatus"]?["state"]} state={s?["state"]} bg={s?["blueGreenState"]}";
        yield return $"{id} fields {string.Join(' ', Paths("", s).Order(StringComparer.Ordinal))}";
        yield return $"{id} labels {Labels(o)}";
        if ((string?)s?["error"] is { } error)
            yield return $"{id} error {Error(error)}";
        foreach (var field in (string[])["lastReconciledSpec", "lastStableSpec"])
        {
            if ((string?)s?["reconciliationStatus"]?[field] is { } text)
                yield return $"{id} {field} {Ids(Sorted(JsonNode.Parse(text))!.ToJsonString())}";
        }
        foreach (var path in (string[])["upgradeSavepointPath"])
        {
            if ((string?)s?["jobStatus"]?[path] is { } value)
                yield return $"{id} {path} {Ids(value)}";
        }
        if (s?["jobStatus"]?["savepointInfo"] is { } info)
            yield return $"{id} savepointInfo {Ids(Sorted(info)!.ToJsonString())}";
        if ((string?)s?["path"] is { } place)
            yield return $"{id} path {Ids(place)}";
    }

    private static string Plain(JsonObject o)
    {
        var owners = o["metadata"]!["ownerReferences"] is JsonArray list ? string.Join(',', list.Select(r => $"{r!["kind"]}/{Name((string)r["name"]!)} {r["controller"]} {r["blockOwnerDeletion"]}")) : "";
        var waiting = (o["status"]?["containerStatuses"] as JsonArray)?.Select(c => (string?)c?["state"]?["waiting"]?["reason"]).FirstOrDefault(r => r is not null);
        var phase = (string)o["kind"]! == "Pod" ? $" phase={o["status"]?["phase"]} waiting={waiting}" : "";
        return $"{o["kind"]}/{Name((string)o["metadata"]!["name"]!)} labels {Labels(o)} owners {owners}{phase}";
    }

    private static string Labels(JsonObject o) => o["metadata"]!["labels"] is JsonObject labels
        ? string.Join(',', labels.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={(p.Key == "pod-template-hash" ? "*" : p.Value)}"))
        : "";

    private static IEnumerable<string> Paths(string prefix, JsonNode? node) => node switch
    {
        JsonObject o => o.Where(p => p.Value is not null).SelectMany(p => Paths($"{prefix}.{p.Key}", p.Value)).DefaultIfEmpty(prefix),
        JsonArray { Count: > 0 } a => Paths(prefix + "[]", a[0]),
        _ => [prefix],
    };

    private static string Error(string text)
    {
        if (!text.StartsWith('{'))
            return text;
        var node = JsonNode.Parse(text)!;
        return Loose($"{(string?)node["type"]} {(string?)node["message"]}");
    }

    private static string Loose(string text) => Numbers().Replace(Uuid().Replace(PodName().Replace(Address().Replace(text, "HOST"), "POD"), "UID"), "N");

    /// <summary>Random parts of names: hashes, suffixes, job ids, times.</summary>
    public static string Name(string name) => Suffix().Replace(Millis().Replace(JobId().Replace(name, "*"), "-*"), "$1-*");

    private static string Ids(string text) => Checkpoint().Replace(Savepoint().Replace(JobId().Replace(text, "*"), "savepoint-*"), "chk-*");

    /// <summary>Sorted keys, numbers without their spelling.</summary>
    public static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, Sorted(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Sorted)]),
        JsonValue v when v.GetValueKind() == JsonValueKind.Number => JsonValue.Create(double.Parse(v.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture)),
        _ => node?.DeepClone(),
    };

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex JobId();

    [GeneratedRegex(@"-\d{13}$")]
    private static partial Regex Millis();

    [GeneratedRegex(@"^([a-z][-a-z0-9]*?)-[bcdfghjklmnpqrstvwxz2456789]{6,10}(-[bcdfghjklmnpqrstvwxz2456789]{5})?$")]
    private static partial Regex Suffix();

    [GeneratedRegex("savepoint-[0-9a-f]{6}-[0-9a-f]{12}")]
    private static partial Regex Savepoint();

    [GeneratedRegex(@"chk-\d+")]
    private static partial Regex Checkpoint();

    [GeneratedRegex(@"\d+(\.\d+){3}(:\d+)?")]
    private static partial Regex Address();

    [GeneratedRegex(@"pod=\S+?_")]
    private static partial Regex PodName();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Uuid();

    [GeneratedRegex(@"\b\d+s\b")]
    private static partial Regex Numbers();
}
