using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Protocols.KubernetesApi.Wire;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>
/// The part of the OpenAPI documents that kubectl asks before it writes: which kinds there are and that the server validates fields and
/// does dry runs. There are no schemas, so <c>kubectl explain</c> finds nothing.
/// </summary>
internal sealed class OpenApi(ServedTypes served)
{
    private const string Version2Type = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";
    private static readonly string[] Parameters = ["dryRun", "fieldManager", "fieldValidation"];

    /// <summary>Answers <c>/openapi/…</c>; false for other paths.</summary>
    public async Task<bool> TryAnswerAsync(HttpContext http)
    {
        var path = (http.Request.Path.Value ?? "").Trim('/').Split('/');
        switch (path)
        {
            case ["openapi", "v2"]:
                http.Response.ContentType = Version2Type;
                await http.Response.Body.WriteAsync(Version2(), http.RequestAborted).ConfigureAwait(false);
                return true;
            case ["openapi", "v3"]:
                await StatusAnswer.WriteAsync(http, 200, Index()).ConfigureAwait(false);
                return true;
            case ["openapi", "v3", "api", "v1"]:
                await StatusAnswer.WriteAsync(http, 200, Version3("")).ConfigureAwait(false);
                return true;
            case ["openapi", "v3", "apis", var group, _]:
                await StatusAnswer.WriteAsync(http, 200, Version3(group)).ConfigureAwait(false);
                return true;
            default:
                return false;
        }
    }

    private JsonObject Index()
    {
        var paths = new JsonObject();
        foreach (var name in served.All.Select(Root).Distinct())
            paths[name] = new JsonObject { ["serverRelativeURL"] = $"/openapi/v3/{name}?hash=sandbox" };
        return new JsonObject { ["paths"] = paths };
    }

    private JsonObject Version3(string group)
    {
        var paths = new JsonObject();
        foreach (var type in served.All.Where(t => t.Group == group))
        {
            paths[PathOf(type)] = new JsonObject
            {
                ["patch"] = new JsonObject
                {
                    ["x-kubernetes-action"] = "patch",
                    ["x-kubernetes-group-version-kind"] = new JsonObject { ["group"] = type.Group, ["version"] = type.Version, ["kind"] = type.Kind },
                    ["parameters"] = new JsonArray([.. Parameters.Select(p => (JsonNode)new JsonObject
                    {
                        ["name"] = p,
                        ["in"] = "query",
                        ["schema"] = new JsonObject { ["type"] = "string" },
                    })]),
                    ["responses"] = new JsonObject { ["200"] = new JsonObject { ["description"] = "OK" } },
                },
            };
        }
        return new JsonObject
        {
            ["openapi"] = "3.0.0",
            ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = "v1.36.2" },
            ["paths"] = paths,
        };
    }

    // The gnostic openapi.v2.Document, field numbers of OpenAPIv2.proto.
    private byte[] Version2()
    {
        var paths = new ProtobufWriter();
        foreach (var type in served.All)
        {
            var kind = new ProtobufWriter().Text(2, $"group: \"{type.Group}\"\nversion: {type.Version}\nkind: {type.Kind}\n");
            var operation = new ProtobufWriter();
            foreach (var name in Parameters)
            {
                var query = new ProtobufWriter().Text(2, "query").Text(4, name).Text(6, "string");
                operation.Message(8, new ProtobufWriter().Message(1, new ProtobufWriter().Message(2, new ProtobufWriter().Message(3, query))));
            }
            operation.Message(13, new ProtobufWriter().Text(1, "x-kubernetes-group-version-kind").Message(2, kind));
            paths.Message(2, new ProtobufWriter().Text(1, PathOf(type)).Message(2, new ProtobufWriter().Message(8, operation)));
        }
        return new ProtobufWriter().Text(1, "2.0").Message(2, new ProtobufWriter().Text(1, "Kubernetes").Text(2, "v1.36.2")).Message(8, paths).ToArray();
    }

    private static string Root(ResourceType type) => type.Group.Length == 0 ? "api/v1" : $"apis/{type.Group}/{type.Version}";

    private static string PathOf(ResourceType type) => $"/{Root(type)}/{(type.Namespaced ? "namespaces/{namespace}/" : "")}{type.Plural}/{{name}}";
}
