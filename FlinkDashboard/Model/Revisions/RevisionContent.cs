using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Model.Revisions;

/// <summary>
/// What is kept of a spec: all of it but secrets (masked) and what is no part of the version of an application: trigger nonces and whether it is
/// suspended. So a restart or a suspension is no new revision.
/// </summary>
/// <param name="Data">apiVersion, kind and spec.</param>
/// <param name="Hash">The same for the same content, 10 hexadecimal digits.</param>
public sealed record RevisionContent(JsonObject Data, string Hash)
{
    private static readonly string[] Nonces = ["savepointTriggerNonce", "checkpointTriggerNonce", "savepointRedeployNonce", "autoscalerResetNonce"];

    /// <summary>Of a FlinkDeployment, FlinkSessionJob or FlinkBlueGreenDeployment.</summary>
    /// <param name="standing">The object as the API server gives it.</param>
    public static RevisionContent Of(Manifest standing)
    {
        var spec = Redaction.Of(standing.Json["spec"]) as JsonObject ?? [];
        foreach (var part in Specs(spec))
            Drop(part);
        var data = new JsonObject { ["apiVersion"] = standing.ApiVersion, ["kind"] = standing.Kind, ["spec"] = spec };
        return new(data, HashOf(data));
    }

    /// <summary>
    /// The document with the kept spec in place of its own. Stays as it is: job.state, nonces, and values that the revision has masked;
    /// <paramref name="upgradeMode"/> replaces the kept one, null takes that of the document.
    /// </summary>
    public static JsonObject RolledBack(JsonObject standing, JsonObject data, string? upgradeMode)
    {
        var result = (JsonObject)standing.DeepClone();
        var now = standing["spec"] as JsonObject ?? [];
        var spec = Redaction.Restore(data["spec"], now) as JsonObject ?? [];
        foreach (var (kept, current) in Specs(spec).Zip(Specs(now)))
            Carry(kept, current, upgradeMode);
        result["spec"] = spec;
        return result;
    }

    // A blue/green deployment holds the spec of its colours inside.
    private static IEnumerable<JsonObject> Specs(JsonObject spec) => spec["template"]?["spec"] is JsonObject inner ? [spec, inner] : [spec];

    private static void Drop(JsonObject spec)
    {
        spec.Remove("restartNonce");
        if (spec["job"] is not JsonObject job)
            return;
        job.Remove("state");
        foreach (var nonce in Nonces)
            job.Remove(nonce);
    }

    private static void Carry(JsonObject kept, JsonObject current, string? upgradeMode)
    {
        Copy("restartNonce", current, kept);
        if (kept["job"] is not JsonObject job || current["job"] is not JsonObject now)
            return;
        foreach (var own in (string[])["state", .. Nonces])
            Copy(own, now, job);
        if (upgradeMode is not null)
            job["upgradeMode"] = upgradeMode;
        else
            Copy("upgradeMode", now, job);
    }

    private static void Copy(string key, JsonObject from, JsonObject to)
    {
        if (from[key] is { } value)
            to[key] = value.DeepClone();
        else
            to.Remove(key);
    }

    private static string HashOf(JsonObject data)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            Sorted(data)!.WriteTo(writer);
        return Convert.ToHexStringLower(SHA256.HashData(stream.ToArray()))[..10];
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Where(p => p.Value is not null).OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, Sorted(p.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => node?.DeepClone()
    };
}
