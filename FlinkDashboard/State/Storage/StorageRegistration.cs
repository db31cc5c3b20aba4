using FlinkDashboard.Configuration;
using FlinkDashboard.Gateways;
using FlinkDashboard.Gateways.S3;

namespace FlinkDashboard.State.Storage;

/// <summary>Registers what is known of S3.</summary>
public static class StorageRegistration
{
    /// <summary>Adds the gateway and what is shared by all viewers.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services) => services
        .AddSingleton(s => new S3Api(s.GetRequiredService<DashboardOptions>().Storage, s.GetRequiredService<AwsAccess>(), s.GetRequiredService<GatewayMeter>().Of("s3")))
        .AddSingleton<StorageFiles>()
        .AddSingleton<StorageOwners>()
        .AddSingleton<UsageCount>();
}
