using System.Text.Json;
using FlinkDashboard.Gateways.FlinkRest;
using FlinkDashboard.Model.Flink;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.State.Flink;
using FlinkDashboard.Tests.Gateways.FlinkRest;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.RealFlink;

/// <summary>The gateway and the feeds against a real Flink, all the way through the sandbox's API server.</summary>
public sealed class RealFlinkTests(RealFlinkCluster flink) : IClassFixture<RealFlinkCluster>
{
    private static JobManagerAddress At => JobManagerStage.Address;

    private FlinkRestApi Rest => flink.Stage.Rest;

    private JobManagerFeed Feed => flink.Stage.Feeds.Of(At);

    [RecordedFact(RecordingKind.RealFlink)]
    public async Task Numbers_AreThoseOfTheJobManager_AtTheSameMoment()
    {
        var job = flink.Job("steady");
        var seen = await ComesAsync(FlinkTopics.Job(job), o => o.Job.Vertices.Count == 3 && o.Job.Vertices.All(v => v.Metrics.WriteRecordsComplete) && o.Job.Vertices[1].Metrics.ReadRecords > 0);
        var vertex = seen.Job.Vertices[1].Id;
        var worker = (await Rest.TaskManagersAsync(At, default)).TaskManagers.Single().Id;
        await ComesAsync(FlinkTopics.Checkpoints(job), c => c.Latest.Completed is not null);
        var checkpoint = (await Rest.CheckpointsAsync(At, job, default)).Latest.Completed!.Id;
        var file = (await Rest.JobManagerLogsAsync(At, default)).Logs.Single(l => l.Name.EndsWith(".log", StringComparison.Ordinal)).Name;
        string[] paths =
        [
            "/overview", "/config", "/jobs/overview", $"/jobs/{job}", $"/jobs/{job}/status", $"/jobs/{job}/plan", $"/jobs/{job}/config", $"/jobs/{job}/exceptions?maxExceptions=20", $"/jobs/{job}/accumulators", $"/jobs/{job}/checkpoints",
            $"/jobs/{job}/checkpoints/config", $"/jobs/{job}/checkpoints/details/{checkpoint}", $"/jobs/{job}/checkpoints/details/{checkpoint}/subtasks/{vertex}", $"/jobs/{job}/vertices/{vertex}", $"/jobs/{job}/vertices/{vertex}/subtasktimes",
            $"/jobs/{job}/vertices/{vertex}/taskmanagers", $"/jobs/{job}/vertices/{vertex}/backpressure", $"/jobs/{job}/vertices/{vertex}/watermarks", $"/jobs/{job}/vertices/{vertex}/accumulators", $"/jobs/{job}/vertices/{vertex}/subtasks/accumulators",
            $"/jobs/{job}/vertices/{vertex}/subtasks/0", $"/jobs/{job}/vertices/{vertex}/subtasks/0/attempts/0", $"/jobs/{job}/vertices/{vertex}/subtasks/metrics?get=numRecordsIn,busyTimeMsPerSecond", $"/jobs/{job}/vertices/{vertex}/metrics?get=0.numRecordsIn,1.numRecordsIn",
            $"/jobs/{job}/metrics?get=numRestarts,lastCheckpointSize", "/jobmanager/config", "/jobmanager/environment", "/jobmanager/metrics?get=taskSlotsTotal,Status.JVM.Memory.Heap.Max", "/jobmanager/profiler", "/taskmanagers", $"/taskmanagers/{worker}", $"/taskmanagers/{worker}/logs",
        ];
        var wrong = new List<string>();
        foreach (var path in paths)
        {
            var endpoint = new RecordedAnswer("", "GET", path, 200, default).Endpoint!;
            var before = await flink.RawAsync(path);
            var through = await ThroughAsync(path, RecordedAnswer.Types[endpoint]);
            wrong.AddRange(Moment.Outside(before, through, await flink.RawAsync(path)).Select(w => $"{path} {w}"));
        }
        Assert.Empty(wrong);
        var log = (await Rest.JobManagerLogAsync(At, file, default)).Text;
        Assert.Contains(log[^Math.Min(log.Length, 2_000)..], await flink.TextAsync($"/jobmanager/logs/{file}"), StringComparison.Ordinal);
        Assert.Contains((await Rest.JobManagerThreadDumpAsync(At, default)).ThreadInfos, t => t.ThreadName == "main");
    }

    [RecordedFact(RecordingKind.RealFlink)]
    public async Task FailingJob_ShowsItsException_AndItsHistory()
    {
        var job = flink.Job("failing");
        var seen = await ComesAsync(FlinkTopics.Exceptions(job), e => Planned(e).Count >= 2);
        // A busy machine adds failures of its own (a deployment that timed out).
        Assert.All(Planned(seen), e =>
        {
            Assert.StartsWith("java.lang.IllegalStateException: Planned failure after 2 s", e.Stacktrace, StringComparison.Ordinal);
            Assert.StartsWith("breaker -> drop: Writer (1/1)", e.TaskName, StringComparison.Ordinal);
            Assert.Equal("taskmanager-1", e.TaskManagerId);
            Assert.Contains(':', e.Place!);
        });
        Assert.True(Planned(seen)[0].Timestamp > Planned(seen)[1].Timestamp, "newest first");
        var raw = (await flink.RawAsync($"/jobs/{job}/exceptions?maxExceptions=100")).GetProperty("exceptionHistory").GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("timestamp").GetInt64()).ToList();
        Assert.Contains(seen.ExceptionHistory.Entries[0].Timestamp!.Value.ToUnixTimeMilliseconds(), raw);
    }

    [RecordedFact(RecordingKind.RealFlink)]
    public async Task BackPressure_NamesTheVertex_ThatWaits_AndTheOneThatIsBusy()
    {
        var job = flink.Job("backpressure");
        var (rates, loads) = (FlinkTopics.Job(job), FlinkTopics.Loads(job));
        using var watching = Feed.Watch(rates, () => { });
        var seen = await ComesAsync(loads, l => l.ByVertex.Count == 3 && l.ByVertex.Values.Any(v => v.MostBackPressured > 0.5));
        var vertices = Feed.Now(rates).Value!.Job.Vertices;
        var (parse, writer) = (vertices.Single(v => v.Name == "parse").Id, vertices.Single(v => v.Name.StartsWith("slow-writer", StringComparison.Ordinal)).Id);
        Assert.InRange(seen.ByVertex[parse].MostBackPressured, 0.5, 1.1);
        Assert.InRange(seen.ByVertex[writer].BusiestShare, 0.7, 1.1);
        Assert.InRange(seen.ByVertex[writer].MostBackPressured, 0, 0.1);
        var pressure = await ComesAsync(FlinkTopics.BackPressure(job, parse), b => b.IsKnown && b.Level == "high");
        Assert.Equal("high", pressure.Subtasks.Single().BackpressureLevel);
        var observed = await ComesAsync(rates, o => o.Rates.TryGetValue(parse, out var p) && p.BackPressured > 0.5);
        Assert.InRange(observed.Rates[writer].Busy, 0.6, 1);
        Assert.True(observed.Rates[writer].RecordsIn > 0);
    }

    [RecordedFact(RecordingKind.RealFlink)]
    public async Task BoundedJob_Finishes_WithItsResult()
    {
        var job = flink.Job("bounded");
        var seen = await ComesAsync(FlinkTopics.Job(job), o => o.Job.State == JobState.Finished);
        Assert.NotNull(seen.Job.EndTime);
        Assert.All(seen.Job.Vertices, v => Assert.Equal(TaskState.Finished, v.Status));
        Assert.Equal("SUCCEEDED", (await Rest.ExecutionResultAsync(At, job, default)).JobExecutionResult!.ApplicationStatus);
    }

    [RecordedFact(RecordingKind.RealFlink)]
    public async Task FailedCheckpoints_AreCounted_AndSayWhy()
    {
        var seen = await ComesAsync(FlinkTopics.Checkpoints(flink.Job("nostop")), c => c.Counts.Failed >= 2);
        Assert.Equal(0, seen.Counts.Completed);
        Assert.True(double.IsNaN(seen.Summary.StateSize.P50));
        Assert.Contains("Asynchronous task checkpoint failed", seen.Latest.Failed!.FailureMessage, StringComparison.Ordinal);
    }

    [RecordedFact(RecordingKind.RealFlink)]
    public async Task JobOf400Vertices_IsReadWhole()
    {
        // More subtasks than slots: it waits with its whole graph, and four hundred tasks do not slow the others down.
        await flink.SubmitAsync("manyvertices", 3, "--vertices", "400");
        var seen = await ComesAsync(FlinkTopics.Job(flink.Job("manyvertices")), o => o.Job.Vertices.Count >= 400 && o.Job.Vertices.Sum(v => v.Tasks.Total) >= 1_200);
        Assert.Equal(seen.Job.Vertices.Select(v => v.Id).Order(StringComparer.Ordinal), seen.Job.Plan.Nodes.Select(n => n.Id).Order(StringComparer.Ordinal));
        Assert.Equal(seen.Job.Vertices.Count - 1, seen.Job.Plan.Nodes.Sum(n => n.Inputs.Count));
        await flink.CancelAsync("manyvertices");
    }

    [RecordedFact(RecordingKind.RealFlink)]
    public async Task FlameGraph_ComesAfterItsFirstSample()
    {
        var (job, vertex) = (flink.Job("backpressure"), (await Rest.JobAsync(At, flink.Job("backpressure"), default)).Vertices[^1].Id);
        var seen = await ComesAsync(FlinkTopics.FlameGraph(job, vertex, FlameGraphKind.Full, null), f => f.Data is not null);
        Assert.True(seen.SampledAt > DateTimeOffset.UnixEpoch);
        Assert.Equal(seen.Data!.Value, seen.Data.Children.Sum(c => c.Value));
    }

    [RecordedFact(RecordingKind.RealFlink)]
    public async Task Errors_OfARealJobManager_AreSentences()
    {
        var none = new string('f', 32);
        var unknown = await Assert.ThrowsAsync<FlinkRestException>(() => Rest.JobAsync(At, none, default));
        Assert.True(unknown.IsAbsent);
        Assert.Equal($"Job {none} not found", unknown.Message);
        Assert.Contains("\tat ", unknown.Detail, StringComparison.Ordinal);
        var scheduler = await Assert.ThrowsAsync<FlinkRestException>(() => Rest.ResourceRequirementsAsync(At, flink.Job("steady"), default));
        Assert.StartsWith("The DefaultScheduler does not support", scheduler.Message, StringComparison.Ordinal);
        Assert.Equal("This file does not exist in JobManager log dir.", (await Assert.ThrowsAsync<FlinkRestException>(() => Rest.JobManagerLogAsync(At, "none.log", default))).Message);
    }

    private static List<FailureEntry> Planned(JobExceptions exceptions) => [.. exceptions.ExceptionHistory.Entries.Where(e => e.ExceptionName == "java.lang.IllegalStateException")];

    private async Task<T> ComesAsync<T>(FlinkTopic<T> topic, Func<T, bool> reached) where T : class
    {
        await Eventually.UntilAsync(changed => Feed.Watch(topic, changed), () => Feed.Now(topic).Value is { } value && reached(value), 90, () => $"{topic.Key}: {Feed.Now(topic)}");
        return Feed.Now(topic).Value!;
    }

    // The gateway's own way of asking by path, written back as JSON.
    private async Task<JsonElement> ThroughAsync(string path, Type type)
    {
        var read = typeof(FlinkRestApi).GetMethod("ReadAsync", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!.MakeGenericMethod(type);
        var task = (Task)read.Invoke(Rest, [At, path, CancellationToken.None])!;
        await task;
        return JsonSerializer.SerializeToElement(task.GetType().GetProperty("Result")!.GetValue(task), FlinkJson.Of(type));
    }
}
