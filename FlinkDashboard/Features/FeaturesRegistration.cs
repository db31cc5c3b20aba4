using FlinkDashboard.Features.Applications;
using FlinkDashboard.Features.Deploy;
using FlinkDashboard.Features.Sessions;

namespace FlinkDashboard.Features;

/// <summary>Registers what single features need beside their pages.</summary>
public static class FeaturesRegistration
{
    /// <summary>Adds it.</summary>
    public static IServiceCollection AddFeatures(this IServiceCollection services) => services
        .AddScoped<DeployDesk>()
        .AddScoped<EditTelling>()
        .AddScoped<SnapshotActions>()
        .AddScoped<SettingActions>()
        .AddScoped<AutoscalerActions>()
        .AddScoped<ApplicationActions>()
        .AddScoped<SessionJobActions>();
}
