using Bunit;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.State;
using FlinkDashboard.Ui.Live;
using FlinkDashboard.Ui.Ranges;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;

namespace FlinkDashboard.Tests.Ui;

/// <summary>A component test with real caches, the component kit and two clocks held by hand.</summary>
public abstract class UiContext : BunitContext, IAsyncLifetime
{
    protected UiContext()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton<TimeProvider>(Cluster);
        Services.AddSingleton(new ScreenClock(Screen));
        Services.AddSingleton(Pods);
        Services.AddSingleton(new ViewerZone());
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    // The component kit has services that only end asynchronously.
    async Task IAsyncLifetime.DisposeAsync() => await base.DisposeAsync();

    /// <summary>The cluster's clock.</summary>
    protected FakeTimeProvider Cluster { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>The clock by which screens are drawn.</summary>
    protected FakeTimeProvider Screen { get; } = new();

    protected ResourceCache<Pod> Pods { get; } = new(Pod.Info);

    protected static Pod APod(string name, string ns = "team") => new() { Metadata = new ObjectMeta { Name = name, Namespace = ns, Uid = name } };
}
