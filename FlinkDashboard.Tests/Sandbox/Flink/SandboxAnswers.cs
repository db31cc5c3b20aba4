using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Tests.Sandbox.Flink;

/// <summary>Keys and types of the sandbox's own answers, by endpoint, over all situations that recordings show.</summary>
internal static class SandboxAnswers
{
    private const string StateMachine = "local:///opt/flink/examples/streaming/StateMachineExample.jar";
    private static readonly Lazy<Task<IReadOnlyDictionary<string, JsonShape>>> Answers = new(CollectAsync);

    public static Task<IReadOnlyDictionary<string, JsonShape>> AllAsync() => Answers.Value;

    private static async Task<IReadOnlyDictionary<string, JsonShape>> CollectAsync()
    {
        var shapes = new Dictionary<string, JsonShape>();
        await StartAndSavepointAsync(shapes);
        await OneAsync(shapes, "local:///opt/flink/jobs/failing.jar", 30, "$internal.application.program-args: --fail-forever", "restart-strategy.type: fixed-delay", "execution.checkpointing.interval: 5 s");
        await OneAsync(shapes, "local:///opt/flink/jobs/failing.jar", 18, "$internal.application.program-args: --every;5", "execution.checkpointing.interval: 2 s");
        await OneAsync(shapes, "local:///opt/flink/jobs/bounded.jar", 30, "$internal.application.program-args: --seconds;5");
        await OneAsync(shapes, "local:///opt/flink/jobs/backpressure.jar", 40, "execution.checkpointing.interval: 5 s");
        await OneAsync(shapes, "local:///opt/flink/jobs/nostop.jar", 40, "execution.checkpointing.interval: 2 s");
        await OneAsync(shapes, "local:///opt/flink/jobs/nostop.jar", 20, "$internal.application.program-args: --mode;slow", "execution.checkpointing.interval: 2 s");
        return shapes;
    }

    private static async Task OneAsync(Dictionary<string, JsonShape> shapes, string jar, double seconds, params string[] settings)
    {
        var rest = new RestStage();
        rest.Stage.Deploy(jar, settings: settings);
        rest.Stage.Advance(seconds);
        await rest.AskAsync("POST", $"/jobs/{FlinkStage.Job}/savepoints", "{}");
        await AskAllAsync(shapes, rest);
    }

    private static async Task StartAndSavepointAsync(Dictionary<string, JsonShape> shapes)
    {
        var rest = new RestStage();
        rest.Stage.Deploy(StateMachine);
        for (var i = 0; i < 14; i++)
        {
            rest.Stage.Advance(2);
            if (rest.Stage.World.Flink.Find(FlinkStage.Namespace, "orders")?.Job(FlinkStage.Job) is not null)
                await AskAllAsync(shapes, rest);
        }
        var cluster = rest.Stage.Cluster();
        string[] triggers =
        [
            $"/jobs/{FlinkStage.Job}/savepoints/{cluster.TriggerSavepoint(FlinkStage.Job, null)}",
            $"/jobs/{FlinkStage.Job}/savepoints/{cluster.TriggerSavepoint(FlinkStage.Job, "file:///proc/none")}",
            $"/jobs/{FlinkStage.Job}/checkpoints/{cluster.TriggerCheckpoint(FlinkStage.Job)}",
            $"/savepoint-disposal/{cluster.DisposeSavepoint("file:///none")}",
        ];
        await AskAllAsync(shapes, rest, triggers);
        rest.Stage.Advance(2);
        await AskAllAsync(shapes, rest, triggers);
        rest.Stage.Delete("orders-taskmanager-1-1");
        rest.Stage.Advance(0.5);
        var declined = $"/jobs/{FlinkStage.Job}/checkpoints/{cluster.TriggerCheckpoint(FlinkStage.Job)}";
        await AskAllAsync(shapes, rest, declined);
        rest.Stage.Advance(8);
        await AskAllAsync(shapes, rest);
        cluster.Cancel(FlinkStage.Job);
        await AskAllAsync(shapes, rest);
        rest.Stage.Advance(1);
        await AskAllAsync(shapes, rest);
    }

    private static async Task AskAllAsync(Dictionary<string, JsonShape> shapes, RestStage rest, params string[] more)
    {
        var cluster = rest.Stage.Cluster();
        var job = cluster.Job(FlinkStage.Job)!;
        foreach (var path in Paths(cluster, job).Concat(more))
        {
            var (status, body) = await rest.AskAsync("GET", path);
            if (status != 200)
                continue;
            var endpoint = RecordedFlinkRestTests.Endpoint(path);
            if (!shapes.TryGetValue(endpoint, out var shape))
                shapes[endpoint] = shape = new JsonShape();
            shape.Add(body);
        }
    }

    private static IEnumerable<string> Paths(FlinkCluster cluster, FlinkJob job)
    {
        string[] plain = ["/config", "/overview", "/jobs", "/jobs/overview", "/taskmanagers", "/jobmanager/config", "/jobmanager/environment", "/jobmanager/metrics", "/jobmanager/metrics?get=taskSlotsTotal", "/datasets"];
        string[] ofJob = ["", "/status", "/plan", "/config", "/execution-result", "/exceptions", "/checkpoints", "/checkpoints/config", "/metrics", "/metrics?get=uptime,lastCheckpointExternalPath", "/resource-requirements"];
        string[] ofVertex = ["", "/subtasktimes", "/taskmanagers", "/backpressure", "/watermarks"];
        return
        [
            .. plain,
            .. ofJob.Select(p => $"/jobs/{job.Id}{p}"),
            .. job.Vertices.SelectMany(v => ofVertex.Select(p => $"/jobs/{job.Id}/vertices/{v.Id}{p}")),
            .. job.Checkpoints?.History.Select(c => $"/jobs/{job.Id}/checkpoints/details/{c.Id}") ?? [],
            .. cluster.TaskManagers.Select(t => $"/taskmanagers/{t.Id}"),
        ];
    }
}
