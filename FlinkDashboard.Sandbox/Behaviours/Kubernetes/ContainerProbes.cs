using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>
/// Startup and readiness probes of one run of a container. A probe ticks only while it fails: what serves is trusted until its
/// program says otherwise. A container without a known program serves at once.
/// </summary>
internal sealed class ContainerProbes(PodWorker worker, ContainerRuntime container)
{
    private readonly string _run = container.ContainerId;
    private int _failures;
    private bool _ticking;

    private bool IsServing => container.Program is null || container.Program.IsServing;

    private bool IsCurrent => container.Phase == ContainerPhase.Running && container.ContainerId == _run;

    private JsonObject? Startup => container.Spec["startupProbe"] as JsonObject;

    private JsonObject? Readiness => container.Spec["readinessProbe"] as JsonObject;

    public void Begin()
    {
        if (Startup is { } probe && !container.Started)
            worker.Later(Milliseconds(probe, "initialDelaySeconds", 0) + 780, TryStartup);
        else if (Readiness is not null && !container.Ready)
            TickReadiness(Milliseconds(Readiness, "initialDelaySeconds", 0) + 300);
    }

    /// <summary>The program serves from now on, or no longer.</summary>
    public void ServingChanged()
    {
        if (Readiness is null || !container.Started)
            return;
        if (IsServing)
            TickReadiness(300);
        else
            TickReadiness(Milliseconds(Readiness, "periodSeconds", 10) * (Readiness.Number("failureThreshold") ?? 3));
    }

    private void TryStartup()
    {
        if (!IsCurrent)
            return;
        if (!IsServing)
        {
            Fail(Startup!, "Startup");
            if (++_failures >= (Startup.Number("failureThreshold") ?? 3))
                worker.Condemn(container);
            else
                worker.Later(Milliseconds(Startup!, "periodSeconds", 10), TryStartup);
            return;
        }
        container.Started = true;
        worker.Publish();
        if (Readiness is not null)
            TickReadiness(Milliseconds(Readiness, "initialDelaySeconds", 0) + 300);
        else
            worker.Later(12, () => SetReady(true));
    }

    private void TickReadiness(double milliseconds)
    {
        if (_ticking)
            return;
        _ticking = true;
        worker.Later(milliseconds, () =>
        {
            _ticking = false;
            if (!IsCurrent)
                return;
            if (!IsServing)
            {
                Fail(Readiness!, "Readiness");
                TickReadiness(Milliseconds(Readiness!, "periodSeconds", 10));
            }
            SetReady(IsServing);
        });
    }

    private void SetReady(bool ready)
    {
        if (!IsCurrent || container.Ready == ready)
            return;
        container.Ready = ready;
        worker.Publish();
    }

    private void Fail(JsonObject probe, string kind)
    {
        var host = worker.State.PodIp;
        var port = Port(probe.At("httpGet", "port") ?? probe.At("tcpSocket", "port"));
        var why = container.Program?.IsListening == true ? "HTTP probe failed with statuscode: 503"
            : probe["httpGet"] is not null
                ? $"Get \"{(probe.Text("httpGet", "scheme") ?? "HTTP").ToLowerInvariant()}://{host}:{port}{probe.Text("httpGet", "path") ?? "/"}\": dial tcp {host}:{port}: connect: connection refused"
                : $"dial tcp {host}:{port}: connect: connection refused";
        worker.Say(container, "Warning", "Unhealthy", $"{kind} probe failed: {why}");
    }

    private string Port(JsonNode? port) => port.Text() is { } name
        ? container.Spec.Items("ports").FirstOrDefault(p => p.Text("name") == name)?["containerPort"]?.ToString() ?? name
        : port?.ToString() ?? "0";

    private static double Milliseconds(JsonObject probe, string name, long otherwise) => 1000.0 * (probe.Number(name) ?? otherwise);
}
