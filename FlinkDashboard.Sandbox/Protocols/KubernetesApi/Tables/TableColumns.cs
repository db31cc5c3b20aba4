using System.Runtime.CompilerServices;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Tables;

/// <summary>Which columns a kind prints.</summary>
internal static class TableColumns
{
    private static readonly IReadOnlyList<Column> Plain = [Column.NameColumn, Column.Age];

    private static readonly Dictionary<ResourceType, IReadOnlyList<Column>> BuiltIn = new()
    {
        [ResourceTypes.Pods] = PodColumns.All,
        [ResourceTypes.Namespaces] = CoreColumns.Namespaces,
        [ResourceTypes.Nodes] = CoreColumns.Nodes,
        [ResourceTypes.Services] = CoreColumns.Services,
        [ResourceTypes.Endpoints] = CoreColumns.Endpoints,
        [ResourceTypes.ConfigMaps] = CoreColumns.ConfigMaps,
        [ResourceTypes.Secrets] = CoreColumns.Secrets,
        [ResourceTypes.ServiceAccounts] = CoreColumns.ServiceAccounts,
        [ResourceTypes.Events] = CoreColumns.Events,
        [ResourceTypes.PersistentVolumeClaims] = CoreColumns.PersistentVolumeClaims,
        [ResourceTypes.ResourceQuotas] = CoreColumns.ResourceQuotas,
        [ResourceTypes.Deployments] = GroupColumns.Deployments,
        [ResourceTypes.ReplicaSets] = GroupColumns.ReplicaSets,
        [ResourceTypes.StatefulSets] = GroupColumns.StatefulSets,
        [ResourceTypes.ControllerRevisions] = GroupColumns.ControllerRevisions,
        [ResourceTypes.Roles] = GroupColumns.Roles,
        [ResourceTypes.ClusterRoles] = GroupColumns.Roles,
        [ResourceTypes.RoleBindings] = GroupColumns.Bindings,
        [ResourceTypes.ClusterRoleBindings] = GroupColumns.Bindings,
        [ResourceTypes.Leases] = GroupColumns.Leases,
        [ResourceTypes.Ingresses] = GroupColumns.Ingresses,
        [ResourceTypes.NetworkPolicies] = GroupColumns.NetworkPolicies,
        [ResourceTypes.MutatingWebhookConfigurations] = GroupColumns.Webhooks,
        [ResourceTypes.ValidatingWebhookConfigurations] = GroupColumns.Webhooks,
        [ResourceTypes.CustomResourceDefinitions] = GroupColumns.CustomResourceDefinitions,
        [ResourceTypes.NodeMetrics] = GroupColumns.NodeMetrics,
    };

    // A definition is large and rarely changes: its columns are read once per stored version.
    private static readonly ConditionalWeakTable<WorldObject, IReadOnlyList<Column>> Custom = [];

    /// <summary>The columns of a kind.</summary>
    /// <param name="type">Kind.</param>
    /// <param name="definition">Its CustomResourceDefinition, null for built-in kinds.</param>
    public static IReadOnlyList<Column> Of(ResourceType type, WorldObject? definition) =>
        definition is not null ? Custom.GetValue(definition, CustomColumns.Of) : BuiltIn.GetValueOrDefault(type, Plain);
}
