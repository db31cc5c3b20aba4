using FlinkDashboard.Configuration;
using FlinkDashboard.Gateways.FlinkRest;
using FlinkDashboard.Gateways.Kubernetes;

namespace FlinkDashboard.State.Flink;

/// <summary>Registers the way to JobManagers, their gateway and their feeds.</summary>
public static class FlinkRegistration
{
    /// <summary>In the cluster JobManagers are reached by service name, from elsewhere through the API server.</summary>
    public static IServiceCollection AddJobManagers(this IServiceCollection services, ClusterSource source) => services
        .AddSingleton<IFlinkRoute>(s => source == ClusterSource.InCluster ? new ServiceNameRoute() : new ServiceProxyRoute(s.GetRequiredService<KubernetesApi>()))
        .AddSingleton<FlinkRestApi>()
        .AddSingleton<JobManagerFeeds>();
}
