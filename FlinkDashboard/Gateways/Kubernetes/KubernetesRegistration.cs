namespace FlinkDashboard.Gateways.Kubernetes;

/// <summary>Registers the Kubernetes gateway.</summary>
public static class KubernetesRegistration
{
    /// <summary>One connection to one API server for the whole process.</summary>
    public static IServiceCollection AddKubernetesApi(this IServiceCollection services, ClusterAddress address) => services
        .AddSingleton(address)
        .AddSingleton<GatewayMeter>()
        .AddSingleton<ClusterConnector>()
        .AddSingleton<KubernetesApi>();
}
