using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Behaviours.Operator.Reconcilers;
using FlinkDashboard.Sandbox.Behaviours.Operator.Rules;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Snapshots;

/// <summary>Takes the snapshots a job asks for: by nonce, once per new value, and periodically.</summary>
internal static class SnapshotTriggers
{
    /// <summary>Triggers what is due.</summary>
    public static void TriggerDue(PassContext pass)
    {
        if (pass.Status.Job.State != "RUNNING" || pass.Spec.Job is null)
            return;
        if (Nonce(pass, "savepointTriggerNonce"))
            SnapshotWriter.RequestSavepoint(pass, "MANUAL");
        else if (IsPeriodDue(pass, "savepoint"))
            SnapshotWriter.RequestSavepoint(pass, "PERIODIC");
        if (Nonce(pass, "checkpointTriggerNonce"))
            SnapshotWriter.RequestCheckpoint(pass, "MANUAL");
        else if (IsPeriodDue(pass, "checkpoint"))
            SnapshotWriter.RequestCheckpoint(pass, "PERIODIC");
    }

    private static bool Nonce(PassContext pass, string field)
    {
        var wanted = pass.Spec.JobNumber(field);
        if (wanted is null || wanted == pass.Status.ReconciledShared!.Spec.JobNumber(field))
            return false;
        StatusUpdates.Amend(pass, s => s.Job![field] = wanted);
        pass.Status.Timestamp = pass.Op.Millis;
        return true;
    }

    private static bool IsPeriodDue(PassContext pass, string kind)
    {
        var period = FlinkOptions.ParseDuration(FlinkOptions.OfOperator(pass.ObserveConfig, $"periodic.{kind}.interval"));
        if (period is not { } interval || interval <= TimeSpan.Zero)
            return false;
        var last = pass.Op.World.Objects.List(ResourceTypes.FlinkStateSnapshots, pass.Object.Namespace).Items
            .Where(s => s.Labels.GetValueOrDefault(SnapshotWriter.TriggerTypeLabel) == "PERIODIC" && s.Name.StartsWith($"{pass.Object.Name}-{kind}-periodic-", StringComparison.Ordinal))
            .Select(Created).Append(Created(pass.Object)).Max();
        return pass.Op.World.Now - last >= interval;
    }

    private static DateTimeOffset Created(WorldObject item) =>
        DateTimeOffset.TryParse((string?)(item.Read()["metadata"] as JsonObject)?["creationTimestamp"], out var at) ? at : DateTimeOffset.MinValue;
}
