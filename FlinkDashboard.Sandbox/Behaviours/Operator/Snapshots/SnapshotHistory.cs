using FlinkDashboard.Sandbox.Behaviours.Operator.Rules;
using FlinkDashboard.Sandbox.Behaviours.Operator.Status;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Snapshots;

/// <summary>What a pass over a job does about snapshots that stand in its status, and about those that are too many or too old (observer/SnapshotObserver).</summary>
internal static class SnapshotHistory
{
    private const int MaxCount = 10;
    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(1);
    private static readonly TimeSpan GracePeriod = TimeSpan.FromMinutes(1);

    /// <summary>Polls what is in progress, and cleans up.</summary>
    public static void Observe(PassContext pass, FlinkCluster rest)
    {
        Poll(pass, rest, pass.Status.Job.Savepoints);
        Poll(pass, rest, pass.Status.Job.Checkpoints);
        var snapshots = JobSnapshots.Of(pass);
        Forget(pass, rest, snapshots.Count(s => s.IsSavepoint && s.State == "COMPLETED"));
        if (snapshots.Count == 0 || !FlinkOptions.Switch(pass.ObserveConfig, "savepoint.cleanup.enabled", true))
            return;
        var retained = int.TryParse(pass.ObserveConfig.GetValueOrDefault("execution.checkpointing.num-retained") ?? pass.ObserveConfig.GetValueOrDefault("state.checkpoints.num-retained"), out var n) ? n : 1;
        Delete(pass, snapshots.Where(s => s.IsSavepoint), Count(pass), Oldest(pass));
        Delete(pass, snapshots.Where(s => !s.IsSavepoint), Math.Max(1, retained), DateTimeOffset.MinValue);
    }

    /// <summary>A job that does not run takes no savepoint any more.</summary>
    public static void ResetUnlessRunning(PassContext pass)
    {
        if (pass.Status.Job.State == "RUNNING")
            return;
        foreach (var info in (SnapshotInfo[])[pass.Status.Job.Savepoints, pass.Status.Job.Checkpoints])
        {
            if (info.TriggerId is null)
                continue;
            Settle(pass, info);
            info.Reset();
            Report(pass, info);
        }
    }

    private static void Poll(PassContext pass, FlinkCluster rest, SnapshotInfo info)
    {
        if (info.TriggerId is not { } id || rest.Operation(id) is { InProgress: true })
            return;
        var nonce = pass.Spec.JobNumber(SnapshotTriggers.NonceOf(info.Kind));
        if (rest.Operation(id) is { Completed: true } done)
        {
            var taken = new TakenSnapshot(info.TriggerTime ?? 0, done.Kind == AsyncOperationKind.Savepoint ? done.Location : null, info.TriggerType!, info.Format!, info.TriggerType == "MANUAL" ? nonce : null);
            Settle(pass, info);
            info.Add(taken);
            return;
        }
        var grace = FlinkOptions.Duration(pass.ObserveConfig, $"{info.Kind.ToLowerInvariant()}.trigger.grace-period", GracePeriod);
        if (pass.Op.Millis - (info.TriggerTime ?? 0) > grace.TotalMilliseconds)
            Settle(pass, info);
        Report(pass, info);
        info.Reset();
    }

    private static void Settle(PassContext pass, SnapshotInfo info)
    {
        if (info.TriggerType == "MANUAL")
            SnapshotTriggers.Acknowledge(pass, SnapshotTriggers.NonceOf(info.Kind));
    }

    private static void Report(PassContext pass, SnapshotInfo info) => pass.Op.Events.Warning(pass.Object, info.Kind + "Error", EventComponent.Operator,
        info.Failure(pass.Spec.JobNumber(SnapshotTriggers.NonceOf(info.Kind))));

    // The newest that succeeded stays, and so does at least one, whatever it is. Those that somebody asked for are never touched.
    private static void Delete(PassContext pass, IEnumerable<JobSnapshots> snapshots, int count, DateTimeOffset oldest)
    {
        var own = snapshots.Where(s => s.TriggerType is "PERIODIC" or "UPGRADE" && !s.Object.IsDeleting).ToList();
        var newest = own.LastOrDefault(s => s.State == "COMPLETED");
        var gone = 0;
        foreach (var snapshot in own.Where(s => s != newest))
        {
            if (gone == own.Count - 1)
                break;
            if (own.Count - gone <= count && snapshot.Created >= oldest)
                continue;
            pass.Op.World.Objects.Delete(ResourceTypes.FlinkStateSnapshots, snapshot.Object.Namespace, snapshot.Object.Name, new DeleteRequest { Propagation = "Background" });
            gone++;
        }
    }

    // savepointHistory in the status: its files go with the entries, unless clean-up is off.
    private static void Forget(PassContext pass, FlinkCluster rest, int completed)
    {
        var history = pass.Status.Job.Savepoints.History;
        if (history.Count == 0 || (history.Count == 1 && completed == 0))
            return;
        var newest = history[^1];
        var most = Math.Max(0, Count(pass) - completed);
        for (; history.Count > most; history.RemoveAt(0))
            Dispose(pass, rest, history[0]);
        var oldest = Oldest(pass).ToUnixTimeMilliseconds();
        foreach (var old in history.Where(t => t.Time < oldest && !(t == newest && completed == 0)).ToList())
        {
            Dispose(pass, rest, old);
            history.Remove(old);
        }
    }

    private static void Dispose(PassContext pass, FlinkCluster rest, TakenSnapshot taken)
    {
        if (taken.Location is { } path && FlinkOptions.Switch(pass.ObserveConfig, "savepoint.cleanup.enabled", true))
            rest.DisposeSavepoint(path);
    }

    private static int Count(PassContext pass) => Math.Max(1, FlinkOptions.Number(pass.ObserveConfig, "savepoint.history.max.count", MaxCount));

    private static DateTimeOffset Oldest(PassContext pass) => pass.Op.World.Now - FlinkOptions.Duration(pass.ObserveConfig, "savepoint.history.max.age", MaxAge);
}
