using FlinkDashboard.Model.Flink;
using FlinkDashboard.Model.Metrics;
using FlinkDashboard.State.Flink;

namespace FlinkDashboard.State.Metrics;

/// <summary>Watches what charts need of one JobManager while somebody looks, and samples it.</summary>
internal sealed class RestSampler(JobManagerFeed feed, TimeProvider time) : IDisposable
{
    /// <summary>Between two samples: Flink itself fetches metrics every 10 s.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(10);

    /// <summary>Samples kept: an hour.</summary>
    public const int Samples = 360;

    private const int MostJobs = 3;
    private const int MostTaskManagers = 6;
    private static readonly TimeSpan Young = TimeSpan.FromSeconds(45);
    private readonly Dictionary<string, IDisposable> watched = new(StringComparer.Ordinal);

    /// <summary>A job that is looked at by itself: of many it is not left out.</summary>
    public string? Wanted { get; set; }

    /// <summary>What was sampled.</summary>
    public RestRing Ring { get; } = new(Samples);

    /// <summary>Why nothing could be sampled the last time; null when something was.</summary>
    public string? Problem { get; private set; }

    /// <summary>Takes a sample of what is known, and sees to it that more is known at the next.</summary>
    public void Sample()
    {
        Watch(FlinkTopics.Overview);
        Watch(FlinkTopics.Jobs);
        Watch(FlinkTopics.JobManagerMetrics);
        Watch(FlinkTopics.TaskManagers);
        var jobs = (Fresh(FlinkTopics.Jobs)?.Jobs ?? []).Where(j => j.EndTime is null).OrderByDescending(j => j.Jid == Wanted).Take(MostJobs).Select(OfJob).ToList();
        var processes = new Dictionary<string, FlinkMetrics>(StringComparer.Ordinal);
        if (Fresh(FlinkTopics.JobManagerMetrics) is { } jobManager)
            processes[$"{feed.Address.Cluster} (JobManager)"] = jobManager;
        foreach (var worker in (Fresh(FlinkTopics.TaskManagers)?.TaskManagers ?? []).OrderBy(t => t.Id, StringComparer.Ordinal).Take(MostTaskManagers))
        {
            Watch(FlinkTopics.TaskManagerMetrics(worker.Id), TimeSpan.FromSeconds(20));
            if (Fresh(FlinkTopics.TaskManagerMetrics(worker.Id)) is { } metrics)
                processes[worker.Id] = metrics;
        }
        Problem = feed.Now(FlinkTopics.Overview) is { Failure: { } failure } ? $"{failure.Source}: {failure.Message}" : null;
        var overview = Fresh(FlinkTopics.Overview);
        if (overview is not null || jobs.Count > 0 || processes.Count > 0)
            Ring.Add(new(time.GetUtcNow(), overview, jobs, processes));
    }

    /// <summary>Nobody looks any more: nothing is asked, the samples stay.</summary>
    public void Rest()
    {
        foreach (var watching in watched.Values)
            watching.Dispose();
        watched.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => Rest();

    private RestJob OfJob(JobSummary job)
    {
        var metrics = FlinkTopics.JobMetrics(job.Jid, RestJob.MetricNames);
        Watch(FlinkTopics.Job(job.Jid));
        Watch(FlinkTopics.Loads(job.Jid), TimeSpan.FromSeconds(3));
        Watch(FlinkTopics.LowWatermarks(job.Jid));
        Watch(FlinkTopics.Checkpoints(job.Jid));
        Watch(metrics);
        return new(job.Jid, job.Name, Fresh(FlinkTopics.Job(job.Jid)), Fresh(FlinkTopics.Loads(job.Jid)), Fresh(FlinkTopics.Checkpoints(job.Jid)), Fresh(metrics), Fresh(FlinkTopics.LowWatermarks(job.Jid)));
    }

    private void Watch(FlinkTopic topic, TimeSpan? pace = null)
    {
        if (!watched.ContainsKey(topic.Key))
            watched[topic.Key] = feed.Watch(topic, static () => { }, pace ?? Pace);
    }

    private T? Fresh<T>(FlinkTopic<T> topic) where T : class => feed.Now(topic) is { Value: { } value, At: { } at } && time.GetUtcNow() - at < Young ? value : null;
}
