using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace FlinkDashboard.Ui.Live;

/// <summary>Counts who looks and what is sent to them: circuits, and the batches of changes to their pages.</summary>
public sealed class UiMeter : CircuitHandler
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "FlinkDashboard.Ui";

    private readonly UpDownCounter<int> _open;
    private readonly UpDownCounter<int> _connected;
    private readonly Counter<long> _batches;
    private readonly Counter<long> _bytes;

    /// <summary>Makes the instruments.</summary>
    public UiMeter(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _open = meter.CreateUpDownCounter<int>("flinkdashboard.circuits.open", "{circuit}", "Open pages held in memory, connected or waiting for their browser to come back");
        _connected = meter.CreateUpDownCounter<int>("flinkdashboard.circuits.connected", "{circuit}", "Open pages whose browser is connected");
        _batches = meter.CreateCounter<long>("flinkdashboard.render.batches", "{batch}", "Batches of changes sent to browsers");
        _bytes = meter.CreateCounter<long>("flinkdashboard.render", "By", "Bytes of these batches, before compression");
    }

    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _open.Add(1);
        return Task.CompletedTask;
    }

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _connected.Add(1);
        return Task.CompletedTask;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _connected.Add(-1);
        return Task.CompletedTask;
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _open.Add(-1);
        return Task.CompletedTask;
    }

    internal void Sent(long bytes)
    {
        _batches.Add(1);
        _bytes.Add(bytes);
    }
}
