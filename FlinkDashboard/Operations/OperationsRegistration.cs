using FlinkDashboard.Operations.Revisions;

namespace FlinkDashboard.Operations;

/// <summary>Registers the operations.</summary>
public static class OperationsRegistration
{
    /// <summary>Adds what this folder offers.</summary>
    public static IServiceCollection AddOperations(this IServiceCollection services) => services
        .AddSingleton<OperationRunner>()
        .AddSingleton<ApplicationOperations>()
        .AddSingleton<UpgradeOperations>()
        .AddSingleton<ManifestOperations>()
        .AddSingleton<SnapshotOperations>()
        .AddSingleton<StorageOperations>()
        .AddSingleton<RevisionKeeper>()
        .AddHostedService(s => s.GetRequiredService<RevisionKeeper>())
        .AddSingleton<RevisionOperations>();
}
