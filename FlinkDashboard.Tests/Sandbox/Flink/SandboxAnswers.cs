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
        await OneAsync(shapes, "local:///opt/flink/jobs/steady.jar", 40, "execution.checkpointing.interval: 5 s", "rest.flamegraph.enabled: true", "jobmanager.scheduler: adaptive");
        await SessionAsync(shapes);
        return shapes;
    }

    private static async Task OneAsync(Dictionary<string, JsonShape> shapes, string jar, double seconds, params string[] settings)
    {
        var rest = new RestStage();
        rest.Stage.Deploy(jar, settings: settings);
        rest.Stage.Advance(seconds);
        await rest.AskAsync("POST", $"/jobs/{FlinkStage.Job}/savepoints", "{}");
        await AskAllAsync(shapes, rest);
        // Flame graphs need a first question, and some seconds.
        rest.Stage.Advance(6);
        await AskAllAsync(shapes, rest);
    }

    private static async Task SessionAsync(Dictionary<string, JsonShape> shapes)
    {
        var rest = new RestStage();
        rest.Stage.Deploy("", "orders", args: ["bash", "-c", "kubernetes-jobmanager.sh kubernetes-session "], settings: ["parallelism.default: 1"]);
        rest.Stage.Advance(8);
        Note(shapes, "/jars", await rest.GetAsync("/jars"));
        foreach (var (name, bytes) in new[] { ("steady.jar", "PK"), ("garbage.jar", "no jar") })
            await rest.AskAsync("POST", "/jars/upload", $"--x\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\"{name}\"\r\n\r\n{bytes}\r\n--x--\r\n");
        var jars = await rest.GetAsync("/jars");
        Note(shapes, "/jars", jars);
        var path = $"/jars/{jars["files"]![1]!["id"]}/plan";
        Note(shapes, path, await rest.GetAsync(path + "?programArg=--rate,500&parallelism=2"));
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
            Note(shapes, path, body);
        }
    }

    private static void Note(Dictionary<string, JsonShape> shapes, string path, System.Text.Json.Nodes.JsonNode? body)
    {
        var endpoint = RecordedFlinkRestTests.Endpoint(path);
        if (!shapes.TryGetValue(endpoint, out var shape))
            shapes[endpoint] = shape = new JsonShape();
        shape.Add(body);
    }

    public static IEnumerable<string> Paths(FlinkCluster cluster, FlinkJob job)
    {
        string[] plain = ["/config", "/overview", "/jobs", "/jobs/overview", "/taskmanagers", "/jobmanager/config", "/jobmanager/environment", "/jobmanager/metrics", "/jobmanager/metrics?get=taskSlotsTotal", "/datasets", "/jobs/metrics", "/jobs/metrics?get=uptime&agg=min,max,avg,sum", "/taskmanagers/metrics", "/taskmanagers/metrics?get=Status.JVM.CPU.Load", "/jobmanager/logs", "/jobmanager/thread-dump"];
        string[] ofJob = ["", "/status", "/plan", "/config", "/execution-result", "/exceptions", "/checkpoints", "/checkpoints/config", "/metrics", "/metrics?get=uptime,lastCheckpointExternalPath", "/resource-requirements", "/accumulators", "/accumulators?includeSerializedValue=true", "/jobmanager/config", "/jobmanager/environment", "/jobmanager/log-url"];
        string[] ofVertex =
        [
            "", "/subtasktimes", "/taskmanagers", "/backpressure", "/watermarks", "/accumulators", "/flamegraph", "/jm-operator-metrics", "/metrics", "/metrics?get=0.numRecordsOut,0.busyTimeMsPerSecond", "/subtasks/accumulators", "/subtasks/metrics", "/subtasks/metrics?get=numRecordsIn",
            "/subtasks/0", "/subtasks/0/metrics", "/subtasks/0/metrics?get=numRecordsIn", "/subtasks/0/attempts/0", "/subtasks/0/attempts/0/accumulators",
        ];
        string[] ofTaskManager = ["", "/logs", "/metrics", "/metrics?get=Status.JVM.CPU.Load", "/thread-dump"];
        return
        [
            .. plain,
            .. ofJob.Select(p => $"/jobs/{job.Id}{p}"),
            .. job.Vertices.SelectMany(v => ofVertex.Select(p => $"/jobs/{job.Id}/vertices/{v.Id}{p}")),
            .. job.Checkpoints?.History.Select(c => $"/jobs/{job.Id}/checkpoints/details/{c.Id}") ?? [],
            .. job.Checkpoints?.History.SelectMany(c => job.Vertices.Select(v => $"/jobs/{job.Id}/checkpoints/details/{c.Id}/subtasks/{v.Id}")) ?? [],
            .. cluster.TaskManagers.SelectMany(t => ofTaskManager.Select(p => $"/taskmanagers/{t.Id}{p}")),
            .. cluster.TaskManagers.Select(t => $"/jobs/{job.Id}/taskmanagers/{t.Id}/log-url"),
        ];
    }
}
