using System.Globalization;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Behaviours.Operator.Rules;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Snapshots;

/// <summary>Creates FlinkStateSnapshots for the operator's own savepoints and checkpoints (utils/FlinkStateSnapshotUtils).</summary>
internal static class SnapshotWriter
{
    /// <summary>Label that tells why a snapshot was taken.</summary>
    public const string TriggerTypeLabel = "snapshot.trigger-type";

    /// <summary>Snapshots are resources of their own: the kind exists and is not switched off. Otherwise they stand in the job's status.</summary>
    public static bool MakesResources(PassContext pass) => pass.Op.HasSnapshotKind && FlinkOptions.Switch(pass.ObserveConfig, "snapshot.resource.enabled", true);

    /// <summary>Format of the operator's savepoints.</summary>
    public static string Format(PassContext pass) => FlinkOptions.OfOperator(pass.ObserveConfig, "savepoint.format.type") ?? "CANONICAL";

    /// <summary>Registers the savepoint a job was stopped with.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="path">Where it is.</param>
    /// <param name="triggered">When the stop was triggered, epoch milliseconds.</param>
    public static void CreateForUpgrade(PassContext pass, string path, long triggered)
    {
        if (MakesResources(pass))
            Create(pass, "savepoint", "UPGRADE", Savepoint(pass, path, exists: true));
        else
            pass.Status.Job.Savepoints.Add(new Status.TakenSnapshot(triggered, path, "UPGRADE", Format(pass), null));
    }

    /// <summary>Asks for a savepoint.</summary>
    public static void RequestSavepoint(PassContext pass, string triggerType) =>
        Create(pass, "savepoint", triggerType, Savepoint(pass, FlinkOptions.SavepointDirectory(pass.ObserveConfig), exists: false));

    /// <summary>Asks for a checkpoint.</summary>
    public static void RequestCheckpoint(PassContext pass, string triggerType) => Create(pass, "checkpoint", triggerType, new JsonObject { ["checkpoint"] = new JsonObject() });

    private static JsonObject Savepoint(PassContext pass, string? path, bool exists) => new()
    {
        ["savepoint"] = new JsonObject
        {
            ["alreadyExists"] = exists,
            ["disposeOnDelete"] = FlinkOptions.Switch(pass.ObserveConfig, "savepoint.dispose-on-delete"),
            ["formatType"] = Format(pass),
            ["path"] = path,
        },
    };

    private static void Create(PassContext pass, string kind, string triggerType, JsonObject spec)
    {
        spec["backoffLimit"] = 0;
        spec["jobReference"] = new JsonObject { ["kind"] = pass.Object.Type.Kind, ["name"] = pass.Object.Name };
        pass.Op.World.Objects.Create(ResourceTypes.FlinkStateSnapshots, new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{pass.Object.Name}-{kind}-{triggerType.ToLowerInvariant()}-{pass.Op.Millis.ToString(CultureInfo.InvariantCulture)}",
                ["namespace"] = pass.Object.Namespace,
                ["labels"] = new JsonObject { [TriggerTypeLabel] = triggerType },
            },
            ["spec"] = Spec.SortedJson.Of(spec),
        });
    }
}
