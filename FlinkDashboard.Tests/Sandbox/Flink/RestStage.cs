using System.Text;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Protocols.FlinkRest;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Sandbox.Flink;

/// <summary>A stage whose JobManagers answer REST.</summary>
internal sealed class RestStage
{
    public RestStage() => FlinkRestServer.Register(Stage.World);

    public FlinkStage Stage { get; } = new();

    public async Task<(int Status, JsonNode? Body)> AskAsync(string method, string path, string? body = null, string pod = "orders-abc-1")
    {
        var parts = path.Split('?', 2);
        var answer = await Stage.World.Servers.AskAsync(
            new PodRequest(Stage.World.Objects.Get(ResourceTypes.Pods, FlinkStage.Namespace, pod), 8081, method, parts[0], parts.Length > 1 ? "?" + parts[1] : "", Encoding.UTF8.GetBytes(body ?? "")),
            CancellationToken.None);
        return answer is null ? (0, null) : (answer.Status, JsonNode.Parse(answer.Body.Span));
    }

    public async Task<JsonNode> GetAsync(string path, string pod = "orders-abc-1")
    {
        var (status, body) = await AskAsync("GET", path, pod: pod);
        Assert.True(status == 200, $"{path}: {status} {body?.ToJsonString()}");
        return body!;
    }
}
