using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox;

namespace FlinkDashboard.Tests.Sandbox.Replay;

/// <summary>A recording over HTTP.</summary>
public sealed class ReplayServerTests : IDisposable
{
    private readonly SmallRecording _recording = new();

    [Fact]
    public async Task Recording_IsServed_ByTheSameProtocols_AndRefusesWrites()
    {
        await using var cluster = await SandboxCluster.StartAsync(Options(speed: 0));
        using var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = cluster.Address };
        cluster.World.Timeline.Advance(TimeSpan.FromSeconds(5));

        var pods = await http.GetFromJsonAsync<JsonObject>("/api/v1/namespaces/small/pods");
        Assert.Equal("orders-abc", (string?)pods!["items"]![0]!["metadata"]!["name"]);
        Assert.Equal("one\n", await http.GetStringAsync("/api/v1/namespaces/small/pods/orders-abc/log?container=main"));

        using var refused = await http.DeleteAsync("/apis/flink.apache.org/v1beta1/namespaces/small/flinkdeployments/orders");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("this is a recording", (string?)(await refused.Content.ReadFromJsonAsync<JsonObject>())!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_Pauses_AndGoesOn_WithTheClock()
    {
        await using var cluster = await SandboxCluster.StartAsync(Options(speed: 1));
        cluster.World.Clock.Speed = 0;
        var paused = cluster.World.Objects.Version;
        cluster.World.Clock.Speed = 1000;
        await cluster.World.Objects.WaitForChangeAsync(paused, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.True(cluster.World.Objects.Version > paused);
    }

    public void Dispose() => _recording.Dispose();

    private SandboxOptions Options(double speed) => new() { World = "recording:" + _recording.Folder, Speed = speed, Start = SmallRecording.StartedAt };
}
