using FlinkDashboard.Configuration;
using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.State;

/// <summary>Registers a cache and its loop for every kind.</summary>
public static class StateRegistration
{
    /// <summary>Adds the caches, their loops, and <see cref="ClusterState"/>. One line per kind; a test compares with <see cref="AllKinds"/>.</summary>
    public static IServiceCollection AddClusterState(this IServiceCollection services) => services
        .AddSingleton<ClusterState>()
        .AddSingleton<StateMeter>()
        .AddSingleton<InstalledSchemas>()
        .AddSingleton<OperatorDefaults>()
        .AddKind<FlinkDeployment>()
        .AddKind<FlinkSessionJob>()
        .AddKind<FlinkStateSnapshot>()
        .AddKind<FlinkBlueGreenDeployment>()
        .AddKind<Node>()
        .AddKind<Pod>()
        .AddKind<Deployment>()
        .AddKind<ReplicaSet>()
        .AddKind<Service>()
        .AddKind<Endpoints>()
        .AddKind<ConfigMap>()
        .AddKind<CoreEvent>()
        .AddKind<Namespace>()
        .AddKind<ServiceAccount>()
        .AddKind<Role>()
        .AddKind<RoleBinding>()
        .AddKind<ClusterRole>()
        .AddKind<ClusterRoleBinding>()
        .AddKind<ResourceQuota>()
        .AddKind<Lease>()
        .AddKind<CustomResourceDefinition>()
        .AddKind<ValidatingWebhookConfiguration>()
        .AddKind<NodePool>()
        .AddKind<NodeClaim>()
        .AddKind<NodeMetrics>()
        .AddKind<PodMetrics>()
        .AddKind<Ingress>()
        .AddKind<ControllerRevision>();

    private static IServiceCollection AddKind<T>(this IServiceCollection services) where T : class, IKubernetesObject<T>
    {
        services.AddSingleton(new ResourceCache<T>(T.Info));
        services.AddSingleton<ResourceCache>(s => s.GetRequiredService<ResourceCache<T>>());
        if (T.Info.Watched)
            services.AddHostedService(s => new ResourceWatch<T>(
                s.GetRequiredService<KubernetesApi>(), s.GetRequiredService<ResourceCache<T>>(), s.GetRequiredService<DashboardOptions>().Cluster,
                s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<ResourceWatch<T>>>(), s.GetRequiredService<StateMeter>()));
        else
            services.AddHostedService(s => new ResourcePoll<T>(
                s.GetRequiredService<KubernetesApi>(), s.GetRequiredService<ResourceCache<T>>(), s.GetRequiredService<DashboardOptions>().Cluster,
                s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<ResourcePoll<T>>>()));
        return services;
    }
}
