using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>Create, update and patch of objects and of their status.</summary>
internal sealed class Writes(SandboxWorld world)
{
    /// <summary>POST.</summary>
    public async Task CreateAsync(ApiRequest request, ObjectWriter writer)
    {
        var type = request.Type;
        var body = await Bodies.ReadObjectAsync(request).ConfigureAwait(false);
        var meta = body["metadata"] as JsonObject ?? (JsonObject)(body["metadata"] = new JsonObject());
        if (type.Namespaced)
            meta["namespace"] = request.Namespace;
        if ((string?)meta["name"] is null or "" && (string?)meta["generateName"] is { Length: > 0 } stem)
            meta["name"] = stem + world.Suffix();
        if (type.Namespaced)
            CheckNamespace(type, (string?)meta["name"] ?? "", request.Namespace);
        if ((string?)meta["resourceVersion"] is { Length: > 0 })
            throw new ApiError(500, "", "resourceVersion should not be set on objects to be created");
        Answer(request, writer, world.Objects.Create(type, body, request.DryRun), 201);
    }

    /// <summary>PUT.</summary>
    public async Task ReplaceAsync(ApiRequest request, WritePart part, ObjectWriter writer)
    {
        var body = await Bodies.ReadObjectAsync(request).ConfigureAwait(false);
        var expected = ExpectedVersion(body);
        var stored = world.Objects.Update(request.Type, request.Key, request.Name, _ => body, part, expected, request.DryRun);
        Answer(request, writer, stored, 200);
    }

    /// <summary>PATCH: JSON patch or merge patch.</summary>
    public async Task PatchAsync(ApiRequest request, WritePart part, ObjectWriter writer)
    {
        var patch = await Patch.ReadAsync(request).ConfigureAwait(false);
        var stored = world.Objects.Update(request.Type, request.Key, request.Name, before =>
        {
            var version = (string?)before["metadata"]!["resourceVersion"];
            var after = patch.Apply(before);
            // A version in the patch is an optimistic lock.
            if ((string?)after["metadata"]?["resourceVersion"] is { Length: > 0 } asked && asked != version)
                throw ApiError.Conflict(request.Type, request.Name);
            return after;
        }, part, null, request.DryRun);
        Answer(request, writer, stored, 200);
    }

    private static long? ExpectedVersion(JsonObject body)
    {
        var text = (string?)body["metadata"]?["resourceVersion"] ?? "";
        return text.Length == 0 ? null : VersionWait.Parse(text);
    }

    private void CheckNamespace(ResourceType type, string name, string ns)
    {
        var found = world.Objects.Get(ResourceTypes.Namespaces, "", ns);
        if (!found.IsDeleting)
            return;
        var details = ApiError.NotFound(type, name).Details!;
        details["causes"] = new JsonArray(new JsonObject { ["reason"] = "NamespaceTerminating", ["message"] = $"namespace {ns} is being terminated", ["field"] = "metadata.namespace" });
        throw new ApiError(403, "Forbidden", $"{type.QualifiedName} \"{name}\" is forbidden: unable to create new content in namespace {ns} because it is being terminated", details);
    }

    private static void Answer(ApiRequest request, ObjectWriter writer, WorldObject item, int code)
    {
        request.Http.Response.StatusCode = code;
        request.Http.Response.ContentType = "application/json";
        writer.WriteObject(request.Http.Response.BodyWriter, item);
    }
}
