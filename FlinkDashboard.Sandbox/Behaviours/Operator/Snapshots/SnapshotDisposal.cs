using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Snapshots;

/// <summary>The end of a FlinkStateSnapshot: a savepoint's files are deleted with it if it says so (StateSnapshotReconciler.cleanup).</summary>
internal static class SnapshotDisposal
{
    /// <summary>Disposes of the files where there are any to dispose of.</summary>
    /// <returns>True when the resource may go; false when it has to wait.</returns>
    public static bool MayGo(OperatorContext op, WorldObject snapshot, JsonObject spec, SnapshotStatus status)
    {
        if (spec["savepoint"] is not { } savepoint || (bool?)savepoint["disposeOnDelete"] == false || spec["jobReference"]?["name"] is null)
            return true;
        // It is not looked at any more once it is being deleted, so one in progress waits for ever, as the operator's does.
        if (status.State == "IN_PROGRESS")
            return false;
        if (status is not { State: "COMPLETED", Path: { } path })
            return true;
        var target = SnapshotTarget.Of(op.World, snapshot.Namespace, spec);
        if (!target.Exists || !target.IsRunning)
        {
            var why = target.Exists ? "is not running!" : "cannot be found!";
            op.Events.Warning(snapshot, "CleanupFailed", EventComponent.Snapshot, $"Cannot dispose of snapshot because referenced Flink job {why}");
            return false;
        }
        // The request is enough: whether the files could be deleted is not asked. Without an answer it is tried again, silently.
        return target.Rest(op)?.DisposeSavepoint(path) is not null;
    }
}
