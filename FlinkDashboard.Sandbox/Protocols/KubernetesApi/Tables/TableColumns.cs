using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Tables;

/// <summary>Which columns a kind prints.</summary>
internal static class TableColumns
{
    /// <summary>The columns of a kind.</summary>
    /// <param name="type">Kind.</param>
    /// <param name="definition">Its CustomResourceDefinition, null for built-in kinds.</param>
    public static IReadOnlyList<Column> Of(ResourceType type, WorldObject? definition) => [Column.NameColumn, Column.Age];
}
