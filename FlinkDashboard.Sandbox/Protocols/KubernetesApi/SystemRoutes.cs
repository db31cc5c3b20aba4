using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>Paths that are no resources: discovery, version, health.</summary>
internal sealed class SystemRoutes(ServedTypes served)
{
    private static readonly string[] Checks = ["ping", "log", "etcd", "informer-sync", "poststarthook/start-apiextensions-informers", "poststarthook/rbac/bootstrap-roles"];
    private readonly Discovery _discovery = new(served);
    private readonly OpenApi _openApi = new(served);

    /// <summary>The version the sandbox plays.</summary>
    public static JsonObject Version => new()
    {
        ["major"] = "1",
        ["minor"] = "36",
        ["gitVersion"] = "v1.36.2",
        ["gitCommit"] = "0000000000000000000000000000000000000000",
        ["gitTreeState"] = "clean",
        ["buildDate"] = "2026-06-09T09:00:00Z",
        ["goVersion"] = "go1.26.2",
        ["compiler"] = "gc",
        ["platform"] = "linux/amd64",
    };

    /// <summary>Answers a system path; false when the path is another.</summary>
    public async Task<bool> TryAnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "/";
        if (_discovery.Answer(path, http.Request.Headers.Accept.ToString()) is { } found)
            await OnlyGet(http, () => StatusAnswer.WriteAsync(http, 200, found.Body, found.ContentType)).ConfigureAwait(false);
        else if (path == "/")
            await OnlyGet(http, () => StatusAnswer.WriteAsync(http, 200, Root())).ConfigureAwait(false);
        else if (path == "/version")
            await OnlyGet(http, () => StatusAnswer.WriteAsync(http, 200, Version)).ConfigureAwait(false);
        else if (path is "/readyz" or "/livez" or "/healthz")
            await OnlyGet(http, () => StatusAnswer.WriteTextAsync(http, 200, http.Request.Query.ContainsKey("verbose") ? Verbose(path[1..]) : "ok")).ConfigureAwait(false);
        else if (http.Request.Method == "GET" && await _openApi.TryAnswerAsync(http).ConfigureAwait(false))
            return true;
        else if (path == "/metrics" || path.StartsWith("/logs", StringComparison.Ordinal) || path.StartsWith("/debug", StringComparison.Ordinal) || path.StartsWith("/api/v1/watch/", StringComparison.Ordinal))
            throw StatusAnswer.NotImplemented(http, "not part of the sandbox");
        else
            return false;
        return true;
    }

    private static Task OnlyGet(HttpContext http, Func<Task> answer) =>
        http.Request.Method is "GET" or "HEAD" ? answer() : throw StatusAnswer.MethodNotAllowed(http);

    private JsonObject Root()
    {
        var groups = served.All.Where(t => t.Group.Length > 0).SelectMany(t => (string[])[$"/apis/{t.Group}", $"/apis/{t.Group}/{t.Version}"]).Distinct();
        string[] all = ["/api", "/api/v1", "/apis", .. groups, "/healthz", "/livez", "/openapi/v2", "/openapi/v3", "/readyz", "/version"];
        return new JsonObject { ["paths"] = new JsonArray([.. all.Order(StringComparer.Ordinal).Select(p => (JsonNode)p)]) };
    }

    private static string Verbose(string name) => string.Concat(Checks.Select(c => $"[+]{c} ok\n")) + $"{name} check passed\n";
}
