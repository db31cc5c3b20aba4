using System.Text.Json;
using FlinkDashboard.Gateways.FlinkRest;
using FlinkDashboard.Model.Flink;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Gateways.FlinkRest;

/// <summary>One recorded request and its answer.</summary>
/// <param name="Source">File, and line in it.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path and query.</param>
/// <param name="Status">HTTP code.</param>
/// <param name="Body">The body.</param>
public sealed record RecordedAnswer(string Source, string Method, string Path, int Status, JsonElement Body)
{
    /// <summary>What each endpoint's answer is read as.</summary>
    public static readonly IReadOnlyDictionary<string, Type> Types = new Dictionary<string, Type>
    {
        ["/overview"] = typeof(FlinkOverview),
        ["/config"] = typeof(FlinkWebConfig),
        ["/jobs"] = typeof(JobIdList),
        ["/jobs/overview"] = typeof(JobsOverview),
        ["/jobs/metrics"] = typeof(IReadOnlyList<AggregatedMetric>),
        ["/jobs/{jobid}"] = typeof(JobDetails),
        ["/jobs/{jobid}/status"] = typeof(JobStatusAnswer),
        ["/jobs/{jobid}/plan"] = typeof(JobPlanAnswer),
        ["/jobs/{jobid}/config"] = typeof(JobConfig),
        ["/jobs/{jobid}/exceptions"] = typeof(JobExceptions),
        ["/jobs/{jobid}/accumulators"] = typeof(JobAccumulators),
        ["/jobs/{jobid}/execution-result"] = typeof(ExecutionResultAnswer),
        ["/jobs/{jobid}/metrics"] = typeof(IReadOnlyList<MetricValue>),
        ["/jobs/{jobid}/resource-requirements"] = typeof(IReadOnlyDictionary<string, VertexRequirement>),
        ["/jobs/{jobid}/checkpoints"] = typeof(CheckpointStatistics),
        ["/jobs/{jobid}/checkpoints/config"] = typeof(CheckpointConfig),
        ["/jobs/{jobid}/checkpoints/{triggerid}"] = typeof(AsyncOperation),
        ["/jobs/{jobid}/checkpoints/details/{checkpointid}"] = typeof(Checkpoint),
        ["/jobs/{jobid}/checkpoints/details/{checkpointid}/subtasks/{vertexid}"] = typeof(VertexCheckpoint),
        ["/jobs/{jobid}/savepoints/{triggerid}"] = typeof(AsyncOperation),
        ["/jobs/{jobid}/jobmanager/config"] = typeof(IReadOnlyList<ConfigEntry>),
        ["/jobs/{jobid}/jobmanager/environment"] = typeof(FlinkEnvironment),
        ["/jobs/{jobid}/jobmanager/log-url"] = typeof(LogUrl),
        ["/jobs/{jobid}/taskmanagers/{taskmanagerid}/log-url"] = typeof(LogUrl),
        ["/jobs/{jobid}/vertices/{vertexid}"] = typeof(VertexDetails),
        ["/jobs/{jobid}/vertices/{vertexid}/subtasktimes"] = typeof(SubtaskTimes),
        ["/jobs/{jobid}/vertices/{vertexid}/taskmanagers"] = typeof(VertexTaskManagers),
        ["/jobs/{jobid}/vertices/{vertexid}/backpressure"] = typeof(BackPressure),
        ["/jobs/{jobid}/vertices/{vertexid}/watermarks"] = typeof(IReadOnlyList<MetricValue>),
        ["/jobs/{jobid}/vertices/{vertexid}/accumulators"] = typeof(VertexAccumulators),
        ["/jobs/{jobid}/vertices/{vertexid}/flamegraph"] = typeof(FlameGraph),
        ["/jobs/{jobid}/vertices/{vertexid}/metrics"] = typeof(IReadOnlyList<MetricValue>),
        ["/jobs/{jobid}/vertices/{vertexid}/jm-operator-metrics"] = typeof(IReadOnlyList<MetricValue>),
        ["/jobs/{jobid}/vertices/{vertexid}/subtasks/accumulators"] = typeof(AllSubtaskAccumulators),
        ["/jobs/{jobid}/vertices/{vertexid}/subtasks/metrics"] = typeof(IReadOnlyList<AggregatedMetric>),
        ["/jobs/{jobid}/vertices/{vertexid}/subtasks/{subtaskindex}"] = typeof(Subtask),
        ["/jobs/{jobid}/vertices/{vertexid}/subtasks/{subtaskindex}/metrics"] = typeof(IReadOnlyList<MetricValue>),
        ["/jobs/{jobid}/vertices/{vertexid}/subtasks/{subtaskindex}/attempts/{attempt}"] = typeof(Subtask),
        ["/jobs/{jobid}/vertices/{vertexid}/subtasks/{subtaskindex}/attempts/{attempt}/accumulators"] = typeof(SubtaskAccumulators),
        ["/jobmanager/config"] = typeof(IReadOnlyList<ConfigEntry>),
        ["/jobmanager/environment"] = typeof(FlinkEnvironment),
        ["/jobmanager/metrics"] = typeof(IReadOnlyList<MetricValue>),
        ["/jobmanager/logs"] = typeof(LogFiles),
        ["/jobmanager/logs/{filename}"] = typeof(LogText),
        ["/jobmanager/log"] = typeof(LogText),
        ["/jobmanager/stdout"] = typeof(LogText),
        ["/jobmanager/thread-dump"] = typeof(ThreadDump),
        ["/jobmanager/profiler"] = typeof(ProfilingList),
        ["/taskmanagers"] = typeof(TaskManagerList),
        ["/taskmanagers/metrics"] = typeof(IReadOnlyList<AggregatedMetric>),
        ["/taskmanagers/{taskmanagerid}"] = typeof(TaskManagerDetails),
        ["/taskmanagers/{taskmanagerid}/metrics"] = typeof(IReadOnlyList<MetricValue>),
        ["/taskmanagers/{taskmanagerid}/logs"] = typeof(LogFiles),
        ["/taskmanagers/{taskmanagerid}/logs/{filename}"] = typeof(LogText),
        ["/taskmanagers/{taskmanagerid}/log"] = typeof(LogText),
        ["/taskmanagers/{taskmanagerid}/stdout"] = typeof(LogText),
        ["/taskmanagers/{taskmanagerid}/thread-dump"] = typeof(ThreadDump),
        ["/taskmanagers/{taskmanagerid}/profiler"] = typeof(ProfilingList),
        ["/savepoint-disposal/{triggerid}"] = typeof(AsyncOperation),
    };

    /// <summary>Reads that Flink answers and this dashboard never asks, with the reason.</summary>
    public static readonly IReadOnlyDictionary<string, string> NeverAsked = new Dictionary<string, string>
    {
        ["/jars"] = "no jar endpoints",
        ["/datasets"] = "cached data sets of batch programs",
        ["/jobs/nothex"] = "no job id",
        ["/nothing/here"] = "no endpoint at all",
    };

    /// <summary>Template of the endpoint, or null when it is not on the allow-list. Query keys that only serve old clients do not matter here.</summary>
    public string? Endpoint => FlinkPaths.All.Where(p => p.Matches(Path.Split('?')[0][1..].Split('/'))).MinBy(p => p.Parameters)?.Template;

    /// <summary>Of the REST recordings, one file each.</summary>
    public static IEnumerable<RecordedAnswer> OfFiles() =>
        from file in Directory.EnumerateFiles(Repository.RecordedFlinkRest!, "*__*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        let json = JsonDocument.Parse(File.ReadAllText(file)).RootElement
        let request = json.GetProperty("request")
        select new RecordedAnswer(System.IO.Path.GetFileName(file), request.GetProperty("method").GetString()!, request.GetProperty("path").GetString()!, json.GetProperty("status").GetInt32(), json.GetProperty("body"));

    /// <summary>Of a scenario's rest.jsonl.</summary>
    public static IEnumerable<RecordedAnswer> OfScenario(string scenario)
    {
        var file = System.IO.Path.Combine(Recording.Folder(scenario), "rest.jsonl");
        return !File.Exists(file) ? [] :
            from line in File.ReadLines(file).Index()
            let json = JsonDocument.Parse(line.Item).RootElement
            select new RecordedAnswer($"{scenario}:{line.Index + 1}", "GET", json.GetProperty("path").GetString()!, json.GetProperty("status").GetInt32(), json.GetProperty("body"));
    }
}
