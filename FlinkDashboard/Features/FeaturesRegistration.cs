using FlinkDashboard.Features.Applications;
using FlinkDashboard.Features.Deploy;
using FlinkDashboard.Features.Sessions;
using FlinkDashboard.Features.Settings;

namespace FlinkDashboard.Features;

/// <summary>Registers what single features need beside their pages.</summary>
public static class FeaturesRegistration
{
    /// <summary>Adds it.</summary>
    public static IServiceCollection AddFeatures(this IServiceCollection services) => services
        .AddSingleton<SourceList>()
        .AddSingleton<SourceCheck>()
        .AddScoped<DeployDesk>()
        .AddScoped<EditTelling>()
        .AddScoped<SnapshotActions>()
        .AddScoped<SettingActions>()
        .AddScoped<AutoscalerActions>()
        .AddScoped<ApplicationActions>()
        .AddScoped<SessionJobActions>();
}
