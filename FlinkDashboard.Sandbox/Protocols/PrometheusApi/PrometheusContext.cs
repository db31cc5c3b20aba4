using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Metrics;

namespace FlinkDashboard.Sandbox.Protocols.PrometheusApi;

/// <summary>The Prometheus that answers.</summary>
/// <param name="World">What it shows.</param>
/// <param name="Interval">Time between scrapes.</param>
/// <param name="Faults">Troubles to make.</param>
/// <param name="Time">Real time.</param>
internal sealed record PrometheusContext(SandboxWorld World, TimeSpan Interval, PrometheusFaults Faults, TimeProvider Time)
{
    /// <summary>When it scrapes.</summary>
    public ScrapePlan Plan { get; } = ScrapePlan.Every(Interval);

    /// <summary>When it started.</summary>
    public DateTimeOffset Started { get; } = Time.GetUtcNow();
}
