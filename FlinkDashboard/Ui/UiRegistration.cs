using FlinkDashboard.Ui.Flink;
using FlinkDashboard.Ui.Frame;
using FlinkDashboard.Ui.Live;
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
        return services
            .AddSingleton(new ScreenClock(TimeProvider.System))
            .AddSingleton(label)
            .AddSingleton<FlinkBoard>()
            .AddScoped<ClusterView>()
            .AddScoped<Editing.PreviewFacts>()
            .AddScoped<ViewerRights>()
            .AddScoped<JobManagerView>()
            .AddScoped<Charts.ViewerZone>();
    }
}
