using System.Globalization;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Behaviours.Operator.Rules;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Observers;

/// <summary>
/// The opt-in health check of applications (observer/ClusterHealthEvaluator): too many restarts within a window, or no new checkpoint for
/// too long. Its verdict stands as JSON in status.clusterInfo.
/// </summary>
internal static class ClusterHealth
{
    private const string Key = "ClusterHealthInfo";
    private const string Prefix = "cluster.health-check.";
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan DefaultWindow = TimeSpan.FromMinutes(2);

    /// <summary>Judges a job that runs.</summary>
    public static void Observe(PassContext pass, FlinkJob job)
    {
        if (!IsOn(pass) || job.IsTerminal)
            return;
        var now = pass.Op.Millis;
        var (restarts, checkpoints) = ((long)job.Restarts, job.Checkpoints?.Completed ?? 0L);
        if (pass.Status.ClusterInfo.GetValueOrDefault(Key) is not { } text || JsonNode.Parse(text) is not JsonObject last)
        {
            pass.Status.ClusterInfo[Key] = Text(now, restarts, now, checkpoints, now, null);
            return;
        }
        var (counted, countedAt) = Restarts(pass, last, restarts, now, out var tooMany);
        var (completed, completedAt) = Checkpoints(pass, last, checkpoints, now, out var stuck);
        pass.Status.ClusterInfo[Key] = Text(now, counted, countedAt, completed, completedAt, tooMany ?? stuck);
    }

    /// <summary>Why the job has to be started again, or null; asking takes the verdict away.</summary>
    public static string? Verdict(PassContext pass)
    {
        if (!IsOn(pass) || pass.Status.Job.IsTerminal || pass.Status.ClusterInfo.GetValueOrDefault(Key) is not { } text)
            return null;
        if ((string?)JsonNode.Parse(text)!["healthResult"]?["error"] is not { } error)
            return null;
        pass.Status.ClusterInfo.Remove(Key);
        return error;
    }

    private static bool IsOn(PassContext pass) => FlinkOptions.Switch(pass.ObserveConfig, Prefix + "enabled");

    // The count is scaled to the window when the last reckoning is longer ago than that.
    private static (long Counted, long At) Restarts(PassContext pass, JsonObject last, long restarts, long now, out string? error)
    {
        error = null;
        var (before, at) = ((long)last["numRestarts"]!, (long)last["numRestartsEvaluationTimeStamp"]!);
        if (restarts < before)
            return (restarts, now);
        var window = FlinkOptions.Duration(pass.ObserveConfig, Prefix + "restarts.window", DefaultWindow).TotalMilliseconds;
        var threshold = FlinkOptions.Number(pass.ObserveConfig, Prefix + "restarts.threshold", 64);
        if ((long)((restarts - before) * Math.Min(1, window / Math.Max(1, now - at))) > threshold)
            error = $"Restart count hit threshold: {threshold.ToString(CultureInfo.InvariantCulture)}";
        return at < now - window ? (restarts, now) : (before, at);
    }

    private static (long Completed, long At) Checkpoints(PassContext pass, JsonObject last, long checkpoints, long now, out string? error)
    {
        error = null;
        var (before, at) = ((long)last["numCompletedCheckpoints"]!, (long)last["numCompletedCheckpointsIncreasedTimeStamp"]!);
        if (Window(pass.ObserveConfig) is not { } window)
            return (before, at);
        if (checkpoints != before)
            return (checkpoints, now);
        if (at + window.TotalMilliseconds < now)
            error = "Cluster is not able to complete checkpoints";
        return (before, at);
    }

    // At least as long as the tolerated failures and two more checkpoints may take; null switches the check off.
    private static TimeSpan? Window(IReadOnlyDictionary<string, string> config)
    {
        if (!FlinkOptions.Switch(config, Prefix + "checkpoint-progress.enabled", true))
            return null;
        var asked = FlinkOptions.ParseDuration(FlinkOptions.OfOperator(config, Prefix + "checkpoint-progress.window"));
        var interval = FlinkOptions.ParseDuration(config.GetValueOrDefault("execution.checkpointing.interval"));
        if (asked is null && interval is null)
            return null;
        var timeout = FlinkOptions.ParseDuration(config.GetValueOrDefault("execution.checkpointing.timeout")) ?? DefaultTimeout;
        var failures = int.TryParse(config.GetValueOrDefault("execution.checkpointing.tolerable-failed-checkpoints"), out var tolerated) ? tolerated : 0;
        var least = (interval > timeout ? interval.Value : timeout) * (failures + 2);
        return asked > least ? asked : least;
    }

    private static string Text(long now, long restarts, long restartsAt, long checkpoints, long checkpointsAt, string? error) => new JsonObject
    {
        ["timeStamp"] = now,
        ["numRestarts"] = restarts,
        ["numRestartsEvaluationTimeStamp"] = restartsAt,
        ["numCompletedCheckpoints"] = checkpoints,
        ["numCompletedCheckpointsIncreasedTimeStamp"] = checkpointsAt,
        ["healthResult"] = new JsonObject { ["healthy"] = error is null, ["error"] = error },
    }.ToJsonString(JsonText.Options);
}
