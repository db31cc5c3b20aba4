using Bunit;
using FlinkDashboard.Tests.Support;
using FlinkDashboard.Ui.Job;
using FlinkDashboard.Ui.Menu;

namespace FlinkDashboard.Tests.Ui.Job;

/// <summary>A job's views over a real feed to a sandbox's JobManager: they ask what they show, and nothing when they are gone.</summary>
public class JobViewTests : UiContext
{
    [Fact]
    public async Task View_WatchesWhatItShows_AndNothingWhenItIsGone()
    {
        await using var stage = await JobManagerStage.StartAsync();
        var feed = stage.Feeds.Of(JobManagerStage.Address);
        var drawn = Render<JobView>(p => p.Add(v => v.Feed, feed).Add(v => v.JobId, stage.JobId).Add(v => v.Address, new JobAddress("/applications/default/orders", PageQuery.Of("?tab=job"))));
        await stage.PassAsync(feed, 8);
        drawn.WaitForAssertion(() => Assert.Equal(3, drawn.FindAll("a.node").Count));
        Assert.Contains("RUNNING", drawn.Find("[data-job-state]").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(stage.Asked, p => p.Contains("exceptions", StringComparison.Ordinal) || p.Contains("flamegraph", StringComparison.Ordinal));
        var watched = feed.Watchers;
        stage.Asked.Clear();
        drawn.Render(p => p.Add(v => v.Address, new JobAddress("/applications/default/orders", PageQuery.Of("?tab=job&view=exceptions"))));
        await stage.PassAsync(feed, 8);
        drawn.WaitForAssertion(() => Assert.Contains("No failures", drawn.Markup, StringComparison.Ordinal));
        Assert.True(feed.Watchers < watched, "the graph's topics are let go");
        Assert.DoesNotContain(stage.Asked.Skip(2), p => p.Contains("subtasks/metrics", StringComparison.Ordinal));
        await DisposeComponentsAsync();
        Assert.Equal(0, feed.Watchers);
    }

    [Fact]
    public async Task JobThatIsGone_GivesWayToTheOneThatRuns()
    {
        await using var stage = await JobManagerStage.StartAsync();
        var feed = stage.Feeds.Of(JobManagerStage.Address);
        var drawn = Render<JobView>(p => p.Add(v => v.Feed, feed).Add(v => v.JobId, new string('a', 32)).Add(v => v.Address, new JobAddress("/x", PageQuery.Empty)));
        for (var i = 0; i < 40 && drawn.FindAll("[data-job]").Count == 0; i++)
        {
            await stage.PassAsync(feed, 1);
            Screen.Advance(TimeSpan.FromSeconds(1));
            await drawn.InvokeAsync(() => { });
        }
        Assert.Equal(stage.JobId, drawn.Find("[data-job]").GetAttribute("data-job"));
        await DisposeComponentsAsync();
    }

    [Theory]
    [InlineData("2026-03-01 12:00:00,123 ERROR org.x.Y - broken", "error")]
    [InlineData("2026-03-01 12:00:00,123 WARN  org.x.Y - odd", "warn")]
    [InlineData("2026-03-01 12:00:00,123 INFO  org.x.Y - the word ERROR in a message that is long enough", "")]
    [InlineData("plain text", "")]
    public void LogLine_HasTheLevelOfItsHead(string line, string level) => Assert.Equal(level, LogLine.Of(line, null)[0].Level);

    [Fact]
    public void LogLines_OfAStackTrace_HaveTheLevelOfTheFirst_AndKeepTheirNumbers()
    {
        var lines = LogLine.Of("2026-03-01 12:00:00,1 ERROR a - b\n\tat x.Y\nCaused by: z\n2026-03-01 12:00:01,1 INFO a - c\n", null);
        Assert.Equal(["error", "error", "error", ""], lines.Select(l => l.Level));
        Assert.Equal([4], LogLine.Of("2026-03-01 12:00:00,1 ERROR a - b\n\tat x.Y\nCaused by: z\n2026-03-01 12:00:01,1 INFO a - c\n", "- C").Select(l => l.Number));
    }
}
