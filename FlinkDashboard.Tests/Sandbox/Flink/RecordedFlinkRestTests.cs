using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Sandbox.Flink;

/// <summary>
/// Whatever key and type a real JobManager answered, the sandbox answers in some situation, and it answers no key that a real one never
/// did. Situations: running, restarted, restored, failed, finished, cancelled, with savepoints, back pressure, failing checkpoints.
/// </summary>
public sealed partial class RecordedFlinkRestTests
{
    private static readonly string[] Served =
    [
        "/config", "/overview", "/jobs", "/jobs/overview", "/jobs/:id", "/jobs/:id/status", "/jobs/:id/plan", "/jobs/:id/config", "/jobs/:id/execution-result",
        "/jobs/:id/exceptions", "/jobs/:id/checkpoints", "/jobs/:id/checkpoints/config", "/jobs/:id/checkpoints/details/:n", "/jobs/:id/checkpoints/:id", "/jobs/:id/savepoints/:id", "/savepoint-disposal/:id",
        "/jobs/:id/vertices/:id", "/jobs/:id/vertices/:id/subtasktimes", "/jobs/:id/vertices/:id/taskmanagers", "/jobs/:id/vertices/:id/backpressure", "/jobs/:id/vertices/:id/watermarks",
        "/taskmanagers", "/taskmanagers/:tm", "/jobmanager/config", "/jobmanager/environment", "/jobmanager/metrics", "/jobs/:id/metrics", "/jobs/:id/resource-requirements", "/datasets",
        "/jobs/metrics", "/taskmanagers/metrics", "/jobs/:id/accumulators", "/jobs/:id/checkpoints/details/:n/subtasks/:id", "/jobs/:id/jobmanager/config", "/jobs/:id/jobmanager/environment", "/jobs/:id/jobmanager/log-url", "/jobs/:id/taskmanagers/:tm/log-url",
        "/jobs/:id/vertices/:id/accumulators", "/jobs/:id/vertices/:id/flamegraph", "/jobs/:id/vertices/:id/jm-operator-metrics", "/jobs/:id/vertices/:id/metrics", "/jobs/:id/vertices/:id/subtasks/accumulators", "/jobs/:id/vertices/:id/subtasks/metrics",
        "/jobs/:id/vertices/:id/subtasks/:n", "/jobs/:id/vertices/:id/subtasks/:n/metrics", "/jobs/:id/vertices/:id/subtasks/:n/attempts/:n", "/jobs/:id/vertices/:id/subtasks/:n/attempts/:n/accumulators",
        "/jobmanager/logs", "/jobmanager/thread-dump", "/taskmanagers/:tm/logs", "/taskmanagers/:tm/metrics", "/taskmanagers/:tm/thread-dump", "/jars", "/jars/:jar/plan",
    ];

    /// <summary>Recorded reads that answer text, not JSON, or nothing at all.</summary>
    private static readonly string[] NoJson = ["/jobmanager/log", "/jobmanager/stdout", "/jobmanager/logs/:file", "/taskmanagers/:tm/log", "/taskmanagers/:tm/stdout", "/taskmanagers/:tm/logs/:file"];

    [RecordedFact(RecordingKind.FlinkRest)]
    public void EveryRecordedRead_IsCompared() => Assert.Empty(RestAnswers().Select(a => a.Endpoint).Distinct().Except(Served).Except(NoJson));

    public static TheoryData<string> Endpoints => [.. Served];

    [RecordedTheory]
    [MemberData(nameof(Endpoints))]
    public async Task Answers_OfTheScenarios_HaveNothingThatTheSandboxLacks(string endpoint)
    {
        var sandbox = (await SandboxAnswers.AllAsync()).GetValueOrDefault(endpoint) ?? throw new InvalidOperationException($"The stage never asks {endpoint}.");
        var recorded = Shape(Scenarios().Where(a => a.Endpoint == endpoint));
        Assert.Empty(sandbox.Missing(recorded));
    }

    [RecordedTheory(RecordingKind.FlinkRest)]
    [MemberData(nameof(Endpoints))]
    public async Task Answers_OfTheRestRecordings_HaveTheSandboxsKeysAndTypes(string endpoint)
    {
        var sandbox = (await SandboxAnswers.AllAsync())[endpoint];
        var recorded = Shape(RestAnswers().Concat(Scenarios()).Where(a => a.Endpoint == endpoint));
        Assert.NotEmpty(recorded.Kinds);
        Assert.Empty(sandbox.Missing(recorded));
        Assert.Empty(recorded.Missing(sandbox, emptySaysNothing: true));
    }

    private static JsonShape Shape(IEnumerable<(string Endpoint, JsonNode? Body)> answers) => answers.Aggregate(new JsonShape(), (shape, a) => shape.Add(a.Body));

    private static IEnumerable<(string Endpoint, JsonNode? Body)> Scenarios() =>
        from scenario in Repository.Scenarios
        let file = Path.Combine(scenario, "rest.jsonl")
        where File.Exists(file)
        from line in File.ReadLines(file)
        let answer = JsonNode.Parse(line)!
        where (int)answer["status"]! == 200
        select (Endpoint((string)answer["path"]!), answer["body"]);

    private static IEnumerable<(string Endpoint, JsonNode? Body)> RestAnswers() =>
        from file in Directory.EnumerateFiles(Repository.RecordedFlinkRest!, "GET__*.json", SearchOption.AllDirectories)
        let answer = JsonNode.Parse(File.ReadAllText(file))!
        where (int)answer["status"]! == 200
        select (Endpoint((string)answer["request"]!["path"]!), answer["body"]);

    internal static string Endpoint(string path)
    {
        var plain = Jar().Replace(Id().Replace(path.Split('?')[0], ":id"), "/jars/:jar");
        return LogName().Replace(TaskManager().Replace(Number().Replace(plain, "/$1/:n"), "/taskmanagers/:tm"), "/logs/:file");
    }

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex Id();

    [GeneratedRegex("/(details|subtasks|attempts)/[0-9]+(?=/|$)")]
    private static partial Regex Number();

    [GeneratedRegex("/taskmanagers/(?!metrics$)[a-z0-9][^/]*(?=/|$)")]
    private static partial Regex TaskManager();

    [GeneratedRegex("/jars/[0-9a-f-]{36}_[^/]+")]
    private static partial Regex Jar();

    [GeneratedRegex("/logs/[^/]+$")]
    private static partial Regex LogName();
}
