using FlinkDashboard.Model.Flink;

namespace FlinkDashboard.Gateways.FlinkRest;

public sealed partial class FlinkRestApi
{
    /// <summary>A vertex with its subtasks.</summary>
    public Task<VertexDetails> VertexAsync(JobManagerAddress from, string jobId, string vertexId, CancellationToken stop) => ReadAsync<VertexDetails>(from, Vertex(jobId, vertexId), stop);

    /// <summary>When its subtasks entered their states.</summary>
    public Task<SubtaskTimes> SubtaskTimesAsync(JobManagerAddress from, string jobId, string vertexId, CancellationToken stop) => ReadAsync<SubtaskTimes>(from, Vertex(jobId, vertexId) + "/subtasktimes", stop);

    /// <summary>Its subtasks by TaskManager.</summary>
    public Task<VertexTaskManagers> VertexTaskManagersAsync(JobManagerAddress from, string jobId, string vertexId, CancellationToken stop) =>
        ReadAsync<VertexTaskManagers>(from, Vertex(jobId, vertexId) + "/taskmanagers", stop);

    /// <summary>Its back pressure. The first answer has no numbers: see <see cref="BackPressure"/>.</summary>
    public Task<BackPressure> BackPressureAsync(JobManagerAddress from, string jobId, string vertexId, CancellationToken stop) => ReadAsync<BackPressure>(from, Vertex(jobId, vertexId) + "/backpressure", stop);

    /// <summary>Its watermarks by subtask; none for sources.</summary>
    public async Task<IReadOnlyList<Watermark>> WatermarksAsync(JobManagerAddress from, string jobId, string vertexId, CancellationToken stop) =>
        Watermark.Of(await ReadAsync<IReadOnlyList<MetricValue>>(from, Vertex(jobId, vertexId) + "/watermarks", stop));

    /// <summary>What its user code counts.</summary>
    public Task<VertexAccumulators> VertexAccumulatorsAsync(JobManagerAddress from, string jobId, string vertexId, CancellationToken stop) =>
        ReadAsync<VertexAccumulators>(from, Vertex(jobId, vertexId) + "/accumulators", stop);

    /// <summary>The same by subtask.</summary>
    public Task<AllSubtaskAccumulators> SubtaskAccumulatorsAsync(JobManagerAddress from, string jobId, string vertexId, CancellationToken stop) =>
        ReadAsync<AllSubtaskAccumulators>(from, Vertex(jobId, vertexId) + "/subtasks/accumulators", stop);

    /// <summary>Stack samples. The first answer says that sampling has begun: see <see cref="FlameGraph"/>.</summary>
    public Task<FlameGraph> FlameGraphAsync(JobManagerAddress from, string jobId, string vertexId, FlameGraphKind kind, int? subtask, CancellationToken stop)
    {
        var type = kind switch { FlameGraphKind.OnCpu => "on_cpu", FlameGraphKind.OffCpu => "off_cpu", _ => "full" };
        return ReadAsync<FlameGraph>(from, $"{Vertex(jobId, vertexId)}/flamegraph?type={type}{(subtask is { } index ? "&subtaskindex=" + Number(index) : "")}", stop);
    }

    /// <summary>Metrics of all its subtasks, each with the subtask in front: values, or names where none are given.</summary>
    public Task<IReadOnlyList<MetricValue>> VertexMetricsAsync(JobManagerAddress from, string jobId, string vertexId, IReadOnlyCollection<string> names, CancellationToken stop) =>
        MetricsAsync(from, Vertex(jobId, vertexId) + "/metrics", names, stop);

    /// <summary>Metrics of its operators in the JobManager (since 1.20).</summary>
    public Task<IReadOnlyList<MetricValue>> CoordinatorMetricsAsync(JobManagerAddress from, string jobId, string vertexId, IReadOnlyCollection<string> names, CancellationToken stop) =>
        MetricsAsync(from, Vertex(jobId, vertexId) + "/jm-operator-metrics", names, stop);

    /// <summary>Metrics over its subtasks. Empty when one of the names has no value anywhere. Without aggregates Flink gives all it knows.</summary>
    public Task<IReadOnlyList<AggregatedMetric>> SubtaskMetricsAsync(JobManagerAddress from, string jobId, string vertexId, IReadOnlyCollection<string> names, string? aggregates, CancellationToken stop) =>
        AggregatedAsync(from, Vertex(jobId, vertexId) + "/subtasks/metrics", names, aggregates, stop);

    /// <summary>One subtask's present attempt.</summary>
    public Task<Subtask> SubtaskAsync(JobManagerAddress from, string jobId, string vertexId, int subtask, CancellationToken stop) =>
        ReadAsync<Subtask>(from, $"{Vertex(jobId, vertexId)}/subtasks/{Number(subtask)}", stop);

    /// <summary>An earlier attempt of a subtask.</summary>
    public Task<Subtask> AttemptAsync(JobManagerAddress from, string jobId, string vertexId, int subtask, int attempt, CancellationToken stop) =>
        ReadAsync<Subtask>(from, $"{Vertex(jobId, vertexId)}/subtasks/{Number(subtask)}/attempts/{Number(attempt)}", stop);

    /// <summary>Accumulators of an attempt.</summary>
    public Task<SubtaskAccumulators> AttemptAccumulatorsAsync(JobManagerAddress from, string jobId, string vertexId, int subtask, int attempt, CancellationToken stop) =>
        ReadAsync<SubtaskAccumulators>(from, $"{Vertex(jobId, vertexId)}/subtasks/{Number(subtask)}/attempts/{Number(attempt)}/accumulators", stop);

    /// <summary>Metrics of one subtask: values, or names where none are given.</summary>
    public Task<IReadOnlyList<MetricValue>> MetricsOfSubtaskAsync(JobManagerAddress from, string jobId, string vertexId, int subtask, IReadOnlyCollection<string> names, CancellationToken stop) =>
        MetricsAsync(from, $"{Vertex(jobId, vertexId)}/subtasks/{Number(subtask)}/metrics", names, stop);

    private static string Vertex(string jobId, string vertexId) => $"/jobs/{jobId}/vertices/{vertexId}";
}
