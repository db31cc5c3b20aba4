using System.Text.Json.Nodes;

namespace FlinkDashboard.Tests.Sandbox.Flink;

public sealed class FlinkRestTests
{
    private const string StateMachine = "local:///opt/flink/examples/streaming/StateMachineExample.jar";

    private readonly RestStage _rest = new();

    private async Task<string> ErrorAsync(string method, string path, int status, string? body = null)
    {
        var answer = await _rest.AskAsync(method, path, body);
        Assert.Equal(status, answer.Status);
        return (string)answer.Body!["errors"]![0]!;
    }

    private void Run(string jar = StateMachine, params string[] settings)
    {
        _rest.Stage.Deploy(jar, settings: settings);
        _rest.Stage.Advance(25);
    }

    [Fact]
    public async Task Port_WhileTheProcessStarts_IsClosedThenUnavailableThenOpen()
    {
        _rest.Stage.Deploy(StateMachine);
        _rest.Stage.Advance(2);
        Assert.Equal(0, (await _rest.AskAsync("GET", "/config")).Status);
        _rest.Stage.Advance(2.5);
        Assert.StartsWith("Service temporarily unavailable", await ErrorAsync("GET", "/config", 503));
        _rest.Stage.Advance(2);
        Assert.Equal("cb1e7b5 @ 2025-01-28T23:32:02+01:00", (string)(await _rest.GetAsync("/v1/config"))["flink-revision"]!);
    }

    [Fact]
    public async Task Overview_OfRunningJob_CountsItsTasks()
    {
        Run();
        var job = (await _rest.GetAsync("/jobs/overview"))["jobs"]![0]!;
        Assert.Equal("RUNNING", (string)job["state"]!);
        Assert.Equal(4, (int)job["tasks"]!["running"]!);
        Assert.Equal(-1, (int)job["end-time"]!);
        var overview = await _rest.GetAsync("/overview");
        Assert.Equal((1, 2, 0), ((int)overview["taskmanagers"]!, (int)overview["slots-total"]!, (int)overview["slots-available"]!));
    }

    [Fact]
    public async Task Details_OfRunningJob_HaveVerticesInOrderAndPlanFromTheSink()
    {
        Run();
        var job = await _rest.GetAsync($"/jobs/{FlinkStage.Job}");
        Assert.Equal("Source: Events Generator Source", (string)job["vertices"]![0]!["name"]!);
        Assert.Equal("Flat Map<br/>+- Sink: Print to Std. Out<br/>", (string)job["plan"]!["nodes"]![0]!["description"]!);
        Assert.Equal("bc764cd8ddf7a0cff126f51c16239658", (string)job["plan"]!["nodes"]![0]!["inputs"]![0]!["id"]!);
        Assert.Equal(2, (int)job["status-counts"]!["RUNNING"]!);
    }

    [Fact]
    public async Task Savepoint_OverRest_GoesFromInProgressToItsLocation()
    {
        Run();
        var (status, body) = await _rest.AskAsync("POST", $"/jobs/{FlinkStage.Job}/savepoints", """{"target-directory":"file:///flink-data/savepoints","cancel-job":false}""");
        Assert.Equal(202, status);
        var path = $"/jobs/{FlinkStage.Job}/savepoints/{body!["request-id"]}";
        var running = await _rest.GetAsync(path);
        Assert.Equal("IN_PROGRESS", (string)running["status"]!["id"]!);
        Assert.Null(running["operation"]);
        _rest.Stage.Advance(1);
        Assert.StartsWith("file:/flink-data/savepoints/savepoint-855959-", (string)(await _rest.GetAsync(path))["operation"]!["location"]!);
    }

    [Fact]
    public async Task Savepoint_ThatFails_IsCompletedWithAFailureCause()
    {
        Run();
        var (_, body) = await _rest.AskAsync("POST", $"/jobs/{FlinkStage.Job}/savepoints", """{"target-directory":"file:///proc/none"}""");
        var answer = await _rest.GetAsync($"/jobs/{FlinkStage.Job}/savepoints/{body!["request-id"]}");
        Assert.Equal("COMPLETED", (string)answer["status"]!["id"]!);
        Assert.Equal("java.util.concurrent.CompletionException", (string)answer["operation"]!["failure-cause"]!["class"]!);
    }

    [Fact]
    public async Task Stop_OverRest_FinishesTheJob()
    {
        Run();
        Assert.Equal(202, (await _rest.AskAsync("POST", $"/jobs/{FlinkStage.Job}/stop", """{"targetDirectory":"file:///flink-data/savepoints","drain":false}""")).Status);
        _rest.Stage.Advance(1);
        Assert.Equal("FINISHED", (string)(await _rest.GetAsync($"/jobs/{FlinkStage.Job}/status"))["status"]!);
        Assert.Equal("SUCCEEDED", (string)(await _rest.GetAsync($"/jobs/{FlinkStage.Job}/execution-result"))["job-execution-result"]!["application-status"]!);
        Assert.Contains("another terminal state (FINISHED)", await ErrorAsync("PATCH", $"/jobs/{FlinkStage.Job}?mode=cancel", 409));
    }

    [Fact]
    public async Task Requests_ThatAreWrong_GetTheRecordedErrors()
    {
        Run();
        var none = new string('f', 32);
        Assert.StartsWith($"org.apache.flink.runtime.rest.NotFoundException: Job {none} not found\n\tat ", await ErrorAsync("GET", $"/jobs/{none}", 404));
        Assert.Contains("Cannot resolve path parameter (jobid) from value \"nothex\"", await ErrorAsync("GET", "/jobs/nothex", 400));
        Assert.Equal("Unable to load requested file /nothing/here.", await ErrorAsync("GET", "/nothing/here", 404));
        Assert.Equal("Internal server error.", await ErrorAsync("GET", $"/jobs/{none}/status", 500));
        Assert.Contains("Job could not be found.", await ErrorAsync("PATCH", $"/jobs/{none}?mode=cancel", 404));
        Assert.Contains("Request did not match expected format StopWithSavepointRequestBody.", await ErrorAsync("POST", $"/jobs/{FlinkStage.Job}/stop", 400, """{"drain":"maybe"}"""));
        Assert.Contains("does not support changing the parallelism", (string)(await _rest.AskAsync("PUT", $"/jobs/{FlinkStage.Job}/resource-requirements", "{}")).Body!["errors"]![1]!);
    }

    [Fact]
    public async Task Rescale_WithAdaptiveScheduler_RestartsWithTheNewParallelism()
    {
        Run("local:///opt/flink/jobs/steady.jar", "jobmanager.scheduler: adaptive", "execution.checkpointing.interval: 5 s");
        var job = _rest.Stage.Cluster().Job(FlinkStage.Job)!;
        var body = new JsonObject(job.Vertices.Select(v => KeyValuePair.Create(v.Id, JsonNode.Parse("""{"parallelism":{"lowerBound":1,"upperBound":3}}"""))));
        Assert.Equal(200, (await _rest.AskAsync("PUT", $"/jobs/{FlinkStage.Job}/resource-requirements", body.ToJsonString())).Status);
        _rest.Stage.Advance(8);
        Assert.True(job.AllTasksRunning);
        Assert.All(job.Vertices, v => Assert.Equal(3, v.Parallelism));
        Assert.Equal(2, _rest.Stage.Cluster().TaskManagers.Count);
    }

    [Fact]
    public async Task BackPressure_OfABackpressuredJob_IsHighBeforeTheSlowVertex()
    {
        Run("local:///opt/flink/jobs/backpressure.jar");
        var job = _rest.Stage.Cluster().Job(FlinkStage.Job)!;
        Assert.Equal("high", (string)(await _rest.GetAsync($"/jobs/{FlinkStage.Job}/vertices/{job.Vertices[1].Id}/backpressure"))["backpressureLevel"]!);
        Assert.Equal("ok", (string)(await _rest.GetAsync($"/jobs/{FlinkStage.Job}/vertices/{job.Vertices[2].Id}/backpressure"))["backpressureLevel"]!);
        Assert.Equal("deprecated", (string)(await _rest.GetAsync($"/jobs/{FlinkStage.Job}/vertices/{new string('0', 32)}/backpressure"))["status"]!);
    }

    [Fact]
    public async Task Metrics_OfSubtasks_AreAggregatedOrMissingAltogether()
    {
        Run("local:///opt/flink/jobs/steady.jar");
        var vertex = _rest.Stage.Cluster().Job(FlinkStage.Job)!.Vertices[1].Id;
        var answer = await _rest.GetAsync($"/jobs/{FlinkStage.Job}/vertices/{vertex}/subtasks/metrics?get=numRecordsInPerSecond&agg=sum,max");
        Assert.InRange((double)answer[0]!["sum"]!, 1900, 2100);
        Assert.Empty((await _rest.GetAsync($"/jobs/{FlinkStage.Job}/vertices/{vertex}/subtasks/metrics?get=numRecordsInPerSecond,nothing")).AsArray());
    }

    [Fact]
    public async Task Secrets_InConfiguration_AreMasked()
    {
        Run(StateMachine, "s3.secret-key: hunter2");
        var entry = (await _rest.GetAsync("/jobmanager/config")).AsArray().Single(c => (string)c!["key"]! == "s3.secret-key");
        Assert.Equal("******", (string)entry!["value"]!);
    }
}
