using FlinkDashboard.Sandbox.World.Aws;
using FlinkDashboard.State.Logs;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.State.Logs;

/// <summary>Queries of CloudWatch Logs Insights.</summary>
public sealed class InsightsRunTests : IAsyncLifetime
{
    private LogStage stage = null!;

    public async Task InitializeAsync()
    {
        stage = await LogStage.StartAsync();
        await stage.MonitoredAsync("orders");
        var pod = await stage.PodAsync("orders-taskmanager-1-1");
        foreach (var i in Enumerable.Range(0, 20))
            stage.Line(pod, $"line {i} password=x");
    }

    public async Task DisposeAsync() => await stage.DisposeAsync();

    [Fact]
    public async Task Query_HasColumnsAndRows_Masked()
    {
        await using var run = Start("fields @timestamp, @message | sort @timestamp desc | limit 5");
        await Eventually.UntilAsync(run.Subscribe, () => run.Now.IsOver, 60, () => $"{run.Now}");
        Assert.Equal((InsightsStatus.Complete, 5), (run.Now.Status, run.Now.Rows.Count));
        Assert.Equal(["@timestamp", "@message"], run.Now.Columns);
        Assert.EndsWith("line 19 password=••••••", run.Now.Rows[0][1], StringComparison.Ordinal);
        Assert.True(run.Now is { Scanned: >= 20, Bytes: > 0 });
    }

    [Fact]
    public async Task Query_ThatIsWrong_SaysWhere()
    {
        await using var run = Start("fields @message | nonsense");
        await Eventually.UntilAsync(run.Subscribe, () => run.Now.IsOver, 60, () => $"{run.Now}");
        Assert.Equal(InsightsStatus.Failed, run.Now.Status);
        Assert.StartsWith("The query cannot be read:", run.Now.Problem, StringComparison.Ordinal);
        Assert.NotNull(run.Now.Error);
    }

    [Fact]
    public async Task Rows_AreSeenAgain_ByTheQuerysId_AndLeavingStopsNothing()
    {
        await using var run = Start("fields @message | sort @timestamp desc | limit 3");
        await Eventually.UntilAsync(run.Subscribe, () => run.Now.IsOver, 60, () => $"{run.Now}");
        await using (var again = Desk.Resume(run.Id!))
        {
            await Eventually.UntilAsync(again.Subscribe, () => again.Now.IsOver, 60, () => $"{again.Now}");
            Assert.Equal(run.Now.Rows.Select(row => row[0]), again.Now.Rows.Select(row => row[0]));
            Assert.False(again.IsOwn);
        }
        await using var unknown = Desk.Resume("no-such-query");
        await Eventually.UntilAsync(unknown.Subscribe, () => unknown.Now.IsOver, 60, () => $"{unknown.Now}");
        Assert.Contains("seven days", unknown.Now.Problem, StringComparison.Ordinal);
    }

    private InsightsDesk Desk => new(stage.Logs, TimeProvider.System);

    private InsightsRun Start(string query) =>
        Desk.Start([AwsAccount.LogGroup], query, SandboxStage.Start, stage.World.Now.AddMinutes(1));
}
