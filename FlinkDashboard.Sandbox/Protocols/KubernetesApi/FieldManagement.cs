using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>
/// Keeps <c>metadata.managedFields</c> of custom resources: who wrote which field (structured-merge-diff, operation Update). Lists are owned as a whole,
/// as those of custom resources without list types are.
/// </summary>
internal static class FieldManagement
{
    private static readonly string[] OwnedMetadata = ["annotations", "finalizers", "labels", "ownerReferences"];

    /// <summary>Notes in <paramref name="after"/> what the request changed. A write without a difference leaves the record as it was.</summary>
    /// <param name="request">Names the manager, or its user agent does.</param>
    /// <param name="before">Stored object; null for a creation.</param>
    /// <param name="after">What will be stored; changed in place.</param>
    /// <param name="subresource">Empty for the object itself.</param>
    /// <param name="now">Time of the entry.</param>
    public static void Record(ApiRequest request, JsonObject? before, JsonObject after, string subresource, DateTimeOffset now)
    {
        if (!request.Type.IsCustom || after["metadata"] is not JsonObject metadata)
            return;
        var entries = (before?["metadata"]?["managedFields"] as JsonArray ?? []).OfType<JsonObject>().Select(e => e.DeepClone().AsObject()).ToList();
        var (was, wanted) = (Owned(before ?? [], subresource), Owned(after, subresource));
        var changed = Changed(was, wanted);
        var gone = Changed(wanted, was, onlyMissing: true);
        metadata.Remove("managedFields");
        if (changed.Count > 0 || gone.Count > 0)
        {
            var manager = Manager(request);
            var own = entries.Find(e => (string?)e["manager"] == manager && ((string?)e["subresource"] ?? "") == subresource);
            foreach (var entry in entries)
            {
                Without(entry["fieldsV1"]!.AsObject(), gone);
                if (entry != own)
                    Without(entry["fieldsV1"]!.AsObject(), changed);
            }
            if (own is null)
                entries.Add(own = New(request, manager, subresource));
            Merge(own["fieldsV1"]!.AsObject(), changed);
            own["time"] = ObjectStore.Timestamp(now);
            entries.RemoveAll(e => e["fieldsV1"]!.AsObject().Count == 0);
        }
        if (entries.Count > 0)
            metadata["managedFields"] = new JsonArray([.. entries]);
    }

    // rest.managerOrUserAgent: the parameter, else the user agent up to its first slash.
    private static string Manager(ApiRequest request)
    {
        var named = request.Query("fieldManager");
        return named.Length > 0 ? named : request.Http.Request.Headers.UserAgent.ToString().Split('/')[0] is { Length: > 0 } agent ? agent : "unknown";
    }

    private static JsonObject New(ApiRequest request, string manager, string subresource)
    {
        var entry = new JsonObject { ["manager"] = manager, ["operation"] = "Update", ["apiVersion"] = request.Type.ApiVersion, ["time"] = "", ["fieldsType"] = "FieldsV1", ["fieldsV1"] = new JsonObject() };
        if (subresource.Length > 0)
            entry["subresource"] = subresource;
        return entry;
    }

    // The part of an object that has owners and that the request may write.
    private static JsonObject Owned(JsonObject o, string subresource)
    {
        var owned = new JsonObject();
        if (subresource == "status")
        {
            if (o["status"] is { } status)
                owned["status"] = status.DeepClone();
            return owned;
        }
        foreach (var (key, value) in o.Where(p => p.Value is not null && p.Key is not ("apiVersion" or "kind" or "metadata" or "status")))
            owned[key] = value!.DeepClone();
        var metadata = new JsonObject(OwnedMetadata.Where(k => o["metadata"]?[k] is not null).Select(k => KeyValuePair.Create(k, (JsonNode?)o["metadata"]![k]!.DeepClone())));
        if (metadata.Count > 0)
            owned["metadata"] = metadata;
        return owned;
    }

    // Fields of b that a lacks or has otherwise, as a FieldsV1 tree.
    private static JsonObject Changed(JsonObject a, JsonObject b, bool onlyMissing = false)
    {
        var fields = new JsonObject();
        foreach (var (key, value) in b)
        {
            var old = a[key];
            if (value is JsonObject inner && (old is JsonObject || (old is null && inner.Count > 0)))
            {
                var below = Changed(old as JsonObject ?? [], inner, onlyMissing);
                if (old is null)
                    below["."] = new JsonObject();
                if (below.Count > 0)
                    fields["f:" + key] = below;
            }
            else if (old is null || (!onlyMissing && !JsonNode.DeepEquals(old, value)))
            {
                fields["f:" + key] = new JsonObject();
            }
        }
        return fields;
    }

    private static void Without(JsonObject fields, JsonObject taken)
    {
        foreach (var (key, value) in taken)
        {
            if (fields[key] is not JsonObject held)
                continue;
            if (value is JsonObject { Count: > 0 } below)
                Without(held, below);
            if (value is not JsonObject { Count: > 0 } || held.Count == 0)
                fields.Remove(key);
        }
    }

    private static void Merge(JsonObject fields, JsonObject added)
    {
        foreach (var (key, value) in added)
        {
            if (fields[key] is JsonObject held)
                Merge(held, value!.AsObject());
            else
                fields[key] = value!.DeepClone();
        }
    }
}
