using System.Net;
using System.Text.Json.Nodes;

namespace FlinkDashboard.Tests.Sandbox.KubernetesApi;

/// <summary>What kubectl sends for built-in kinds.</summary>
public class StrategicMergePatchTests : ApiTests
{
    private const string Strategic = "application/strategic-merge-patch+json";
    private const string Deployments = "/apis/apps/v1/namespaces/default/deployments";

    [Fact]
    public async Task Containers_AreMergedByName_AndOthersKept()
    {
        await CreateAsync(Deployments, Web());
        var template = await PatchAsync("""{"spec":{"template":{"spec":{"containers":[{"name":"web","image":"nginx:2","env":[{"name":"B","value":"2"}]}]}}}}""");
        var containers = template["spec"]!["containers"]!.AsArray();
        Assert.Equal(["web nginx:2", "log fluentd:1"], containers.Select(c => $"{c!["name"]} {c["image"]}"));
        Assert.Equal(["A", "B"], containers[0]!["env"]!.AsArray().Select(e => (string?)e!["name"]));
        Assert.Equal(8080, (int)containers[0]!["ports"]![0]!["containerPort"]!);
    }

    [Fact]
    public async Task DeletedElement_Goes_AndOrderIsSet()
    {
        await CreateAsync(Deployments, Web());
        var template = await PatchAsync("""
            {"spec":{"template":{"spec":{"$setElementOrder/containers":[{"name":"first"},{"name":"web"}],
             "containers":[{"$patch":"delete","name":"log"},{"name":"first","image":"init:1"}]}}}}
            """);
        Assert.Equal(["first", "web"], template["spec"]!["containers"]!.AsArray().Select(c => (string?)c!["name"]));
    }

    [Fact]
    public async Task ReplaceAndRetainKeys_ReplaceMaps()
    {
        await CreateAsync(Deployments, Web());
        var template = await PatchAsync("""
            {"spec":{"template":{"metadata":{"labels":{"$patch":"replace","app":"web","new":"1"}},
             "spec":{"volumes":[{"$retainKeys":["name","configMap"],"name":"data","configMap":{"name":"c"}}]}}}}
            """);
        Assert.Equal(["app", "new"], template["metadata"]!["labels"]!.AsObject().Select(l => l.Key));
        var volume = Assert.Single(template["spec"]!["volumes"]!.AsArray())!.AsObject();
        Assert.Equal(["configMap", "name"], volume.Select(p => p.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Finalizers_AreASet()
    {
        await CreateAsync(ConfigMaps, ConfigMap("a"));
        var (_, added) = await SendAsync(HttpMethod.Patch, $"{ConfigMaps}/a", JsonNode.Parse("""{"metadata":{"finalizers":["x/a","x/b"]}}"""), Strategic);
        Assert.Equal(2, added["metadata"]!["finalizers"]!.AsArray().Count);
        var (_, removed) = await SendAsync(HttpMethod.Patch, $"{ConfigMaps}/a", JsonNode.Parse("""{"metadata":{"$deleteFromPrimitiveList/finalizers":["x/a"],"finalizers":["x/c"]},"data":{"a":null}}"""), Strategic);
        Assert.Equal(["x/b", "x/c"], removed["metadata"]!["finalizers"]!.AsArray().Select(f => (string?)f));
        Assert.Null(removed["data"]?["a"]);
    }

    [Theory]
    [InlineData("""{"spec":{"template":{"spec":{"containers":[{"image":"nginx:2"}]}}}}""")]
    [InlineData("""{"metadata":{"labels":{"$patch":"mix"}}}""")]
    public async Task BadPatch_IsRefused_AndChangesNothing(string patch)
    {
        await CreateAsync(Deployments, Web());
        var version = World.Objects.Version;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(HttpMethod.Patch, $"{Deployments}/web", JsonNode.Parse(patch), Strategic)).Code);
        Assert.Equal(version, World.Objects.Version);
    }

    private async Task<JsonNode> PatchAsync(string patch)
    {
        var (code, body) = await SendAsync(HttpMethod.Patch, $"{Deployments}/web", JsonNode.Parse(patch), Strategic);
        Assert.True(code == HttpStatusCode.OK, body.ToJsonString());
        return body["spec"]!["template"]!;
    }

    private static JsonObject Web() => JsonNode.Parse("""
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},
         "spec":{"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web","old":"1"}},
          "spec":{"containers":[{"name":"web","image":"nginx:1","env":[{"name":"A","value":"1"}],"ports":[{"containerPort":8080}]},{"name":"log","image":"fluentd:1"}],
           "volumes":[{"name":"data","emptyDir":{}}]}}}}
        """)!.AsObject();
}
