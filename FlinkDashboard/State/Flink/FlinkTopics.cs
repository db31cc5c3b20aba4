using FlinkDashboard.Model.Flink;

namespace FlinkDashboard.State.Flink;

/// <summary>
/// The topics. Paces follow the caches inside Flink: the job graph is copied every 3 s, metrics are fetched every 10 s at most, so asking faster brings
/// nothing new.
/// </summary>
public static partial class FlinkTopics
{
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(15);

    /// <summary>Slots and jobs of the cluster.</summary>
    public static FlinkTopic<FlinkOverview> Overview { get; } = new("overview", Steady, (q, stop) => q.Api.OverviewAsync(q.From, stop));

    /// <summary>Version and switches.</summary>
    public static FlinkTopic<FlinkWebConfig> WebConfig { get; } = new("web-config", FlinkTopic.Once, (q, stop) => q.Api.WebConfigAsync(q.From, stop));

    /// <summary>All jobs of the cluster with task counts.</summary>
    public static FlinkTopic<JobsOverview> Jobs { get; } = new("jobs", Quick, (q, stop) => q.Api.JobsAsync(q.From, stop));

    /// <summary>One job: state, times, vertices with their sums, graph, and rates for all vertices at once.</summary>
    public static FlinkTopic<JobObservation> Job(string jobId) => new($"job/{jobId}", Quick, async (q, stop) =>
        JobObservation.Of(await q.Api.JobAsync(q.From, jobId, stop), q.Previous as JobObservation));

    /// <summary>Worst subtask, skew and rates of each vertex, one vertex at a time. Needs <see cref="Job"/> watched beside it.</summary>
    public static FlinkTopic<VertexLoads> Loads(string jobId) => new($"job/{jobId}/loads", TimeSpan.FromSeconds(1.5), async (q, stop) =>
    {
        var known = q.Previous as VertexLoads ?? VertexLoads.None;
        if (known.Next(q.Feed.Now(Job(jobId)).Value?.Job.Vertices.Select(v => v.Id) ?? []) is not { } vertex)
            return known;
        var metrics = await q.Api.SubtaskMetricsAsync(q.From, jobId, vertex, VertexLoad.Names, aggregates: null, stop);
        return known.With(vertex, VertexLoad.Of(metrics, q.Now), q.Now);
    })
    { After = Job(jobId).Key };

    /// <summary>Lowest watermark of each vertex that reads from others, one vertex at a time. Needs <see cref="Job"/> watched beside it.</summary>
    public static FlinkTopic<VertexWatermarks> LowWatermarks(string jobId) => new($"job/{jobId}/low-watermarks", TimeSpan.FromSeconds(4), async (q, stop) =>
    {
        var known = q.Previous as VertexWatermarks ?? VertexWatermarks.None;
        if (known.Next(q.Feed.Now(Job(jobId)).Value?.Job.Plan.Nodes.Where(n => n.Inputs.Count > 0).Select(n => n.Id) ?? []) is not { } vertex)
            return known;
        return known.With(vertex, await q.Api.WatermarksAsync(q.From, jobId, vertex, stop), q.Now);
    })
    { After = Job(jobId).Key };

    /// <summary>Failures, newest first.</summary>
    public static FlinkTopic<JobExceptions> Exceptions(string jobId) => new($"job/{jobId}/exceptions", Steady, (q, stop) => q.Api.ExceptionsAsync(q.From, jobId, 100, stop));

    /// <summary>Checkpoint statistics. Absent where checkpoints are off.</summary>
    public static FlinkTopic<CheckpointStatistics> Checkpoints(string jobId) => new($"job/{jobId}/checkpoints", Steady, (q, stop) => q.Api.CheckpointsAsync(q.From, jobId, stop));

    /// <summary>Checkpoint settings. Absent where checkpoints are off.</summary>
    public static FlinkTopic<CheckpointConfig> CheckpointConfig(string jobId) => new($"job/{jobId}/checkpoints/config", FlinkTopic.Once, (q, stop) => q.Api.CheckpointConfigAsync(q.From, jobId, stop));

    /// <summary>One checkpoint with its vertices.</summary>
    public static FlinkTopic<Checkpoint> Checkpoint(string jobId, long id) => new($"job/{jobId}/checkpoints/{id}", Steady, (q, stop) => q.Api.CheckpointAsync(q.From, jobId, id, stop));

    /// <summary>One vertex of a checkpoint with its subtasks.</summary>
    public static FlinkTopic<VertexCheckpoint> CheckpointSubtasks(string jobId, long id, string vertexId) =>
        new($"job/{jobId}/checkpoints/{id}/{vertexId}", Steady, (q, stop) => q.Api.CheckpointSubtasksAsync(q.From, jobId, id, vertexId, stop));

    /// <summary>What the program set.</summary>
    public static FlinkTopic<JobConfig> JobConfig(string jobId) => new($"job/{jobId}/config", FlinkTopic.Once, (q, stop) => q.Api.JobConfigAsync(q.From, jobId, stop));

    /// <summary>What user code counts.</summary>
    public static FlinkTopic<JobAccumulators> Accumulators(string jobId) => new($"job/{jobId}/accumulators", Steady, (q, stop) => q.Api.AccumulatorsAsync(q.From, jobId, stop));

    /// <summary>Bounds of parallelism by vertex. Refused (500) without the adaptive scheduler.</summary>
    public static FlinkTopic<IReadOnlyDictionary<string, VertexRequirement>> ResourceRequirements(string jobId) =>
        new($"job/{jobId}/requirements", Slow, (q, stop) => q.Api.ResourceRequirementsAsync(q.From, jobId, stop));

    /// <summary>Metrics of the job as a whole.</summary>
    public static FlinkTopic<FlinkMetrics> JobMetrics(string jobId, IReadOnlyList<string> names) =>
        new($"job/{jobId}/metrics?{string.Join(',', names)}", Steady, async (q, stop) => new(await q.Api.JobMetricsAsync(q.From, jobId, names, stop)));

    /// <summary>A vertex with its subtasks.</summary>
    public static FlinkTopic<VertexDetails> Vertex(string jobId, string vertexId) => new($"job/{jobId}/{vertexId}", Quick, (q, stop) => q.Api.VertexAsync(q.From, jobId, vertexId, stop));

    /// <summary>Its back pressure by subtask.</summary>
    public static FlinkTopic<BackPressure> BackPressure(string jobId, string vertexId) => new($"job/{jobId}/{vertexId}/backpressure", Steady, (q, stop) => q.Api.BackPressureAsync(q.From, jobId, vertexId, stop));

    /// <summary>Its watermarks by subtask.</summary>
    public static FlinkTopic<IReadOnlyList<Watermark>> Watermarks(string jobId, string vertexId) => new($"job/{jobId}/{vertexId}/watermarks", Steady, (q, stop) => q.Api.WatermarksAsync(q.From, jobId, vertexId, stop));

    /// <summary>Its subtasks by TaskManager.</summary>
    public static FlinkTopic<VertexTaskManagers> VertexTaskManagers(string jobId, string vertexId) =>
        new($"job/{jobId}/{vertexId}/taskmanagers", Steady, (q, stop) => q.Api.VertexTaskManagersAsync(q.From, jobId, vertexId, stop));

    /// <summary>When its subtasks entered their states.</summary>
    public static FlinkTopic<SubtaskTimes> SubtaskTimes(string jobId, string vertexId) => new($"job/{jobId}/{vertexId}/times", Steady, (q, stop) => q.Api.SubtaskTimesAsync(q.From, jobId, vertexId, stop));

    /// <summary>What its user code counts, by subtask.</summary>
    public static FlinkTopic<AllSubtaskAccumulators> SubtaskAccumulators(string jobId, string vertexId) =>
        new($"job/{jobId}/{vertexId}/accumulators", Steady, (q, stop) => q.Api.SubtaskAccumulatorsAsync(q.From, jobId, vertexId, stop));

    /// <summary>Stack samples of a vertex, or of one subtask.</summary>
    public static FlinkTopic<FlameGraph> FlameGraph(string jobId, string vertexId, FlameGraphKind kind, int? subtask) =>
        new($"job/{jobId}/{vertexId}/flamegraph/{kind}/{subtask}", Steady, (q, stop) => q.Api.FlameGraphAsync(q.From, jobId, vertexId, kind, subtask, stop));

    /// <summary>Names of the metrics of its subtasks, each with the subtask in front.</summary>
    public static FlinkTopic<FlinkMetrics> VertexMetricNames(string jobId, string vertexId) =>
        new($"job/{jobId}/{vertexId}/metrics", Slow, async (q, stop) => new(await q.Api.VertexMetricsAsync(q.From, jobId, vertexId, [], stop)));

    /// <summary>Some of them with values.</summary>
    public static FlinkTopic<FlinkMetrics> VertexMetrics(string jobId, string vertexId, IReadOnlyList<string> names) =>
        new($"job/{jobId}/{vertexId}/metrics?{string.Join(',', names)}", Steady, async (q, stop) => new(await q.Api.VertexMetricsAsync(q.From, jobId, vertexId, names, stop)));

    /// <summary>An earlier attempt of a subtask.</summary>
    public static FlinkTopic<Subtask> Attempt(string jobId, string vertexId, int subtask, int attempt) =>
        new($"job/{jobId}/{vertexId}/{subtask}/{attempt}", FlinkTopic.Once, (q, stop) => q.Api.AttemptAsync(q.From, jobId, vertexId, subtask, attempt, stop));
}
