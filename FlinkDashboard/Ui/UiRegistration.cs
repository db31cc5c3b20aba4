using FlinkDashboard.Ui.Flink;
using FlinkDashboard.Ui.Frame;
using FlinkDashboard.Ui.Live;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.SignalR.Protocol;
using MudBlazor;
using MudBlazor.Services;

namespace FlinkDashboard.Ui;

/// <summary>Registers what the pages share.</summary>
public static class UiRegistration
{
    /// <summary>Adds the component kit, the verdict board for all viewers and each viewer's view.</summary>
    /// <param name="label">How the frame names the cluster.</param>
    public static IServiceCollection AddUi(this IServiceCollection services, Func<IServiceProvider, ClusterLabel> label)
    {
        services.AddMudServices(kit =>
        {
            kit.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight;
            kit.SnackbarConfiguration.VisibleStateDuration = 6000;
            kit.SnackbarConfiguration.ShowTransitionDuration = 120;
            kit.SnackbarConfiguration.HideTransitionDuration = 120;
        });
        CountBatches(services);
        return services
            .AddSingleton<UiMeter>()
            .AddSingleton<CircuitHandler>(s => s.GetRequiredService<UiMeter>())
            .AddSingleton(new ScreenClock(TimeProvider.System))
            .AddSingleton(label)
            .AddSingleton<FlinkBoard>()
            .AddSingleton<LoadBoard>()
            .AddScoped<ClusterView>()
            .AddScoped<Editing.PreviewFacts>()
            .AddScoped<ViewerRights>()
            .AddScoped<Storage.StorageView>()
            .AddScoped<JobManagerView>()
            .AddScoped<Logs.LogDoor>()
            .AddScoped<Ranges.ViewerZone>()
            .AddScoped<Charts.ChartDoor>()
            .AddScoped<Charts.ExploreDoor>();
    }

    // The framework's protocol is not public: whatever it has registered is wrapped.
    private static void CountBatches(IServiceCollection services)
    {
        foreach (var own in services.Where(s => s.ServiceType == typeof(IHubProtocol) && s.ImplementationType?.Name == "BlazorPackHubProtocol").ToList())
            services[services.IndexOf(own)] = ServiceDescriptor.Singleton<IHubProtocol>(s => new CountedProtocol((IHubProtocol)ActivatorUtilities.CreateInstance(s, own.ImplementationType!), s.GetRequiredService<UiMeter>()));
    }
}
