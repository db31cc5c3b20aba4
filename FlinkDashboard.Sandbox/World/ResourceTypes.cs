namespace FlinkDashboard.Sandbox.World;

/// <summary>Every kind the sandbox serves. A kind that is not here is answered 404, as by a server without it.</summary>
public static class ResourceTypes
{
    /// <summary>core/v1.</summary>
    public static readonly ResourceType
        Namespaces = new("", "v1", "Namespace", "namespaces", "namespace", false) { ShortNames = ["ns"], HasStatus = true },
        Nodes = new("", "v1", "Node", "nodes", "node", false) { ShortNames = ["no"], HasStatus = true },
        Pods = new("", "v1", "Pod", "pods", "pod", true) { ShortNames = ["po"], Categories = ["all"], HasStatus = true, HasGeneration = true },
        Services = new("", "v1", "Service", "services", "service", true) { ShortNames = ["svc"], Categories = ["all"], HasStatus = true },
        Endpoints = new("", "v1", "Endpoints", "endpoints", "endpoints", true) { ShortNames = ["ep"] },
        ConfigMaps = new("", "v1", "ConfigMap", "configmaps", "configmap", true) { ShortNames = ["cm"] },
        Events = new("", "v1", "Event", "events", "event", true) { ShortNames = ["ev"] },
        ServiceAccounts = new("", "v1", "ServiceAccount", "serviceaccounts", "serviceaccount", true) { ShortNames = ["sa"] },
        Secrets = new("", "v1", "Secret", "secrets", "secret", true),
        PersistentVolumeClaims = new("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims", "persistentvolumeclaim", true) { ShortNames = ["pvc"], HasStatus = true },
        ResourceQuotas = new("", "v1", "ResourceQuota", "resourcequotas", "resourcequota", true) { ShortNames = ["quota"], HasStatus = true };

    /// <summary>apps/v1.</summary>
    public static readonly ResourceType
        Deployments = new("apps", "v1", "Deployment", "deployments", "deployment", true) { ShortNames = ["deploy"], Categories = ["all"], HasStatus = true, HasScale = true, HasGeneration = true },
        ReplicaSets = new("apps", "v1", "ReplicaSet", "replicasets", "replicaset", true) { ShortNames = ["rs"], Categories = ["all"], HasStatus = true, HasScale = true, HasGeneration = true },
        StatefulSets = new("apps", "v1", "StatefulSet", "statefulsets", "statefulset", true) { ShortNames = ["sts"], Categories = ["all"], HasStatus = true, HasScale = true, HasGeneration = true },
        ControllerRevisions = new("apps", "v1", "ControllerRevision", "controllerrevisions", "controllerrevision", true);

    /// <summary>rbac, coordination, networking, apiextensions, metrics.</summary>
    public static readonly ResourceType
        Roles = new("rbac.authorization.k8s.io", "v1", "Role", "roles", "role", true),
        RoleBindings = new("rbac.authorization.k8s.io", "v1", "RoleBinding", "rolebindings", "rolebinding", true),
        ClusterRoles = new("rbac.authorization.k8s.io", "v1", "ClusterRole", "clusterroles", "clusterrole", false),
        ClusterRoleBindings = new("rbac.authorization.k8s.io", "v1", "ClusterRoleBinding", "clusterrolebindings", "clusterrolebinding", false),
        Leases = new("coordination.k8s.io", "v1", "Lease", "leases", "lease", true),
        Ingresses = new("networking.k8s.io", "v1", "Ingress", "ingresses", "ingress", true) { ShortNames = ["ing"], HasStatus = true, HasGeneration = true },
        NetworkPolicies = new("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", "networkpolicy", true) { ShortNames = ["netpol"], HasGeneration = true },
        ValidatingWebhookConfigurations = new("admissionregistration.k8s.io", "v1", "ValidatingWebhookConfiguration", "validatingwebhookconfigurations", "validatingwebhookconfiguration", false) { HasGeneration = true },
        MutatingWebhookConfigurations = new("admissionregistration.k8s.io", "v1", "MutatingWebhookConfiguration", "mutatingwebhookconfigurations", "mutatingwebhookconfiguration", false) { HasGeneration = true },
        CustomResourceDefinitions = new("apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions", "customresourcedefinition", false) { ShortNames = ["crd", "crds"], HasStatus = true, HasGeneration = true },
        NodeMetrics = new("metrics.k8s.io", "v1beta1", "NodeMetrics", "nodes", "", false),
        PodMetrics = new("metrics.k8s.io", "v1beta1", "PodMetrics", "pods", "", true);

    /// <summary>karpenter.sh/v1.</summary>
    public static readonly ResourceType
        NodePools = new("karpenter.sh", "v1", "NodePool", "nodepools", "nodepool", false) { IsCustom = true, HasStatus = true, HasGeneration = true, Categories = ["karpenter"] },
        NodeClaims = new("karpenter.sh", "v1", "NodeClaim", "nodeclaims", "nodeclaim", false) { IsCustom = true, HasStatus = true, HasGeneration = true, Categories = ["karpenter"] };

    /// <summary>flink.apache.org/v1beta1.</summary>
    public static readonly ResourceType
        FlinkDeployments = new("flink.apache.org", "v1beta1", "FlinkDeployment", "flinkdeployments", "flinkdeployment", true) { ShortNames = ["flinkdep"], IsCustom = true, HasStatus = true, HasScale = true, HasGeneration = true },
        FlinkSessionJobs = new("flink.apache.org", "v1beta1", "FlinkSessionJob", "flinksessionjobs", "flinksessionjob", true) { ShortNames = ["sessionjob"], IsCustom = true, HasStatus = true, HasGeneration = true },
        FlinkStateSnapshots = new("flink.apache.org", "v1beta1", "FlinkStateSnapshot", "flinkstatesnapshots", "flinkstatesnapshot", true) { ShortNames = ["flinksnp"], IsCustom = true, HasStatus = true, HasGeneration = true },
        FlinkBlueGreenDeployments = new("flink.apache.org", "v1beta1", "FlinkBlueGreenDeployment", "flinkbluegreendeployments", "flinkbluegreendeployment", true) { ShortNames = ["flinkbgdep"], IsCustom = true, HasStatus = true, HasGeneration = true };

    /// <summary>All kinds, in discovery order.</summary>
    public static readonly IReadOnlyList<ResourceType> All =
    [
        Namespaces, Nodes, Pods, Services, Endpoints, ConfigMaps, Events, ServiceAccounts, Secrets, PersistentVolumeClaims, ResourceQuotas,
        Deployments, ReplicaSets, StatefulSets, ControllerRevisions,
        Roles, RoleBindings, ClusterRoles, ClusterRoleBindings, Leases, Ingresses, NetworkPolicies, MutatingWebhookConfigurations, ValidatingWebhookConfigurations, CustomResourceDefinitions,
        NodeMetrics, PodMetrics, NodePools, NodeClaims,
        FlinkDeployments, FlinkSessionJobs, FlinkStateSnapshots, FlinkBlueGreenDeployments,
    ];

    /// <summary>The kind with these URL coordinates, or null.</summary>
    public static ResourceType? Find(string group, string version, string plural) =>
        All.FirstOrDefault(t => t.Plural == plural && t.Group == group && t.Version == version);

    /// <summary>The kind an object names itself, or null.</summary>
    public static ResourceType? FindKind(string apiVersion, string kind) =>
        All.FirstOrDefault(t => t.Kind == kind && t.ApiVersion == apiVersion);
}
