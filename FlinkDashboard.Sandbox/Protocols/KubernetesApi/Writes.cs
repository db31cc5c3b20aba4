using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Protocols.KubernetesApi.Admission;
using FlinkDashboard.Sandbox.Protocols.KubernetesApi.Validation;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>Create, update and patch of objects and of their status.</summary>
internal sealed class Writes(SandboxWorld world)
{
    private readonly WebhookAdmission _webhooks = new(world);

    /// <summary>POST.</summary>
    public async Task CreateAsync(ApiRequest request, ObjectWriter writer)
    {
        var (type, ns) = (request.Type, request.Key);
        var body = await Bodies.ReadObjectAsync(request).ConfigureAwait(false);
        Warn(request, ObjectValidator.Create(type, ns, body.Object, Mode(request), () => world.Suffix(), body.Duplicates, () =>
        {
            if (type.Namespaced)
                CheckNamespace(type, (string?)body.Object["metadata"]?["name"] ?? "", ns);
        }, world.IsEmr));
        _webhooks.Admit(type, body.Object, null, request.DryRun);
        FieldManagement.Record(request, null, body.Object, "", world.Now);
        var stored = Store(type, body.Object, request.DryRun);
        Answer(request, writer, stored, 201);
    }

    /// <summary>PUT.</summary>
    public async Task ReplaceAsync(ApiRequest request, WritePart part, ObjectWriter writer)
    {
        var (type, ns) = (request.Type, request.Key);
        var body = await Bodies.ReadObjectAsync(request).ConfigureAwait(false);
        Warn(request, ObjectValidator.Decode(type, ns, request.Name, body.Object, Mode(request), body.Duplicates, world.IsEmr));
        var stored = world.Objects.Update(type, ns, request.Name, before =>
        {
            ObjectValidator.Update(type, ns, before, body.Object, part, patch: false, world.IsEmr);
            AdmitUpdate(request, before, body.Object, part);
            FieldManagement.Record(request, before, body.Object, part == WritePart.Status ? "status" : "", world.Now);
            return body.Object;
        }, part, null, request.DryRun);
        Answer(request, writer, stored, 200);
    }

    /// <summary>PATCH: JSON patch or merge patch. A resourceVersion in the patch is an optimistic lock.</summary>
    public async Task PatchAsync(ApiRequest request, WritePart part, ObjectWriter writer)
    {
        var (type, ns) = (request.Type, request.Key);
        var patch = await Patch.ReadAsync(request).ConfigureAwait(false);
        IReadOnlyList<string> warnings = [];
        var stored = world.Objects.Update(type, ns, request.Name, before =>
        {
            var after = patch.Apply(before.DeepClone().AsObject());
            warnings = ObjectValidator.DecodePatched(type, after, Mode(request), world.IsEmr);
            ObjectValidator.Update(type, ns, before, after, part, patch: true, world.IsEmr);
            AdmitUpdate(request, before, after, part);
            FieldManagement.Record(request, before, after, part == WritePart.Status ? "status" : "", world.Now);
            return after;
        }, part, null, request.DryRun);
        Warn(request, warnings);
        Answer(request, writer, stored, 200);
    }

    // A rule for a resource does not speak of its status.
    private void AdmitUpdate(ApiRequest request, JsonObject before, JsonObject after, WritePart part)
    {
        if (part != WritePart.Status)
            _webhooks.Admit(request.Type, after, before, request.DryRun);
    }

    private WorldObject Store(ResourceType type, JsonObject body, bool dryRun)
    {
        var metadata = body["metadata"]!.AsObject();
        foreach (var serverOwned in (string[])["uid", "creationTimestamp", "generation"])
            metadata.Remove(serverOwned);
        if (type == ResourceTypes.Pods)
            return PodAdmission.Create(world, body, dryRun);
        if (type != ResourceTypes.Namespaces)
            return world.Objects.Create(type, body, dryRun);
        body["status"] = new JsonObject { ["phase"] = "Active" };
        return world.Objects.Create(type, body, dryRun, WritePart.All);
    }

    private static FieldValidation Mode(ApiRequest request) => request.Query("fieldValidation") switch
    {
        "" or "Warn" => FieldValidation.Warn,
        "Ignore" => FieldValidation.Ignore,
        "Strict" => FieldValidation.Strict,
        var other => throw VersionWait.Invalid($"fieldValidation: Unsupported value: \"{other}\": supported values: \"Ignore\", \"Strict\", \"Warn\"", Options(request)),
    };

    private static string Options(ApiRequest request) => request.Verb switch { "create" => "CreateOptions", "patch" => "PatchOptions", _ => "UpdateOptions" };

    private static void Warn(ApiRequest request, IReadOnlyList<string> warnings)
    {
        foreach (var warning in warnings)
            request.Http.Response.Headers.Append("Warning", $"299 - \"{warning.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"");
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
