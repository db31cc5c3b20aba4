using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Behaviours.Operator.Rules;
using FlinkDashboard.Sandbox.Behaviours.Operator.Spec;
using FlinkDashboard.Sandbox.Behaviours.Operator.Status;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Snapshots;

/// <summary>Passes over FlinkStateSnapshots: trigger, poll, retry, give up, dispose (FlinkStateSnapshotController and its observer and reconciler).</summary>
internal sealed class SnapshotPass(OperatorContext op, Action<WorldObject> removeFinalizer) : IPass
{
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DeadServerTime = TimeSpan.FromSeconds(30);

    /// <inheritdoc />
    public IEnumerable<TimeSpan> Run(Managed resource)
    {
        var node = resource.Object.Read();
        var status = SnapshotStatus.Read(node["status"]);
        var spec = node["spec"] as JsonObject ?? [];
        if (resource.Object.IsDeleting)
            return Cleanup(resource, spec, status);
        return status.State is "COMPLETED" or "ABANDONED" or "FAILED" ? Settled(resource, status) : Advance(resource, spec, status);
    }

    /// <inheritdoc />
    public bool Failed(Managed resource, OperatorFailure failure) => false;

    private IEnumerable<TimeSpan> Settled(Managed resource, SnapshotStatus status)
    {
        if (status.State == "FAILED")
            resource.Next = op.Options.ReconcileInterval;
        yield break;
    }

    private IEnumerable<TimeSpan> Advance(Managed resource, JsonObject spec, SnapshotStatus status)
    {
        var target = SnapshotTarget.Of(op.World, resource.Object.Namespace, spec);
        resource.Next = op.Options.ReconcileInterval;
        if (SnapshotRules.Error(resource.Object.Namespace, spec, status.State == "TRIGGER_PENDING", (_, _) => target.Exists) is { } invalid)
        {
            op.Events.Warning(resource.Object, "ValidationError", EventComponent.Operator, invalid);
            WriteLabels(resource, spec, status, target);
            yield break;
        }
        if ((bool?)spec["savepoint"]?["alreadyExists"] == true)
        {
            Complete(status, (string?)spec["savepoint"]!["path"] ?? "");
            status.TriggerTime = status.ResultTime;
        }
        else if (!target.IsRunning)
        {
            Abandon(resource, status, target);
        }
        else if (target.Rest(op) is null)
        {
            // The client hangs on a server that has gone; only then the target is looked at again.
            yield return DeadServerTime;
            if (!SnapshotTarget.Of(op.World, resource.Object.Namespace, spec).IsRunning)
                Abandon(resource, status, target);
        }
        else if (Work(resource, spec, status, target) is { } failure)
        {
            Fail(resource, spec, status, failure);
            yield break;
        }
        WriteLabels(resource, spec, status, target);
        WriteStatus(resource, status);
        if (status.State is "COMPLETED" or "ABANDONED")
            resource.Next = null;
    }

    /// <summary>Triggers or polls.</summary>
    /// <returns>Text of a failure, or null.</returns>
    private string? Work(Managed resource, JsonObject spec, SnapshotStatus status, SnapshotTarget target)
    {
        var rest = target.Rest(op)!;
        try
        {
            if (status.State == "TRIGGER_PENDING")
                return Trigger(spec, status, target, rest);
            return PollOperation(resource, status, target, rest);
        }
        catch (FlinkRefusal e)
        {
            return e.Message;
        }
    }

    private string? Trigger(JsonObject spec, SnapshotStatus status, SnapshotTarget target, FlinkCluster rest)
    {
        if (spec["checkpoint"] is not null)
        {
            status.TriggerId = rest.TriggerCheckpoint(target.JobId!, "FULL");
        }
        else
        {
            var directory = (string?)spec["savepoint"]?["path"] ?? FlinkOptions.SavepointDirectory(rest.Configuration);
            if (string.IsNullOrWhiteSpace(directory))
                return "Either the savepoint path in the spec or configuration state.savepoints.dir in the Flink resource has to be supplied";
            status.TriggerId = rest.TriggerSavepoint(target.JobId!, directory, (string?)spec["savepoint"]?["formatType"] ?? "CANONICAL");
        }
        status.State = "IN_PROGRESS";
        status.TriggerTime = op.Instant;
        return null;
    }

    private string? PollOperation(Managed resource, SnapshotStatus status, SnapshotTarget target, FlinkCluster rest)
    {
        var operation = rest.Operation(status.TriggerId ?? "");
        if (operation is null)
            return "Could not find the triggered operation";
        if (operation.InProgress)
            return null;
        if (operation.Failure is { } failure)
            return $"{failure.Class}: {failure}";
        var path = operation.Location;
        if (operation.Kind == AsyncOperationKind.Checkpoint)
        {
            path = operation.CheckpointId is { } id ? rest.Job(target.JobId!)?.Checkpoints?.Find(id)?.Path : null;
            if (path is null)
                op.Events.Warning(resource.Object, "CheckpointError", EventComponent.Snapshot, "Checkpoint was not found in the statistics of the job; consider raising web.checkpoints.history");
        }
        Complete(status, path ?? "");
        return null;
    }

    private void Complete(SnapshotStatus status, string path)
    {
        status.State = "COMPLETED";
        status.Path = path;
        status.Error = null;
        status.ResultTime = op.Instant;
    }

    private void Abandon(Managed resource, SnapshotStatus status, SnapshotTarget target)
    {
        var what = target.Exists ? "is not running" : "was not found";
        status.State = "ABANDONED";
        status.Path = null;
        status.Error = $"Secondary resource {target.Name} ({target.Kind}) for savepoint {resource.Object.Name} {what}";
        status.ResultTime = op.Instant;
        op.Events.Warning(resource.Object, "SnapshotAbandoned", EventComponent.Snapshot, status.Error);
    }

    private void Fail(Managed resource, JsonObject spec, SnapshotStatus status, string failure)
    {
        var limit = (int?)spec["backoffLimit"] ?? -1;
        status.Failures++;
        status.Error = ErrorText.Of(new ReconciliationFailure(failure));
        status.ResultTime = op.Instant;
        status.State = limit >= 0 && status.Failures > limit ? "FAILED" : "TRIGGER_PENDING";
        op.Events.Warning(resource.Object, spec["checkpoint"] is null ? "SavepointError" : "CheckpointError", EventComponent.Snapshot, status.Error);
        WriteStatus(resource, status);
        resource.Next = status.State == "FAILED" ? op.Options.ReconcileInterval : FirstBackoff * Math.Pow(2, status.Failures - 1);
    }

    private IEnumerable<TimeSpan> Cleanup(Managed resource, JsonObject spec, SnapshotStatus status)
    {
        if (SnapshotDisposal.MayGo(op, resource.Object, spec, status))
            removeFinalizer(resource.Object);
        else
            resource.Next = op.Options.ReconcileInterval;
        yield break;
    }

    private void WriteLabels(Managed resource, JsonObject spec, SnapshotStatus status, SnapshotTarget target) =>
        resource.Object = op.World.Objects.Update(ResourceTypes.FlinkStateSnapshots, resource.Object.Namespace, resource.Object.Name, o =>
        {
            var labels = o["metadata"]!["labels"] as JsonObject ?? [];
            labels["snapshot.type"] = spec["checkpoint"] is null ? "SAVEPOINT" : "CHECKPOINT";
            labels[SnapshotWriter.TriggerTypeLabel] ??= "MANUAL";
            labels["snapshot.state"] = status.State;
            if (target.Exists)
            {
                labels["job-reference.kind"] = target.Kind;
                labels["job-reference.name"] = target.Name;
            }
            o["metadata"]!["labels"] = SortedJson.Of(labels);
            return o;
        });

    private void WriteStatus(Managed resource, SnapshotStatus status) =>
        resource.Object = op.World.Objects.Update(ResourceTypes.FlinkStateSnapshots, resource.Object.Namespace, resource.Object.Name, o =>
        {
            o["status"] = status.Write();
            return o;
        }, part: WritePart.Status);
}
