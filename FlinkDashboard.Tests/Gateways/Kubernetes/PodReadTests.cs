using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Gateways.Kubernetes;

/// <summary>Logs and servers of pods, through the API server, in the busy world.</summary>
public sealed class PodReadTests : IAsyncLifetime
{
    private const string Team = "flink-team-a-ns", Application = "orders-healthy";
    private SandboxStage stage = null!;

    public async Task InitializeAsync() => stage = await SandboxStage.StartAsync("busy");

    public async Task DisposeAsync() => await stage.DisposeAsync();

    [Fact]
    public async Task Log_ComesLineByLine_WithTimes()
    {
        var lines = await LinesAsync(new("flink-main-container", TailLines: 5), null);
        Assert.InRange(lines.Count, 1, 5);
        Assert.All(lines, l => Assert.True(DateTimeOffset.TryParse(l.Split(' ')[0], null, out _), l));
    }

    [Fact]
    public async Task Log_OfAnotherTeam_IsForbidden_InTheServersWords()
    {
        var error = await Assert.ThrowsAsync<KubernetesApiException>(() => LinesAsync(new("flink-main-container"), new UserIdentity("team-b", ["flink-team-b"])));
        Assert.True(error.IsForbidden);
        Assert.Contains("\"pods/log\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_OfAnUnknownContainer_IsABadRequest() =>
        Assert.Equal(400, (await Assert.ThrowsAsync<KubernetesApiException>(() => LinesAsync(new("nope"), null))).Code);

    [Fact]
    public async Task JobManager_AnswersThroughItsService()
    {
        var answer = await stage.Api.ServiceOpenAsync(Team, $"{Application}-rest", "8081", "overview", null, default);
        using var owner = answer.Owner;
        using var body = new StreamReader(answer.Body);
        Assert.Contains("\"flink-version\"", await body.ReadToEndAsync(), StringComparison.Ordinal);
        var none = await Assert.ThrowsAsync<KubernetesApiException>(() => stage.Api.ServiceOpenAsync(Team, "no-such-service", "8081", "overview", null, default));
        Assert.True(none.Code is 404 or 503);
    }

    private async Task<List<string>> LinesAsync(LogQuery query, UserIdentity? user)
    {
        var pods = await stage.Api.ListAsync(Pod.Info, Team, default);
        var pod = pods.Items.First(p => p.Metadata.Labels["app"] == Application && p.Metadata.Labels["component"] == "jobmanager");
        var lines = new List<string>();
        await foreach (var line in stage.Api.LogLinesAsync(Team, pod.Metadata.Name, query, user, default))
            lines.Add(line);
        return lines;
    }
}
