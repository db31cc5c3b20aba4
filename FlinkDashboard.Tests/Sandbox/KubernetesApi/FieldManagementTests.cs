using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Sandbox.KubernetesApi;

/// <summary>Who wrote which field of a custom resource.</summary>
public sealed class FieldManagementTests : IAsyncLifetime
{
    private const string Path = "/apis/flink.apache.org/v1beta1/namespaces/default/flinkdeployments";
    private readonly HttpClient http = new(new SocketsHttpHandler());
    private SandboxStage stage = null!;

    public async Task InitializeAsync()
    {
        stage = await SandboxStage.StartAsync();
        http.BaseAddress = stage.Cluster.Address;
        http.DefaultRequestHeaders.UserAgent.ParseAdd("kubectl/v1.36.2");
    }

    public async Task DisposeAsync()
    {
        http.Dispose();
        await stage.DisposeAsync();
    }

    [Fact]
    public async Task Writers_OwnWhatTheyWrote_AndLoseWhatOthersChange()
    {
        var created = await SendAsync(HttpMethod.Post, Path, """
            {"apiVersion":"flink.apache.org/v1beta1","kind":"FlinkDeployment","metadata":{"name":"orders"},"spec":{"image":"a","job":{"parallelism":1,"args":["x"]}}}
            """);
        Assert.Equal(["kubectl"], Managers(created));
        Assert.Equal("""{"f:spec":{"f:image":{},"f:job":{"f:parallelism":{},"f:args":{},".":{}},".":{}}}""", Fields(created, "kubectl"));
        var patched = await SendAsync(HttpMethod.Patch, $"{Path}/orders?fieldManager=flink-dashboard", """{"spec":{"job":{"parallelism":2,"state":"running"}}}""");
        Assert.Equal(["kubectl", "flink-dashboard"], Managers(patched));
        Assert.Equal("""{"f:spec":{"f:job":{"f:parallelism":{},"f:state":{}}}}""", Fields(patched, "flink-dashboard"));
        Assert.Equal("""{"f:spec":{"f:image":{},"f:job":{"f:args":{},".":{}},".":{}}}""", Fields(patched, "kubectl"));
        var removed = await SendAsync(HttpMethod.Patch, $"{Path}/orders?fieldManager=other", """{"spec":{"job":{"parallelism":null,"state":null}}}""");
        Assert.Equal(["kubectl"], Managers(removed));
        Assert.Equal(2 + 1, (long)removed["metadata"]!["generation"]!);
        var scaled = await SendAsync(HttpMethod.Patch, $"{Path}/orders/scale?fieldManager=hpa", """{"spec":{"replicas":3}}""");
        Assert.Equal("Scale", (string?)scaled["kind"]);
        var now = JsonNode.Parse(await http.GetStringAsync($"{Path}/orders"))!;
        Assert.Equal("scale", (string?)Entry(now, "hpa")["subresource"]);
        var same = await SendAsync(HttpMethod.Patch, $"{Path}/orders?fieldManager=idle", """{"spec":{"image":"a"}}""");
        Assert.Equal((string?)now["metadata"]!["resourceVersion"], (string?)same["metadata"]!["resourceVersion"]);
    }

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, string body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(method == HttpMethod.Patch ? "application/merge-patch+json" : "application/json")) };
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    private static IEnumerable<string?> Managers(JsonNode o) => o["metadata"]!["managedFields"]!.AsArray().Select(e => (string?)e!["manager"]);

    private static JsonNode Entry(JsonNode o, string manager) => o["metadata"]!["managedFields"]!.AsArray().Single(e => (string?)e!["manager"] == manager)!;

    private static string Fields(JsonNode o, string manager) => Entry(o, manager)["fieldsV1"]!.ToJsonString();
}
