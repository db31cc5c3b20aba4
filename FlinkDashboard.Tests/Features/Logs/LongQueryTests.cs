using FlinkDashboard.Features.Logs;
using FlinkDashboard.Model;
using FlinkDashboard.Sandbox.World.Aws;
using FlinkDashboard.Tests.Support;
using FlinkDashboard.Tests.Ui.Logs;

namespace FlinkDashboard.Tests.Features.Logs;

/// <summary>A query over days is asked for twice: it is billed by what it reads.</summary>
public sealed class LongQueryTests
{
    [Fact]
    public async Task Days_AreAskedForTwice_WithWhatTheGroupHolds()
    {
        await using var stage = await LogDoorTests.StartAsync(new());
        using var s3 = LogDoorTests.S3(stage);
        var query = new LongQuery(LogDoorTests.Door(stage, s3, LogDoorTests.Viewer));
        Assert.True(await query.MayRunAsync(AwsAccount.LogGroup, Window(TimeSpan.FromHours(24)), "a day", default));
        Assert.Equal(0, stage.Logs.Calls.Now.Requests);
        Assert.False(await query.MayRunAsync(AwsAccount.LogGroup, Window(TimeSpan.FromDays(7)), "a week", default));
        Assert.Contains($"AWS bills each byte of {AwsAccount.LogGroup}", query.Words, StringComparison.Ordinal);
        Assert.Contains("The group holds ", query.Words, StringComparison.Ordinal);
        query.Turn("a week");
        Assert.NotNull(query.Words);
        Assert.True(await query.MayRunAsync(AwsAccount.LogGroup, Window(TimeSpan.FromDays(7)), "a week", default));
        Assert.Null(query.Words);
        Assert.False(await query.MayRunAsync(AwsAccount.LogGroup, Window(TimeSpan.FromDays(8)), "another", default));
        query.Turn("a day");
        Assert.Null(query.Words);
        Assert.Equal(2, stage.Logs.Calls.Now.Requests); // sizes only
    }

    [Fact]
    public async Task Size_IsNotToldToThoseWhoMayNotAsk()
    {
        await using var stage = await LogDoorTests.StartAsync(new());
        using var s3 = LogDoorTests.S3(stage);
        var query = new LongQuery(LogDoorTests.Door(stage, s3, LogDoorTests.TeamA));
        Assert.False(await query.MayRunAsync(AwsAccount.LogGroup, Window(TimeSpan.FromDays(7)), "a week", default));
        Assert.DoesNotContain("holds", query.Words, StringComparison.Ordinal);
        Assert.Equal(0, stage.Logs.Calls.Now.Requests);
    }

    private static TimeWindow Window(TimeSpan length) => TimeWindow.Between(SandboxStage.Start - length, SandboxStage.Start);
}
