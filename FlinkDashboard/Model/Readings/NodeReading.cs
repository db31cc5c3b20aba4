using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Model.Readings;

/// <summary>What <c>kubectl get nodes</c> says about a node, and where it comes from.</summary>
/// <param name="Status">Ready, NotReady or Unknown, with <c>,SchedulingDisabled</c> when cordoned.</param>
/// <param name="Roles">Names of its role labels; empty shows as a dash.</param>
/// <param name="InstanceType">For instance m5.xlarge.</param>
/// <param name="CapacityType">spot, on-demand, reserved, capacity-block or fargate, however the labels spell it; null when not told.</param>
/// <param name="Zone">Availability zone.</param>
/// <param name="Pool">Karpenter node pool or EKS node group.</param>
public sealed record NodeReading(string Status, IReadOnlyList<string> Roles, string? InstanceType, string? CapacityType, string? Zone, string? Pool)
{
    private const string RolePrefix = "node-role.kubernetes.io/";

    /// <summary>Ready and open for pods.</summary>
    public bool IsReady => Status == "Ready";

    /// <summary>Reads a node.</summary>
    public static NodeReading Of(Node node)
    {
        var labels = node.Metadata.Labels;
        return new(
            StatusOf(node),
            [.. labels.Keys.Where(k => k.StartsWith(RolePrefix, StringComparison.Ordinal) && k.Length > RolePrefix.Length).Select(k => k[RolePrefix.Length..])
                .Concat(labels["kubernetes.io/role"] is { Length: > 0 } role ? [role] : []).Distinct().Order(StringComparer.Ordinal)],
            labels["node.kubernetes.io/instance-type"] ?? labels["beta.kubernetes.io/instance-type"],
            CapacityTypeOf(labels),
            labels["topology.kubernetes.io/zone"] ?? labels["failure-domain.beta.kubernetes.io/zone"],
            labels["karpenter.sh/nodepool"] ?? labels["eks.amazonaws.com/nodegroup"] ?? labels["NodeGroupType"]);
    }

    private static string StatusOf(Node node)
    {
        var ready = node.Status.Conditions.Of("Ready");
        var word = ready is null ? "Unknown" : ready.Value.IsTrue ? "Ready" : "NotReady";
        return node.Spec.Unschedulable ? word + ",SchedulingDisabled" : word;
    }

    // Karpenter writes on-demand, EKS node groups ON_DEMAND.
    private static string? CapacityTypeOf(StringMap labels) =>
        (labels["karpenter.sh/capacity-type"] ?? labels["eks.amazonaws.com/capacityType"])?.ToLowerInvariant().Replace('_', '-')
        ?? (labels["eks.amazonaws.com/compute-type"] == "fargate" ? "fargate" : null);
}
