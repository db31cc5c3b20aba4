using FlinkDashboard.Model.Flink;

namespace FlinkDashboard.Gateways.FlinkRest;

public sealed partial class FlinkRestApi
{
    /// <summary>Configuration of the JobManager, secrets masked by Flink and by this dashboard's own rule.</summary>
    public async Task<IReadOnlyList<ConfigEntry>> JobManagerConfigAsync(JobManagerAddress from, CancellationToken stop) =>
        [.. (await ReadAsync<IReadOnlyList<ConfigEntry>>(from, "/jobmanager/config", stop)).Select(e => e.Redacted())];

    /// <summary>Its Java process.</summary>
    public async Task<FlinkEnvironment> JobManagerEnvironmentAsync(JobManagerAddress from, CancellationToken stop) =>
        (await ReadAsync<FlinkEnvironment>(from, "/jobmanager/environment", stop)).Redacted();

    /// <summary>Its metrics: values, or names where none are given.</summary>
    public Task<IReadOnlyList<MetricValue>> JobManagerMetricsAsync(JobManagerAddress from, IReadOnlyCollection<string> names, CancellationToken stop) => MetricsAsync(from, "/jobmanager/metrics", names, stop);

    /// <summary>Its log files.</summary>
    public Task<LogFiles> JobManagerLogsAsync(JobManagerAddress from, CancellationToken stop) => ReadAsync<LogFiles>(from, "/jobmanager/logs", stop);

    /// <summary>The end of one log file, or of its main log where no name is given.</summary>
    public Task<LogText> JobManagerLogAsync(JobManagerAddress from, string? file, CancellationToken stop) => ReadTextAsync(from, file is null ? "/jobmanager/log" : $"/jobmanager/logs/{file}", stop);

    /// <summary>The end of its standard output, where that goes to a file.</summary>
    public Task<LogText> JobManagerStdoutAsync(JobManagerAddress from, CancellationToken stop) => ReadTextAsync(from, "/jobmanager/stdout", stop);

    /// <summary>Its threads.</summary>
    public Task<ThreadDump> JobManagerThreadDumpAsync(JobManagerAddress from, CancellationToken stop) => ReadAsync<ThreadDump>(from, "/jobmanager/thread-dump", stop);

    /// <summary>Runs of its profiler (since 1.19, where that is on).</summary>
    public Task<ProfilingList> JobManagerProfilingsAsync(JobManagerAddress from, CancellationToken stop) => ReadAsync<ProfilingList>(from, "/jobmanager/profiler", stop);

    /// <summary>All TaskManagers.</summary>
    public Task<TaskManagerList> TaskManagersAsync(JobManagerAddress from, CancellationToken stop) => ReadAsync<TaskManagerList>(from, "/taskmanagers", stop);

    /// <summary>One TaskManager with its slots and its use of memory.</summary>
    public Task<TaskManagerDetails> TaskManagerAsync(JobManagerAddress from, string id, CancellationToken stop) => ReadAsync<TaskManagerDetails>(from, $"/taskmanagers/{id}", stop);

    /// <summary>Its metrics: values, or names where none are given.</summary>
    public Task<IReadOnlyList<MetricValue>> TaskManagerMetricsAsync(JobManagerAddress from, string id, IReadOnlyCollection<string> names, CancellationToken stop) =>
        MetricsAsync(from, $"/taskmanagers/{id}/metrics", names, stop);

    /// <summary>Metrics over all TaskManagers. Empty when one of the names has no value anywhere.</summary>
    public Task<IReadOnlyList<AggregatedMetric>> TaskManagersMetricsAsync(JobManagerAddress from, IReadOnlyCollection<string> names, string? aggregates, CancellationToken stop) =>
        AggregatedAsync(from, "/taskmanagers/metrics", names, aggregates, stop);

    /// <summary>Metrics over all jobs.</summary>
    public Task<IReadOnlyList<AggregatedMetric>> JobsMetricsAsync(JobManagerAddress from, IReadOnlyCollection<string> names, string? aggregates, CancellationToken stop) =>
        AggregatedAsync(from, "/jobs/metrics", names, aggregates, stop);

    /// <summary>Its log files.</summary>
    public Task<LogFiles> TaskManagerLogsAsync(JobManagerAddress from, string id, CancellationToken stop) => ReadAsync<LogFiles>(from, $"/taskmanagers/{id}/logs", stop);

    /// <summary>The end of one log file, or of its main log where no name is given.</summary>
    public Task<LogText> TaskManagerLogAsync(JobManagerAddress from, string id, string? file, CancellationToken stop) =>
        ReadTextAsync(from, file is null ? $"/taskmanagers/{id}/log" : $"/taskmanagers/{id}/logs/{file}", stop);

    /// <summary>The end of its standard output, where that goes to a file.</summary>
    public Task<LogText> TaskManagerStdoutAsync(JobManagerAddress from, string id, CancellationToken stop) => ReadTextAsync(from, $"/taskmanagers/{id}/stdout", stop);

    /// <summary>Its threads.</summary>
    public Task<ThreadDump> TaskManagerThreadDumpAsync(JobManagerAddress from, string id, CancellationToken stop) => ReadAsync<ThreadDump>(from, $"/taskmanagers/{id}/thread-dump", stop);

    /// <summary>Runs of its profiler.</summary>
    public Task<ProfilingList> TaskManagerProfilingsAsync(JobManagerAddress from, string id, CancellationToken stop) => ReadAsync<ProfilingList>(from, $"/taskmanagers/{id}/profiler", stop);
}
