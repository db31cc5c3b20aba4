using FlinkDashboard.Model.Flink;

namespace FlinkDashboard.Gateways.FlinkRest;

public sealed partial class FlinkRestApi
{
    /// <summary>Slots and jobs.</summary>
    public Task<FlinkOverview> OverviewAsync(JobManagerAddress from, CancellationToken stop) => ReadAsync<FlinkOverview>(from, "/overview", stop);

    /// <summary>Version and switches.</summary>
    public Task<FlinkWebConfig> WebConfigAsync(JobManagerAddress from, CancellationToken stop) => ReadAsync<FlinkWebConfig>(from, "/config", stop);

    /// <summary>Ids and states of all jobs.</summary>
    public Task<JobIdList> JobIdsAsync(JobManagerAddress from, CancellationToken stop) => ReadAsync<JobIdList>(from, "/jobs", stop);

    /// <summary>All jobs with their task counts.</summary>
    public Task<JobsOverview> JobsAsync(JobManagerAddress from, CancellationToken stop) => ReadAsync<JobsOverview>(from, "/jobs/overview", stop);

    /// <summary>One job with vertices, sums and graph.</summary>
    public Task<JobDetails> JobAsync(JobManagerAddress from, string jobId, CancellationToken stop) => ReadAsync<JobDetails>(from, $"/jobs/{jobId}", stop);

    /// <summary>Its state alone.</summary>
    public Task<JobStatusAnswer> JobStatusAsync(JobManagerAddress from, string jobId, CancellationToken stop) => ReadAsync<JobStatusAnswer>(from, $"/jobs/{jobId}/status", stop);

    /// <summary>Its graph alone.</summary>
    public Task<JobPlanAnswer> JobPlanAsync(JobManagerAddress from, string jobId, CancellationToken stop) => ReadAsync<JobPlanAnswer>(from, $"/jobs/{jobId}/plan", stop);

    /// <summary>What its program set.</summary>
    public Task<JobConfig> JobConfigAsync(JobManagerAddress from, string jobId, CancellationToken stop) => ReadAsync<JobConfig>(from, $"/jobs/{jobId}/config", stop);

    /// <summary>Its failures, newest first. Flink keeps 16.</summary>
    public async Task<JobExceptions> ExceptionsAsync(JobManagerAddress from, string jobId, int most, CancellationToken stop) =>
        (await ReadAsync<JobExceptions>(from, $"/jobs/{jobId}/exceptions?maxExceptions={Number(most)}", stop)).Redacted();

    /// <summary>What its user code counts.</summary>
    public Task<JobAccumulators> AccumulatorsAsync(JobManagerAddress from, string jobId, CancellationToken stop) => ReadAsync<JobAccumulators>(from, $"/jobs/{jobId}/accumulators", stop);

    /// <summary>How it ended.</summary>
    public Task<ExecutionResultAnswer> ExecutionResultAsync(JobManagerAddress from, string jobId, CancellationToken stop) => ReadAsync<ExecutionResultAnswer>(from, $"/jobs/{jobId}/execution-result", stop);

    /// <summary>Parallelism bounds by vertex id. Refused with 500 where the scheduler is not adaptive.</summary>
    public Task<IReadOnlyDictionary<string, VertexRequirement>> ResourceRequirementsAsync(JobManagerAddress from, string jobId, CancellationToken stop) =>
        ReadAsync<IReadOnlyDictionary<string, VertexRequirement>>(from, $"/jobs/{jobId}/resource-requirements", stop);

    /// <summary>Metrics of the job as a whole: values, or names where none are given.</summary>
    public Task<IReadOnlyList<MetricValue>> JobMetricsAsync(JobManagerAddress from, string jobId, IReadOnlyCollection<string> names, CancellationToken stop) => MetricsAsync(from, $"/jobs/{jobId}/metrics", names, stop);

    /// <summary>Checkpoint statistics. Absent (404) for a job without checkpoints.</summary>
    public Task<CheckpointStatistics> CheckpointsAsync(JobManagerAddress from, string jobId, CancellationToken stop) => ReadAsync<CheckpointStatistics>(from, $"/jobs/{jobId}/checkpoints", stop);

    /// <summary>Checkpoint settings. Absent (404) for a job without checkpoints.</summary>
    public Task<CheckpointConfig> CheckpointConfigAsync(JobManagerAddress from, string jobId, CancellationToken stop) => ReadAsync<CheckpointConfig>(from, $"/jobs/{jobId}/checkpoints/config", stop);

    /// <summary>One checkpoint with its vertices. Absent once it left the history.</summary>
    public Task<Checkpoint> CheckpointAsync(JobManagerAddress from, string jobId, long id, CancellationToken stop) => ReadAsync<Checkpoint>(from, $"/jobs/{jobId}/checkpoints/details/{Number(id)}", stop);

    /// <summary>One vertex of a checkpoint with its subtasks.</summary>
    public Task<VertexCheckpoint> CheckpointSubtasksAsync(JobManagerAddress from, string jobId, long id, string vertexId, CancellationToken stop) =>
        ReadAsync<VertexCheckpoint>(from, $"/jobs/{jobId}/checkpoints/details/{Number(id)}/subtasks/{vertexId}", stop);

    /// <summary>How a savepoint that somebody triggered goes on.</summary>
    public Task<AsyncOperation> SavepointAsync(JobManagerAddress from, string jobId, string triggerId, CancellationToken stop) => ReadAsync<AsyncOperation>(from, $"/jobs/{jobId}/savepoints/{triggerId}", stop);

    /// <summary>How a checkpoint that somebody triggered goes on.</summary>
    public Task<AsyncOperation> TriggeredCheckpointAsync(JobManagerAddress from, string jobId, string triggerId, CancellationToken stop) => ReadAsync<AsyncOperation>(from, $"/jobs/{jobId}/checkpoints/{triggerId}", stop);

    /// <summary>How the disposal of a savepoint goes on.</summary>
    public Task<AsyncOperation> DisposalAsync(JobManagerAddress from, string triggerId, CancellationToken stop) => ReadAsync<AsyncOperation>(from, $"/savepoint-disposal/{triggerId}", stop);

    // Metrics endpoints never say 404: who is unknown has none. Flink fetches on demand, so a first answer may be empty or old.
    private Task<IReadOnlyList<MetricValue>> MetricsAsync(JobManagerAddress from, string path, IReadOnlyCollection<string> names, CancellationToken stop) =>
        ReadAsync<IReadOnlyList<MetricValue>>(from, names.Count == 0 ? path : $"{path}?get={Names(names)}", stop);

    // One name that nobody has empties the whole answer: rare ones are asked alone.
    private Task<IReadOnlyList<AggregatedMetric>> AggregatedAsync(JobManagerAddress from, string path, IReadOnlyCollection<string> names, string? aggregates, CancellationToken stop) =>
        ReadAsync<IReadOnlyList<AggregatedMetric>>(from, names.Count == 0 ? path : $"{path}?get={Names(names)}{(aggregates is null ? "" : "&agg=" + aggregates)}", stop);
}
