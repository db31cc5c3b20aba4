using FlinkDashboard.Model.Flink;
using FlinkDashboard.Model.Flink.Readings;

namespace FlinkDashboard.Tests.Model.Flink.Readings;

/// <summary>Times, checkpoints and failures of a job.</summary>
public class JobReadingTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Timeline_EndsEachStateWithTheNext_AndTheLastIsOpen()
    {
        var line = JobTimeline.Of(new() { StartTime = Start, Now = Start.AddSeconds(100), Timestamps = new Dictionary<string, DateTimeOffset?> { ["RUNNING"] = Start.AddSeconds(10), ["INITIALIZING"] = Start, ["CREATED"] = Start.AddSeconds(1), ["FAILED"] = null } })!;
        Assert.Equal(["INITIALIZING", "CREATED", "RUNNING"], line.States.Select(s => s.State));
        Assert.Equal(Start.AddSeconds(10), line.States[1].To);
        Assert.Null(line.States[2].To);
        Assert.Equal((0, 0.1, 1), (line.Place(Start.AddSeconds(-5)), line.Place(Start.AddSeconds(10)), line.Place(Start.AddSeconds(500))));
    }

    [Fact]
    public void Timeline_OfAnEndedJob_EndsWithIt()
    {
        var line = JobTimeline.Of(new() { StartTime = Start, EndTime = Start.AddSeconds(50), Now = Start.AddSeconds(900), Timestamps = new Dictionary<string, DateTimeOffset?> { ["RUNNING"] = Start, ["FINISHED"] = Start.AddSeconds(50) } })!;
        Assert.Equal(Start.AddSeconds(50), line.To);
        Assert.Equal(line.States[1].From, line.States[1].To);
        Assert.Null(JobTimeline.Of(new()));
    }

    [Fact]
    public void Trend_IsOldestFirst_InSharesOfTheMost()
    {
        var trend = CheckpointTrend.Of([One(3, 400, 1000, "FAILED"), One(2, 200, 500), One(1, 100, 250)]);
        Assert.Equal([1, 2, 3], trend.Points.Select(p => p.Checkpoint.Id));
        Assert.Equal([0.25, 0.5, 1], trend.Points.Select(p => p.Height));
        Assert.Equal([0.25, 0.5, 1], trend.Points.Select(p => p.Full));
        Assert.Null(trend.Growth(c => c.StateSize));
        Assert.Equal(2, CheckpointTrend.Of([One(4, 200, 1), One(3, 200, 1), One(2, 100, 1), One(1, 100, 1)]).Growth(c => c.EndToEndDuration!.Value.TotalMilliseconds));
        Assert.Empty(CheckpointTrend.Of([]).Points);
    }

    [Fact]
    public void Failures_AlikeButForNumbers_StandTogether()
    {
        FailureEntry Entry(int second, string trace, string? worker = null) => new() { ExceptionName = trace.Split(':')[0], Stacktrace = trace, Timestamp = Start.AddSeconds(second), TaskManagerId = worker };
        var groups = FailureGroups.Of(new()
        {
            ExceptionHistory = new()
            {
                Entries =
                [
                    Entry(90, "java.lang.IllegalStateException: Planned failure after 45 s\n\tat a.B.c(B.java:1)\nCaused by: java.io.IOException: Cannot reach db:5432\n\tat x", "tm-1"),
                    Entry(60, "java.lang.OutOfMemoryError: Java heap space\n\tat a.B.c(B.java:1)"),
                    Entry(30, "java.lang.IllegalStateException: Planned failure after 46 s\n\tat a.B.c(B.java:1)\nCaused by: java.io.IOException: Cannot reach db:5433", "tm-2") with { ConcurrentExceptions = [Entry(31, "java.lang.OutOfMemoryError: Java heap space")] },
                ],
            },
        });
        Assert.Equal(["IllegalStateException", "OutOfMemoryError"], groups.Select(g => g.Class));
        Assert.Equal([2, 2], groups.Select(g => g.Entries.Count));
        Assert.Equal(("Planned failure after 45 s", "IOException: Cannot reach db:5432"), (groups[0].Message, groups[0].Cause));
        Assert.Equal(["tm-1", "tm-2"], groups[0].TaskManagers);
        Assert.Null(groups[0].Meaning);
        Assert.Contains("heap of a TaskManager", groups[1].Meaning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("org.apache.flink.runtime.io.network.netty.exception.RemoteTransportException: Connection unexpectedly closed by remote task manager '10.1.2.3:4000'.", "went away")]
    [InlineData("java.util.concurrent.TimeoutException: Heartbeat of TaskManager with id orders-taskmanager-1-1 timed out.", "was lost")]
    [InlineData("org.apache.flink.util.FlinkRuntimeException: Exceeded checkpoint tolerable failure threshold.", "tolerable-failed-checkpoints")]
    [InlineData("org.apache.flink.runtime.jobmanager.scheduler.NoResourceAvailableException: Could not acquire the minimum required resources.", "slots")]
    public void WellKnownFailures_AreExplained(string trace, string words) => Assert.Contains(words, FailureMeaning.Of(trace), StringComparison.Ordinal);

    [Theory]
    [InlineData("java.lang.Exception", "")]
    [InlineData("java.lang.Exception: one\nand two\n\tat x.Y.z(Y.java:1)", "one and two")]
    [InlineData("no class here: but words", "no class here: but words")]
    [InlineData("", "")]
    public void Message_IsWhatStandsBehindTheClass(string trace, string message) => Assert.Equal(message, FailureGroups.MessageOf(trace));

    private static Checkpoint One(long id, double milliseconds, long size, string status = "COMPLETED") =>
        new() { Id = id, Status = status, TriggerTimestamp = Start.AddSeconds(id), EndToEndDuration = TimeSpan.FromMilliseconds(milliseconds), StateSize = size, CheckpointedSize = size };
}
