using FlinkDashboard.Sandbox.Protocols.KubernetesApi.Tables;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>Hands a resource request to the part that answers its verb and subresource.</summary>
internal sealed class ResourceRoutes(SandboxWorld world, TimeProvider real, Faults faults, ServedTypes served)
{
    private readonly Lists _lists = new(world, new VersionWait(world, real));
    private readonly Watches _watches = new(world, real, faults);
    private readonly Writes _writes = new(world);
    private readonly Deletes _deletes = new(world);
    private readonly Scales _scales = new(world);
    private readonly PodLogs _logs = new(world, faults);
    private readonly Proxies _proxies = new(world);

    /// <summary>Answers the request, or throws the refusal.</summary>
    public Task AnswerAsync(ApiRequest request)
    {
        if (request.Http.Request.Method is not ("GET" or "HEAD") && world.ReadOnlyBecause is { } why)
            throw new ApiError(403, "Forbidden", $"{request.Type.QualifiedName} \"{request.Name}\" is forbidden: {why}", ApiError.NotFound(request.Type, request.Name).Details);
        return request.Subresource switch
        {
            "" => request.Type.Group == "metrics.k8s.io" && (request.IsWatch || request.Verb is not ("get" or "list")) ? throw StatusAnswer.MethodNotAllowed(request.Http) : AnswerObjectAsync(request),
            "status" when request.Type.HasStatus => AnswerPartAsync(request, WritePart.Status),
            "scale" when request.Type.HasScale => _scales.AnswerAsync(request),
            "log" when request.Type == ResourceTypes.Pods => request.Verb == "get" ? _logs.AnswerAsync(request) : throw StatusAnswer.MethodNotAllowed(request.Http),
            "proxy" when request.Type == ResourceTypes.Pods || request.Type == ResourceTypes.Services => _proxies.AnswerAsync(request),
            "exec" or "attach" or "portforward" or "eviction" or "binding" or "ephemeralcontainers" or "resize" when request.Type == ResourceTypes.Pods => throw StatusAnswer.NotImplemented(request.Http, $"pods/{request.Subresource}"),
            "token" when request.Type == ResourceTypes.ServiceAccounts => throw StatusAnswer.NotImplemented(request.Http, "serviceaccounts/token"),
            "finalize" when request.Type == ResourceTypes.Namespaces => throw StatusAnswer.NotImplemented(request.Http, "namespaces/finalize"),
            _ => throw new ApiError(404, "NotFound", "the server could not find the requested resource", new System.Text.Json.Nodes.JsonObject()),
        };
    }

    private Task AnswerObjectAsync(ApiRequest request) => request.Verb switch
    {
        "get" => _lists.GetAsync(request, WriterFor(request)),
        "list" => _lists.ListAsync(request, WriterFor(request)),
        "watch" => _watches.WatchAsync(request, WriterFor(request)),
        "create" when request.Name.Length == 0 && (request.Namespace.Length > 0 || !request.Type.Namespaced) => _writes.CreateAsync(request, WriterFor(request)),
        "update" or "patch" when request.Name.Length > 0 => AnswerPartAsync(request, WritePart.Main),
        "delete" => _deletes.DeleteAsync(request, WriterFor(request)),
        "deletecollection" when request.Namespace.Length > 0 || !request.Type.Namespaced => _deletes.DeleteCollectionAsync(request, WriterFor(request)),
        _ => throw StatusAnswer.MethodNotAllowed(request.Http),
    };

    private Task AnswerPartAsync(ApiRequest request, WritePart part) => request.Verb switch
    {
        "get" => _lists.GetAsync(request, WriterFor(request)),
        "update" => _writes.ReplaceAsync(request, part, WriterFor(request)),
        "patch" => _writes.PatchAsync(request, part, WriterFor(request)),
        _ => throw StatusAnswer.MethodNotAllowed(request.Http),
    };

    private ObjectWriter WriterFor(ApiRequest request)
    {
        var form = Accept.FormOf(request.Http);
        if (form != AnswerForm.Table)
            return new ObjectWriter(form, null);
        var include = request.Query("includeObject") is { Length: > 0 } asked ? asked : "Metadata";
        if (include is not ("None" or "Metadata" or "Object"))
            throw new ApiError(400, "BadRequest", $"unrecognized includeObject value: \"{include}\"");
        return new ObjectWriter(form, new TableWriter(TableColumns.Of(request.Type, served.Definition(request.Type)), include, () => world.Now));
    }
}
