using System.Globalization;
using FlinkDashboard.Sandbox.Behaviours.Operator.Reconcilers;
using FlinkDashboard.Sandbox.Behaviours.Operator.Status;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Observers;

/// <summary>Reads the job from the JobManager's REST API into jobStatus (observer/JobStatusObserver, SnapshotObserver).</summary>
internal static class JobObserver
{
    private const int MaxExceptions = 10;
    private const int StackLines = 5;

    /// <summary>Observes the job of an application or session job in a JobManager that answers.</summary>
    public static void Observe(PassContext pass, FlinkCluster rest)
    {
        var status = pass.Status;
        if (status.Job.JobId is not { } id || rest.Job(id) is not { } job)
        {
            NotFound(pass);
            return;
        }
        Update(pass, job);
        ReportExceptions(pass, job);
        MarkStable(status);
        Snapshots.SnapshotHistory.Observe(pass, rest);
        if (!job.IsTerminal)
            return;
        if (LatestState(job) is { } path)
            status.Job.UpgradeSavepointPath = path;
        // Cancelled, by the operator's own asynchronous cancel or by someone else: what is recorded is a stopped job.
        if (job.State == "CANCELED" && status.Reconciled is { } record && record.Spec.JobState == "running")
        {
            record.Spec.JobState = "suspended";
            status.ReconciledText = record.ToString();
        }
    }

    /// <summary>The JobManager did not answer in time.</summary>
    public static void LostContact(ResourceStatus status)
    {
        if (!status.Job.IsTerminal && status.Job.State is not null)
            status.Job.State = "RECONCILING";
    }

    /// <summary>Path of the newest completed checkpoint or savepoint, else of what the job was restored from.</summary>
    public static string? LatestState(FlinkJob job)
    {
        if (job.Checkpoints is not { } statistics)
            return null;
        var newest = new[] { statistics.LatestCompleted, statistics.LatestSavepoint }.OfType<FlinkCheckpoint>().Where(c => c.Path is not null).MaxBy(c => c.Id);
        return newest?.Path ?? statistics.LatestRestored?.Path;
    }

    private static void Update(PassContext pass, FlinkJob job)
    {
        var status = pass.Status.Job;
        var before = status.State;
        var now = Effective(job);
        status.State = now;
        status.JobName = job.Name;
        status.StartTime = job.StartTime.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        if (before == now)
            return;
        status.UpdateTime = pass.Op.Millis.ToString(CultureInfo.InvariantCulture);
        if (job.State == "FAILED" && job.RootException is { } root)
        {
            pass.Status.Error = ErrorText.OfJob(root.Failure);
            pass.Op.Events.Warning(pass.Object, "Error", EventComponent.Job, ErrorText.Messages(root.Failure));
        }
        var from = before is null ? "" : $"from {before} ";
        pass.Op.Events.Normal(pass.Object, "JobStatusChanged", EventComponent.Job, $"Job status changed {from}to {now}");
    }

    // A job counts as RUNNING only when all its tasks run or have finished.
    private static string Effective(FlinkJob job) =>
        job.State == "RUNNING" && !job.Vertices.All(v => v.State is "RUNNING" or "FINISHED") ? "CREATED" : job.State;

    private static void MarkStable(ResourceStatus status)
    {
        if (status.State == "DEPLOYED" && (status.Job.State == "RUNNING" || (status.Job.State == "FINISHED" && !status.IsSuspended)))
            status.StableText = status.ReconciledText;
    }

    private static void NotFound(PassContext pass)
    {
        const string text = "Job Not Found";
        var status = pass.Status;
        LostContact(status);
        status.Error = text;
        pass.Op.Events.Warning(pass.Object, "Missing", EventComponent.Job, text);
        if (status.IsSessionJob && status.Reconciled is { } record && record.Spec.UpgradeMode == "stateless")
        {
            record.Spec.JobState = "suspended";
            status.ReconciledText = record.ToString();
            StatusUpdates.Redeploy(status);
        }
    }

    private static void ReportExceptions(PassContext pass, FlinkJob job)
    {
        var last = pass.Managed.LastException;
        foreach (var entry in job.ExceptionHistory.Where(e => e.At > last).Take(MaxExceptions))
        {
            if (entry.At > pass.Managed.LastException)
                pass.Managed.LastException = entry.At;
            pass.Op.Events.Warning(pass.Object, "JobException", EventComponent.Job, Excerpt(entry.Failure.StackTrace), Annotations(entry));
        }
    }

    private static string Excerpt(string trace)
    {
        var lines = trace.TrimEnd('\n').Split('\n');
        return lines.Length <= StackLines ? string.Join('\n', lines) : string.Join('\n', lines.Take(StackLines)) + $"\n... ({lines.Length - StackLines} more lines)";
    }

    private static Dictionary<string, string> Annotations(FlinkException entry)
    {
        var result = new Dictionary<string, string>
        {
            ["exception-timestamp"] = entry.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture) + "Z",
        };
        if (entry.TaskName is { } task)
            result["task-name"] = task;
        if (entry.Endpoint is { } endpoint)
            result["endpoint"] = endpoint;
        if (entry.TaskManagerId is { } id)
            result["tm-id"] = id;
        return result;
    }
}
