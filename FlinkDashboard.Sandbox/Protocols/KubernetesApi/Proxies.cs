using System.Text.Json;
using FlinkDashboard.Sandbox.Protocols.KubernetesApi.Tables;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>
/// <c>services/[scheme:]NAME[:PORT]/proxy/PATH</c> and <c>pods/…/proxy/PATH</c>, for GET: finds the pod as the API server does and asks
/// the server inside.
/// </summary>
internal sealed class Proxies(SandboxWorld world)
{
    /// <summary>Answers a proxied request.</summary>
    public async Task AnswerAsync(ApiRequest request)
    {
        var http = request.Http;
        if (http.Request.Method is not ("GET" or "HEAD"))
            throw StatusAnswer.NotImplemented(http, "the proxy serves GET only");
        var (name, port) = Split(request);
        var target = request.Type == ResourceTypes.Services ? OfService(request, name, port) : OfPod(request, name, port);
        if (request.Tail.Length == 0 && !(http.Request.Path.Value ?? "").EndsWith('/'))
        {
            http.Response.StatusCode = 301;
            http.Response.Headers.Location = http.Request.Path.Value + "/" + http.Request.QueryString;
            return;
        }
        var asked = new PodRequest(target.Pod, target.Port, "GET", "/" + request.Tail, http.Request.QueryString.Value ?? "", ReadOnlyMemory<byte>.Empty);
        var answer = await world.Servers.AskAsync(asked, request.Cancel).ConfigureAwait(false)
            ?? throw Unavailable($"error trying to reach service: dial tcp {target.Ip}:{target.Port}: connect: connection refused");
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = answer.ContentType;
        http.Response.ContentLength = answer.Body.Length;
        if (HttpMethods.IsGet(http.Request.Method))
            await http.Response.Body.WriteAsync(answer.Body, request.Cancel).ConfigureAwait(false);
    }

    // The order of checks and their texts: registry/core/service/storage ResourceLocation.
    private (WorldObject Pod, string Ip, int Port) OfService(ApiRequest request, string name, string port)
    {
        using var service = JsonDocument.Parse(world.Objects.Get(ResourceTypes.Services, request.Namespace, name).Json);
        if (long.TryParse(port, out var number))
        {
            var declared = Cells.Items(service.RootElement, "spec", "ports").FirstOrDefault(p => Cells.Number(p, "port") == number);
            port = declared.ValueKind == JsonValueKind.Object ? Cells.Text(declared, "name") : throw Unavailable($"no service port {number} found for service \"{name}\"");
        }
        using var endpoints = JsonDocument.Parse(world.Objects.Get(ResourceTypes.Endpoints, request.Namespace, name).Json);
        var subsets = Cells.Items(endpoints.RootElement, "subsets").ToList();
        if (subsets.Count == 0)
            throw Unavailable($"no endpoints available for service \"{name}\"");
        foreach (var subset in subsets)
        {
            var found = Cells.Items(subset, "ports").FirstOrDefault(p => Cells.Text(p, "name") == port);
            var addresses = Cells.Items(subset, "addresses").ToList();
            if (found.ValueKind != JsonValueKind.Object || addresses.Count == 0)
                continue;
            var address = addresses[0];
            var ip = Cells.Text(address, "ip");
            var pod = world.Objects.Find(ResourceTypes.Pods, request.Namespace, Cells.Text(address, "targetRef", "name"))
                ?? throw Unavailable($"error trying to reach service: dial tcp {ip}:{Cells.Number(found, "port")}: connect: no route to host");
            return (pod, ip, (int)Cells.Number(found, "port"));
        }
        throw Unavailable($"no endpoints available for service \"{request.Name}\"");
    }

    private (WorldObject Pod, string Ip, int Port) OfPod(ApiRequest request, string name, string port)
    {
        var pod = world.Objects.Get(ResourceTypes.Pods, request.Namespace, name);
        using var document = JsonDocument.Parse(pod.Json);
        var ports = Cells.Items(document.RootElement, "spec", "containers").SelectMany(c => Cells.Items(c, "ports")).ToList();
        var ip = Cells.Text(document.RootElement, "status", "podIP");
        if (ip.Length == 0)
            throw new ApiError(400, "BadRequest", "address not allowed");
        if (int.TryParse(port, out var number))
            return (pod, ip, number);
        var found = ports.FirstOrDefault(p => port.Length == 0 || Cells.Text(p, "name") == port);
        return found.ValueKind == JsonValueKind.Object ? (pod, ip, (int)Cells.Number(found, "containerPort")) : (pod, ip, 80);
    }

    // [scheme:]name[:port]; https is what no server in the sandbox speaks.
    private static (string Name, string Port) Split(ApiRequest request) => request.Name.Split(':') switch
    {
        [var name] => (name, ""),
        [var name, var port] when name is not ("http" or "https") => (name, port),
        ["http" or "", var name, var port] => (name, port),
        ["http", var name] => (name, ""),
        ["https", ..] => throw StatusAnswer.NotImplemented(request.Http, "the servers inside the pods speak plain HTTP"),
        _ => throw new ApiError(400, "BadRequest", $"invalid {request.Type.Singular} request \"{request.Name}\""),
    };

    private static ApiError Unavailable(string message) => new(503, "ServiceUnavailable", message);
}
