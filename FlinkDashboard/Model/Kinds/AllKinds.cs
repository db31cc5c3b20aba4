namespace FlinkDashboard.Model.Kinds;

/// <summary>Every kind the app reads: the RBAC manifest, the sandbox and the watches are tested against this list.</summary>
public static class AllKinds
{
    /// <summary>In no particular order.</summary>
    public static IReadOnlyList<KindInfo> List { get; } =
    [
        FlinkDeployment.Info,
        FlinkSessionJob.Info,
        FlinkStateSnapshot.Info,
        FlinkBlueGreenDeployment.Info,
        Node.Info,
        Pod.Info,
        Deployment.Info,
        ReplicaSet.Info,
        Service.Info,
        Endpoints.Info,
        ConfigMap.Info,
        CoreEvent.Info,
        Namespace.Info,
        ServiceAccount.Info,
        Role.Info,
        RoleBinding.Info,
        ClusterRole.Info,
        ClusterRoleBinding.Info,
        ResourceQuota.Info,
        Lease.Info,
        CustomResourceDefinition.Info,
        ValidatingWebhookConfiguration.Info,
        NodePool.Info,
        NodeClaim.Info,
        NodeMetrics.Info,
        PodMetrics.Info,
        Ingress.Info,
        ControllerRevision.Info,
    ];
}
