using FlinkDashboard.Sandbox.Behaviours.Operator.Reconcilers;
using FlinkDashboard.Sandbox.Behaviours.Operator.Rules;
using FlinkDashboard.Sandbox.Behaviours.Operator.Spec;
using FlinkDashboard.Sandbox.Behaviours.Operator.Status;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Snapshots;

/// <summary>Takes the snapshots a job asks for: by nonce, once per new value, and periodically (utils/SnapshotUtils).</summary>
internal static class SnapshotTriggers
{
    private const string Savepoint = "savepoint", Checkpoint = "checkpoint";

    /// <summary>Triggers what is due.</summary>
    public static void TriggerDue(PassContext pass)
    {
        if (pass.Status.Job.State != "RUNNING" || pass.Spec.Job is null)
            return;
        if (Due(pass, Savepoint) is { } savepoint)
            TakeSavepoint(pass, savepoint);
        if (HasTriggeredCheckpoints(pass) && Due(pass, Checkpoint) is { } checkpoint)
            TakeCheckpoint(pass, checkpoint);
    }

    /// <summary>Records the value of a nonce as handled.</summary>
    public static void Acknowledge(PassContext pass, string field)
    {
        StatusUpdates.Amend(pass, s => s.Job![field] = pass.Spec.JobNumber(field));
        pass.Status.Timestamp = pass.Op.Millis;
    }

    /// <summary>The nonce that asks for a kind of snapshot.</summary>
    public static string NonceOf(string kind) => kind.ToLowerInvariant() + "TriggerNonce";

    private static void TakeSavepoint(PassContext pass, string triggerType)
    {
        if (SnapshotWriter.MakesResources(pass))
        {
            SnapshotWriter.RequestSavepoint(pass, triggerType);
            if (triggerType == "MANUAL")
                Acknowledge(pass, NonceOf(Savepoint));
            return;
        }
        var format = SnapshotWriter.Format(pass);
        var rest = pass.Rest ?? throw new ReconciliationFailure("Connection refused");
        var id = rest.TriggerSavepoint(pass.Status.Job.JobId!, FlinkOptions.SavepointDirectory(pass.ObserveConfig), format);
        pass.Status.Job.Savepoints.Begin(id, triggerType, format, pass.Op.Millis);
    }

    private static void TakeCheckpoint(PassContext pass, string triggerType)
    {
        if (SnapshotWriter.MakesResources(pass))
        {
            SnapshotWriter.RequestCheckpoint(pass, triggerType);
            if (triggerType == "MANUAL")
                Acknowledge(pass, NonceOf(Checkpoint));
            return;
        }
        var type = FlinkOptions.OfOperator(pass.ObserveConfig, "checkpoint.type") ?? "FULL";
        var rest = pass.Rest ?? throw new ReconciliationFailure("Connection refused");
        pass.Status.Job.Checkpoints.Begin(rest.TriggerCheckpoint(pass.Status.Job.JobId!, type), triggerType, type, pass.Op.Millis);
    }

    /// <summary>MANUAL or PERIODIC; null when nothing is due.</summary>
    private static string? Due(PassContext pass, string kind)
    {
        var info = kind == Savepoint ? pass.Status.Job.Savepoints : pass.Status.Job.Checkpoints;
        if (info.TriggerId is not null)
            return null;
        var wanted = pass.Spec.JobNumber(NonceOf(kind));
        if (wanted is not null && wanted != pass.Status.ReconciledShared!.Spec.JobNumber(NonceOf(kind)))
            return "MANUAL";
        if (!IsPeriodOver(pass, kind, info))
            return null;
        pass.Managed.LastPeriodic[kind] = pass.Op.World.Now;
        return "PERIODIC";
    }

    private static bool IsPeriodOver(PassContext pass, string kind, SnapshotInfo info)
    {
        var text = FlinkOptions.OfOperator(pass.ObserveConfig, $"periodic.{kind}.interval");
        if (string.IsNullOrWhiteSpace(text))
            return false;
        if (FlinkOptions.ParseDuration(text) is { } interval)
            return interval > TimeSpan.Zero && LastTrigger(pass, kind, info) + interval < pass.Op.World.Now;
        return CronExpression.Parse(text)?.After(LastTrigger(pass, kind, info)) is { } next && next < pass.Op.World.Now;
    }

    // In memory; after a restart of the operator the newest that succeeded, else the age of the resource.
    private static DateTimeOffset LastTrigger(PassContext pass, string kind, SnapshotInfo info)
    {
        if (pass.Managed.LastPeriodic.TryGetValue(kind, out var known))
            return known;
        var taken = JobSnapshots.Of(pass).Where(s => s.IsSavepoint == (kind == Savepoint) && s.TriggerType == "PERIODIC" && s.State == "COMPLETED").Select(s => s.Created).ToList();
        if (taken.Count > 0)
            return taken.Max();
        var legacy = DateTimeOffset.FromUnixTimeMilliseconds(info.LastPeriodic);
        var created = JobSnapshots.CreatedAt(pass.Object);
        return pass.Managed.LastPeriodic[kind] = legacy > created ? legacy : created;
    }

    // Flink's REST API takes checkpoints on demand from 1.17 on.
    private static bool HasTriggeredCheckpoints(PassContext pass) =>
        (pass.Status.IsSessionJob ? pass.Cluster is { } c ? FlinkSpec.Of(c).FlinkVersion : null : pass.Spec.FlinkVersion) is not ("v1_15" or "v1_16");
}
