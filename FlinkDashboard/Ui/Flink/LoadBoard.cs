using System.Runtime.CompilerServices;
using FlinkDashboard.Model.Metrics;
using FlinkDashboard.State.Metrics;

namespace FlinkDashboard.Ui.Flink;

/// <summary>
/// The rows of applications with their throughput, lag, checkpoint age and restarts, worked out once for all viewers. It knows all namespaces: whoever shows it asks only
/// about rows that the viewer may see.
/// </summary>
public sealed class LoadBoard(FleetNumbers fleet, ChartSource charts)
{
    private readonly ConditionalWeakTable<FleetNumber, AppLoad> _loads = [];
    private readonly ConditionalWeakTable<AppRow, AppRow> _rows = [];

    /// <summary>Keeps asking until disposed, and tells after each round.</summary>
    public IDisposable Subscribe(Action changed) => charts.IsConfigured ? fleet.Subscribe(changed) : new Nothing();

    /// <summary>A row with its numbers; the same row as long as neither has changed.</summary>
    public AppRow With(AppRow row)
    {
        var load = Of(row.Namespace, row.Name);
        if (_rows.TryGetValue(row, out var known) && load.Equals(known.Load))
            return known;
        known = row with { Load = load };
        _rows.AddOrUpdate(row, known);
        return known;
    }

    /// <summary>The sum of these rows.</summary>
    public AppLoad Sum(IEnumerable<AppRow> rows) => fleet.Now is { At: { } at, Problem: var problem } ? AppLoad.Sum([.. rows.Select(row => fleet.Of(row.Namespace, row.Name))], at, problem) : AppLoad.Unknown(Reason);

    private string Reason => !charts.IsConfigured ? "No Prometheus is set (Prometheus:Url); these numbers come from its series" : fleet.Problem ?? "Prometheus is being asked";

    private AppLoad Of(string ns, string name) => fleet.Now is not { At: { } at, Problem: var problem } ? AppLoad.Unknown(Reason)
        : fleet.Of(ns, name) is var number && _loads.TryGetValue(number, out var known) && (problem is null || known.Reason == problem) ? known
        : Keep(number, AppLoad.From(number, at, problem));

    private AppLoad Keep(FleetNumber number, AppLoad load)
    {
        _loads.AddOrUpdate(number, load);
        return load;
    }

    private sealed class Nothing : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
