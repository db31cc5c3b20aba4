using FlinkDashboard.Gateways.FlinkRest;
using FlinkDashboard.Model.Flink;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Gateways.FlinkRest;

/// <summary>The gateway against the sandbox's JobManagers, through its API server.</summary>
public sealed class FlinkRestApiTests
{
    private static JobManagerAddress At => JobManagerStage.Address;

    [Theory]
    [InlineData("v1_16")]
    [InlineData("v1_18")]
    [InlineData("v1_20")]
    [InlineData("v2_0")]
    public async Task EveryVersion_IsRead(string version)
    {
        await using var stage = await JobManagerStage.StartAsync(version: version);
        var (rest, id) = (stage.Rest, stage.JobId);
        Assert.StartsWith(version[1..].Replace('_', '.'), (await rest.OverviewAsync(At, default)).FlinkVersion, StringComparison.Ordinal);
        var job = await rest.JobAsync(At, id, default);
        Assert.Equal((JobState.Running, 3, 6), (job.State, job.Vertices.Count, job.Vertices.Sum(v => v.Tasks[TaskState.Running])));
        Assert.Equal("STREAMING", job.JobType ?? job.Plan.Type);
        var vertex = job.Vertices[1].Id;
        var details = await rest.VertexAsync(At, id, vertex, default);
        Assert.All(details.Subtasks, s => Assert.NotEmpty(s.Endpoint ?? s.Host ?? ""));
        Assert.Equal(job.Vertices[1].Metrics.ReadRecords, details.Subtasks.Sum(s => s.Metrics.ReadRecords), 2.0);
        Assert.True((await rest.BackPressureAsync(At, id, vertex, default)) is { IsKnown: true, Level: "ok" });
        Assert.Equal(2, (await rest.WatermarksAsync(At, id, vertex, default)).Count(w => w.Time < job.Now));
        Assert.True((await rest.CheckpointsAsync(At, id, default)).Counts.Completed > 0);
        Assert.Equal(TimeSpan.FromSeconds(10), (await rest.CheckpointConfigAsync(At, id, default)).Interval);
        Assert.Empty((await rest.ExceptionsAsync(At, id, 10, default)).ExceptionHistory.Entries);
        var worker = (await rest.TaskManagersAsync(At, default)).TaskManagers.Single();
        Assert.Equal(worker.MemoryConfiguration.TotalProcessMemory, (await rest.TaskManagerAsync(At, worker.Id, default)).MemoryConfiguration.TotalProcessMemory);
        Assert.NotEmpty((await rest.SubtaskMetricsAsync(At, id, vertex, VertexLoad.Names, null, default)));
    }

    [Fact]
    public async Task FailedAttempt_IsReadWithItsEnd_AndItsException()
    {
        await using var stage = await JobManagerStage.StartAsync("failing.jar", "--every 10");
        var job = await stage.Rest.JobAsync(At, stage.JobId, default);
        var first = await stage.Rest.AttemptAsync(At, stage.JobId, job.Vertices[1].Id, 0, 0, default);
        Assert.Equal(TaskState.Failed, first.Status);
        Assert.NotNull(first.EndTime);
        Assert.InRange(first.Duration!.Value.TotalSeconds, 9, 13);
        var failure = (await stage.Rest.ExceptionsAsync(At, stage.JobId, 16, default)).ExceptionHistory.Entries[^1];
        Assert.Equal("java.lang.IllegalStateException", failure.ExceptionName);
        Assert.Equal(first.TaskManagerId, failure.TaskManagerId);
        Assert.Equal(first.EndTime, failure.Timestamp);
    }

    [Fact]
    public async Task Files_AreTheContainersLog()
    {
        await using var stage = await JobManagerStage.StartAsync();
        var file = (await stage.Rest.JobManagerLogsAsync(At, default)).Logs.Single();
        Assert.StartsWith("flink--kubernetes-application-0-orders-", file.Name, StringComparison.Ordinal);
        var text = await stage.Rest.JobManagerLogAsync(At, file.Name, default);
        Assert.Equal(file.Size, text.Size);
        Assert.False(text.IsCut);
        Assert.Contains("switched from state CREATED to RUNNING", text.Text, StringComparison.Ordinal);
        Assert.True((await Assert.ThrowsAsync<FlinkRestException>(() => stage.Rest.JobManagerStdoutAsync(At, default))).IsAbsent);
        var worker = (await stage.Rest.TaskManagersAsync(At, default)).TaskManagers.Single().Id;
        Assert.Single((await stage.Rest.TaskManagerLogsAsync(At, worker, default)).Logs);
        Assert.Contains((await stage.Rest.TaskManagerThreadDumpAsync(At, worker, default)).ThreadInfos, t => t.ThreadName == "totals (1/2)#0");
    }

    [Fact]
    public async Task Secrets_AreMasked_WhereverTheyStand()
    {
        await using var stage = await JobManagerStage.StartAsync(settings: ["s3.secret-key: hunter2", "my.private-key: hunter2"]);
        var all = await stage.Rest.JobManagerConfigAsync(At, default);
        Assert.Equal(2, all.Count(e => e.Key is "s3.secret-key" or "my.private-key"));
        Assert.DoesNotContain(all, e => e.Value?.Contains("hunter2", StringComparison.Ordinal) == true);
        Assert.Equal("x: •••••• y", new FailureEntry { Stacktrace = "x: AKIAIOSFODNN7EXAMPLE y" }.Redacted().Stacktrace);
        Assert.Equal(["-Dkey.password=••••••"], new FlinkEnvironment { Jvm = new() { Options = ["-Dkey.password=hunter2"] } }.Redacted().Jvm.Options);
    }

    [Fact]
    public async Task FlameGraph_SaysThatItSamples_ThenShowsWhatItSaw()
    {
        await using var stage = await JobManagerStage.StartAsync();
        var vertex = (await stage.Rest.JobAsync(At, stage.JobId, default)).Vertices[1].Id;
        Assert.True((await stage.Rest.FlameGraphAsync(At, stage.JobId, vertex, FlameGraphKind.Full, null, default)).IsSampling);
        stage.Live(6);
        var full = await stage.Rest.FlameGraphAsync(At, stage.JobId, vertex, FlameGraphKind.Full, null, default);
        Assert.Equal(200, full.Data!.Value);
        Assert.True((await stage.Rest.FlameGraphAsync(At, stage.JobId, vertex, FlameGraphKind.OnCpu, 1, default)).IsSampling);
    }

    [Fact]
    public async Task CheckpointSubtasks_AddUpToTheirVertex()
    {
        await using var stage = await JobManagerStage.StartAsync();
        var newest = (await stage.Rest.CheckpointsAsync(At, stage.JobId, default)).Latest.Completed!;
        var whole = await stage.Rest.CheckpointAsync(At, stage.JobId, newest.Id, default);
        Assert.Equal(whole.StateSize, whole.Tasks.Values.Sum(t => t.StateSize));
        var (id, task) = whole.Tasks.MaxBy(t => t.Value.StateSize);
        var parts = await stage.Rest.CheckpointSubtasksAsync(At, stage.JobId, newest.Id, id, default);
        Assert.Equal(task.NumSubtasks, parts.Subtasks.Count);
        Assert.InRange(parts.Subtasks.Sum(s => s.StateSize), task.StateSize - 2, task.StateSize);
    }

    [Fact]
    public async Task Failures_SayWhoWhatAndWhen()
    {
        await using var stage = await JobManagerStage.StartAsync();
        var error = await Assert.ThrowsAsync<FlinkRestException>(() => stage.Rest.JobAsync(At, new string('f', 32), default));
        Assert.Equal((FlinkRestFault.Refused, 404, At, $"/jobs/{new string('f', 32)}", stage.Time.GetUtcNow()), (error.Fault, error.Code, error.From, error.Path, error.At));
        Assert.Equal($"Job {new string('f', 32)} not found", error.Message);
        Assert.Contains("\tat ", error.Detail, StringComparison.Ordinal);
        var nowhere = await Assert.ThrowsAsync<FlinkRestException>(() => stage.Rest.OverviewAsync(new("default", "nobody"), default));
        Assert.Equal((FlinkRestFault.Unreachable, 404, true), (nowhere.Fault, nowhere.Code, nowhere.IsOfTheWay));
    }

    [Fact]
    public async Task JobManagerThatIsSilent_IsGivenUpAfterTenSeconds()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var asked = new FlinkRestApi(new StuckRoute(), time).OverviewAsync(At, default);
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(asked.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(2));
        var error = await Assert.ThrowsAsync<FlinkRestException>(() => asked);
        Assert.Equal((FlinkRestFault.Timeout, true), (error.Fault, error.IsOfTheWay));
    }

    [Fact]
    public async Task AnswerWithoutEnd_IsNotTaken_AndOfAFileTheEndIsKept()
    {
        var api = new FlinkRestApi(new EndlessRoute(), TimeProvider.System);
        Assert.Equal(FlinkRestFault.TooLarge, (await Assert.ThrowsAsync<FlinkRestException>(() => api.OverviewAsync(At, default))).Fault);
        var log = await api.JobManagerLogAsync(At, null, default);
        Assert.True(log.IsCut);
        Assert.InRange(log.Text.Length, LogText.Kept - 100, LogText.Kept);
        Assert.StartsWith("a line of a log", log.Text, StringComparison.Ordinal);
    }

    private sealed class StuckRoute : IFlinkRoute
    {
        public string Words => "stuck";

        public async Task<FlinkResponse> GetAsync(JobManagerAddress to, string path, DateTimeOffset at, CancellationToken stop)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
            throw new InvalidOperationException("never");
        }
    }

    private sealed class EndlessRoute : IFlinkRoute
    {
        public string Words => "endless";

        public Task<FlinkResponse> GetAsync(JobManagerAddress to, string path, DateTimeOffset at, CancellationToken stop) => Task.FromResult(new FlinkResponse(200, new EndlessStream(), Stream.Null));
    }

    private sealed class EndlessStream : MemoryStream
    {
        private static readonly byte[] Line = "a line of a log\n"u8.ToArray();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var whole = buffer.Length / Line.Length * Line.Length;
            for (var i = 0; i < whole; i += Line.Length)
                Line.CopyTo(buffer[i..]);
            return new(whole);
        }
    }
}
