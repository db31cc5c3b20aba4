using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Protocols.KubernetesApi.Tables;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>The <c>/scale</c> subresource as <c>autoscaling/v1 Scale</c>.</summary>
internal sealed class Scales(SandboxWorld world)
{
    /// <summary>GET, PUT or PATCH of a scale.</summary>
    public async Task AnswerAsync(ApiRequest request)
    {
        var stored = world.Objects.Get(request.Type, request.Key, request.Name);
        switch (request.Verb)
        {
            case "get":
                break;
            case "update":
                var body = await Bodies.ReadObjectAsync(request).ConfigureAwait(false);
                stored = Store(request, _ => body.Object);
                break;
            case "patch":
                var patch = await Patch.ReadAsync(request).ConfigureAwait(false);
                stored = Store(request, patch.Apply);
                break;
            default:
                throw StatusAnswer.MethodNotAllowed(request.Http);
        }
        await StatusAnswer.WriteAsync(request.Http, 200, ScaleOf(request.Type, stored)).ConfigureAwait(false);
    }

    private WorldObject Store(ApiRequest request, Func<JsonObject, JsonObject> change) => world.Objects.Update(request.Type, request.Key, request.Name, before =>
    {
        var current = WorldObject.From(request.Type, before);
        var scale = change(ScaleOf(request.Type, current));
        if ((string?)scale["metadata"]?["resourceVersion"] is { Length: > 0 } asked && VersionWait.Parse(asked) != current.ResourceVersion)
            throw ApiError.Conflict(request.Type, request.Name);
        var replicas = scale["spec"]?["replicas"] is JsonValue v && v.TryGetValue<long>(out var n) ? n : 0;
        if (replicas < 0)
            throw Negative(request, replicas);
        var stored = before.DeepClone().AsObject();
        var holder = before;
        foreach (var step in ReplicasPath(request.Type)[..^1])
            holder = holder[step] as JsonObject ?? (JsonObject)(holder[step] = new JsonObject());
        holder["replicas"] = replicas;
        FieldManagement.Record(request, stored, before, "scale", world.Now);
        return before;
    }, WritePart.Main, null, request.DryRun);

    private static JsonObject ScaleOf(ResourceType type, WorldObject item)
    {
        using var document = System.Text.Json.JsonDocument.Parse(item.Json);
        var root = document.RootElement;
        var flink = type == ResourceTypes.FlinkDeployments;
        var metadata = new JsonObject
        {
            ["name"] = item.Name,
            ["namespace"] = item.Namespace,
            ["uid"] = item.Uid,
            ["resourceVersion"] = item.ResourceVersion.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["creationTimestamp"] = Cells.Text(root, "metadata", "creationTimestamp"),
        };
        var status = new JsonObject { ["replicas"] = flink ? Cells.Number(root, "status", "taskManager", "replicas") : Cells.Number(root, "status", "replicas") };
        var selector = flink ? Cells.Text(root, "status", "taskManager", "labelSelector") : Cells.Selector(Cells.At(root, "spec", "selector"));
        if (selector is not ("" or "<none>"))
            status["selector"] = selector;
        return new JsonObject
        {
            ["kind"] = "Scale",
            ["apiVersion"] = "autoscaling/v1",
            ["metadata"] = metadata,
            ["spec"] = new JsonObject { ["replicas"] = Cells.Number(root, ReplicasPath(type)) },
            ["status"] = status,
        };
    }

    // FlinkDeployment: specReplicasPath of its CRD.
    private static string[] ReplicasPath(ResourceType type) =>
        type == ResourceTypes.FlinkDeployments ? ["spec", "taskManager", "replicas"] : ["spec", "replicas"];

    private static ApiError Negative(ApiRequest request, long replicas)
    {
        var message = $"Invalid value: {replicas}: must be greater than or equal to 0";
        return new ApiError(422, "Invalid", $"Scale.autoscaling \"{request.Name}\" is invalid: spec.replicas: {message}", new JsonObject
        {
            ["name"] = request.Name,
            ["group"] = "autoscaling",
            ["kind"] = "Scale",
            ["causes"] = new JsonArray(new JsonObject { ["reason"] = "FieldValueInvalid", ["message"] = message, ["field"] = "spec.replicas" }),
        });
    }
}
