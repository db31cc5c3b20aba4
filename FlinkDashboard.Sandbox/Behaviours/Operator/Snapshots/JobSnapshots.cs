using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Snapshots;

/// <summary>One FlinkStateSnapshot of a job, as the operator's passes over the job see it.</summary>
/// <param name="Object">The resource.</param>
/// <param name="IsSavepoint">Savepoint, not checkpoint.</param>
/// <param name="TriggerType">MANUAL, PERIODIC or UPGRADE; empty without the label.</param>
/// <param name="State">status.state.</param>
/// <param name="Created">When it was made.</param>
internal sealed record JobSnapshots(WorldObject Object, bool IsSavepoint, string TriggerType, string? State, DateTimeOffset Created)
{
    /// <summary>All snapshots that refer to a job, oldest first.</summary>
    public static IReadOnlyList<JobSnapshots> Of(PassContext pass)
    {
        var found =
            from item in pass.Op.World.Objects.List(ResourceTypes.FlinkStateSnapshots, pass.Object.Namespace).Items
            where (item.Labels.GetValueOrDefault("job-reference.name") ?? pass.Object.Name) == pass.Object.Name
            let node = item.Read()
            let reference = node["spec"]?["jobReference"]
            where (string?)reference?["name"] == pass.Object.Name && ((string?)reference["kind"] ?? pass.Object.Type.Kind) == pass.Object.Type.Kind
            select new JobSnapshots(item, node["spec"]!["checkpoint"] is null, item.Labels.GetValueOrDefault(SnapshotWriter.TriggerTypeLabel) ?? "",
                (string?)node["status"]?["state"], CreatedAt(item));
        return [.. found.OrderBy(s => s.Created)];
    }

    /// <summary>creationTimestamp.</summary>
    public static DateTimeOffset CreatedAt(WorldObject item) =>
        DateTimeOffset.TryParse((string?)item.Read()["metadata"]!["creationTimestamp"], out var at) ? at : DateTimeOffset.MinValue;
}
