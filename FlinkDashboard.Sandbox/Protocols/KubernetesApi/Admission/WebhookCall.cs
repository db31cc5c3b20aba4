using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Admission;

/// <summary>One call of one webhook: finds the pod behind its service, asks, and turns what goes wrong into the API server's answers.</summary>
/// <param name="world">Where services and pods are.</param>
/// <param name="hook">One entry of <c>webhooks</c> in a configuration.</param>
internal sealed class WebhookCall(SandboxWorld world, JsonObject hook)
{
    private const int DefaultTimeout = 10;

    private string Name => hook.Text("name") ?? "";

    /// <summary>Asks.</summary>
    /// <returns>What it allowed; null when it failed and failurePolicy is Ignore.</returns>
    /// <exception cref="ApiError">The code of the denial; 500 when it cannot be reached; 400 when it has side effects and this is a dry run.</exception>
    public AdmissionVerdict? Ask(AdmissionQuestion question, bool dryRun)
    {
        if (dryRun && hook.Text("sideEffects") is not ("None" or "NoneOnDryRun"))
            throw new ApiError(400, "BadRequest", $"admission webhook \"{Name}\" does not support dry run");
        var (verdict, problem) = Call(question);
        if (problem is not null && hook.Text("failurePolicy") == "Ignore")
            return null;
        if (problem is not null)
            throw Unreachable(problem);
        // Only the code of the webhook's own status counts, and a denial is never less than 400 (apiserver webhook/errors ToStatusErr).
        return verdict!.Allowed ? verdict : throw new ApiError(Math.Max(400, verdict.Code), "", $"admission webhook \"{Name}\" denied the request: {verdict.Message}");
    }

    private (AdmissionVerdict? Verdict, string? Problem) Call(AdmissionQuestion question)
    {
        if (hook["clientConfig"]?["service"] is not JsonObject service)
            return (null, $"Post \"{hook.Text("clientConfig", "url")}?timeout={Timeout}s\": the sandbox calls webhooks of services only");
        var (ns, name) = (service.Text("namespace") ?? "", service.Text("name") ?? "");
        if (world.Objects.Find(ResourceTypes.Services, ns, name) is null)
            return (null, Post(service, $"service \"{name}\" not found"));
        var pods = ReadyPods(ns, name);
        if (pods.Count == 0)
            return (null, Post(service, $"no endpoints available for service \"{name}\""));
        foreach (var pod in pods)
        {
            if (world.Webhooks.Ask(pod, service.Text("path") ?? "/", question) is { } verdict)
                return (verdict, null);
        }
        return (null, Post(service, $"dial tcp {pods[0].Text("status", "podIP")}:{Port(service)}: connect: connection refused"));
    }

    private long Timeout => hook.Number("timeoutSeconds") ?? DefaultTimeout;

    private static long Port(JsonObject service) => service.Number("port") ?? 443;

    private string Post(JsonObject service, string problem) =>
        $"Post \"https://{service.Text("name")}.{service.Text("namespace")}.svc:{Port(service)}{service.Text("path") ?? "/"}?timeout={Timeout}s\": {problem}";

    private List<JsonObject> ReadyPods(string ns, string service)
    {
        var endpoints = world.Objects.Find(ResourceTypes.Endpoints, ns, service)?.Read();
        return [.. endpoints.Items("subsets").SelectMany(s => s.Items("addresses"))
            .Select(a => world.Objects.Find(ResourceTypes.Pods, ns, a.Text("targetRef", "name") ?? "")?.Read()).OfType<JsonObject>()];
    }

    private ApiError Unreachable(string problem)
    {
        var failure = $"failed calling webhook \"{Name}\": failed to call webhook: {problem}";
        return new ApiError(500, "InternalError", $"Internal error occurred: {failure}",
            new JsonObject { ["causes"] = new JsonArray(new JsonObject { ["message"] = failure }) });
    }
}
