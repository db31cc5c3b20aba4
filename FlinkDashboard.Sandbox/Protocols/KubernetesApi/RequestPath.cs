using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>Understands resource paths: <c>/api/v1/…</c> and <c>/apis/GROUP/VERSION/…</c>.</summary>
internal static class RequestPath
{
    /// <summary>The request, or null when no served kind stands at that path (404 in plain text).</summary>
    public static ApiRequest? Read(HttpContext http, ServedTypes served)
    {
        var raw = RawPath(http).TrimStart('/').Split('/');
        // Only behind a proxy a slash at the end means something.
        if (raw[^1].Length == 0 && !raw.Contains("proxy"))
            raw = raw[..^1];
        var prefix = raw is [var root, ..] ? root switch { "api" => 2, "apis" => 3, _ => 0 } : 0;
        if (prefix == 0 || raw.Length <= prefix)
            return null;
        var group = prefix == 2 ? "" : Decode(raw[1]);
        var version = Decode(raw[prefix - 1]);
        var rest = raw[prefix..];
        if (rest[0] == "namespaces" && group.Length == 0 && rest.Length <= 2 || rest is ["namespaces", _, "status" or "finalize"] && group.Length == 0)
            return Of(http, served.Find(group, version, "namespaces"), "", rest, 1);
        return rest[0] == "namespaces" && rest.Length >= 3
            ? served.Find(group, version, Decode(rest[2])) is { Namespaced: true } type ? Of(http, type, Decode(rest[1]), rest, 3) : null
            : Of(http, served.Find(group, version, Decode(rest[0])), "", rest, 1);
    }

    private static ApiRequest? Of(HttpContext http, ResourceType? type, string ns, string[] rest, int at)
    {
        if (type is null)
            return null;
        var name = rest.Length > at ? Decode(rest[at]) : "";
        // A namespaced object is only addressed within its namespace; across all namespaces there are collections only.
        if (type.Namespaced && ns.Length == 0 && name.Length > 0)
            return null;
        var sub = rest.Length > at + 1 ? Decode(rest[at + 1]) : "";
        var tail = rest.Length > at + 2 ? string.Join('/', rest[(at + 2)..]) : "";
        return tail.Length > 0 && sub != "proxy" ? null : new ApiRequest(http, type, ns, name, sub, tail);
    }

    // The proxied path must reach the pod as the client encoded it.
    private static string RawPath(HttpContext http)
    {
        var target = http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()?.RawTarget ?? "";
        var path = target.StartsWith('/') ? target : http.Request.Path.ToUriComponent();
        var query = path.IndexOf('?');
        return query < 0 ? path : path[..query];
    }

    private static string Decode(string segment) => Uri.UnescapeDataString(segment);
}
