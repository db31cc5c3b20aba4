using FlinkDashboard.Ui.Flink;
using FlinkDashboard.Ui.Frame;
using FlinkDashboard.Ui.Live;
using MudBlazor.Services;

namespace FlinkDashboard.Ui;

/// <summary>Registers what the pages share.</summary>
public static class UiRegistration
{
    /// <summary>Adds the component kit, the verdict board for all viewers and each viewer's view.</summary>
    /// <param name="label">How the frame names the cluster.</param>
    public static IServiceCollection AddUi(this IServiceCollection services, Func<IServiceProvider, ClusterLabel> label)
    {
        services.AddMudServices();
        return services
            .AddSingleton(new ScreenClock(TimeProvider.System))
            .AddSingleton(label)
            .AddSingleton<FlinkBoard>()
            .AddScoped<ClusterView>();
    }
}
