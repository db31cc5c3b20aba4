using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Sandbox.KubernetesApi;

/// <summary>A quiet cluster whose clock stands still, asked over HTTP.</summary>
public abstract class ApiTests : IAsyncLifetime
{
    protected const string Flink = "/apis/flink.apache.org/v1beta1/namespaces/default/flinkdeployments";
    protected const string Pods = "/api/v1/namespaces/default/pods";
    protected const string ConfigMaps = "/api/v1/namespaces/default/configmaps";
    protected static readonly DateTimeOffset Start = new(2026, 11, 24, 16, 0, 0, TimeSpan.Zero);

    /// <summary>The world that is asked.</summary>
    protected virtual string WorldName => "empty";

    protected SandboxCluster Cluster { get; private set; } = null!;

    protected SandboxWorld World => Cluster.World;

    protected HttpClient Http { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Cluster = await SandboxCluster.StartAsync(new SandboxOptions { World = WorldName, Speed = 0, Start = Start });
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Cluster.Address, Timeout = TimeSpan.FromSeconds(20) };
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await Cluster.DisposeAsync();
    }

    protected static JsonObject Deployment(string name, params (string Key, string Value)[] labels) => new()
    {
        ["apiVersion"] = "flink.apache.org/v1beta1",
        ["kind"] = "FlinkDeployment",
        ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = new JsonObject(labels.Select(l => KeyValuePair.Create(l.Key, (JsonNode?)l.Value))) },
        ["spec"] = new JsonObject
        {
            ["image"] = "flink:1.20",
            ["flinkVersion"] = "v1_20",
            ["taskManager"] = new JsonObject { ["replicas"] = 1 },
            ["job"] = new JsonObject { ["jarURI"] = "local:///job.jar", ["parallelism"] = 2, ["state"] = "running" },
        },
    };

    protected static JsonObject ConfigMap(string name, params (string Key, string Value)[] labels) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = new JsonObject(labels.Select(l => KeyValuePair.Create(l.Key, (JsonNode?)l.Value))) },
        ["data"] = new JsonObject { ["a"] = "1" },
    };

    protected async Task<(HttpStatusCode Code, JsonObject Body)> SendAsync(HttpMethod method, string path, JsonNode? body = null, string media = "application/json", string? accept = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(media);
        }
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await Http.SendAsync(request);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject());
    }

    protected Task<(HttpStatusCode Code, JsonObject Body)> GetAsync(string path, string? accept = null) => SendAsync(HttpMethod.Get, path, accept: accept);

    protected async Task<JsonObject> CreateAsync(string collection, JsonObject body)
    {
        var (code, created) = await SendAsync(HttpMethod.Post, collection, body);
        Assert.True(code == HttpStatusCode.Created, created.ToJsonString());
        return created;
    }

    /// <summary>A Status failure with these values.</summary>
    protected static void AssertStatus(int code, string? reason, string message, (HttpStatusCode Code, JsonObject Body) answer)
    {
        Assert.Equal("Status", (string?)answer.Body["kind"]);
        Assert.Equal("Failure", (string?)answer.Body["status"]);
        Assert.Equal(message, (string?)answer.Body["message"]);
        Assert.Equal(reason, (string?)answer.Body["reason"]);
        Assert.Equal(code, (int?)answer.Body["code"]);
        Assert.Equal(code, (int)answer.Code);
    }

    protected static IReadOnlyList<string> Names(JsonObject list) => [.. list["items"]!.AsArray().Select(i => (string)i!["metadata"]!["name"]!)];
}
