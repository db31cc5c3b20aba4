using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.World.Aws;

/// <summary>Where EMR's log sidecar of a pod sends what the Flink container writes.</summary>
/// <param name="Pod">Pod name.</param>
/// <param name="LogGroup">CloudWatch log group, or null.</param>
/// <param name="StreamPrefix">What stream names begin with; may be empty.</param>
/// <param name="LogUri">Folder in S3, with or without <c>s3://</c>, or null.</param>
public sealed record LogDestination(string Pod, string? LogGroup, string StreamPrefix, string? LogUri)
{
    /// <summary>Name of the stream of standard output.</summary>
    public string Stream => $"{StreamPrefix}/{Pod}/STDOUT";
}

/// <summary>One shipped line.</summary>
/// <param name="Number">Position in its pod's lines, from 0.</param>
/// <param name="Time">When it was written, simulated.</param>
/// <param name="Text">Without line break.</param>
public sealed record ShippedLine(long Number, DateTimeOffset Time, string Text);

/// <summary>The lines of one pod, oldest first.</summary>
/// <param name="Destination">Where they went.</param>
/// <param name="Lines">The newest lines.</param>
/// <param name="Written">How many there ever were.</param>
public sealed record ShippedPod(LogDestination Destination, IReadOnlyList<ShippedLine> Lines, long Written);

/// <summary>
/// What the log sidecars of EMR on EKS brought to CloudWatch and S3: the lines of the Flink containers of pods whose FlinkDeployment has a
/// monitoringConfiguration. It stays when the pod is gone. Bounded: the newest lines of a pod, the newest pods. Thread-safe.
/// </summary>
public sealed class ShippedLogs
{
    private const string FlinkContainer = "flink-main-container";
    private readonly Lock _lock = new();
    private readonly ObjectStore _objects;
    private readonly int _linesPerPod;
    private readonly int _pods;
    private readonly Dictionary<string, Shipment> _shipments = [];
    private readonly Queue<string> _order = new();

    /// <summary>Ships from now on.</summary>
    public ShippedLogs(ObjectStore objects, ContainerLogs logs, int linesPerPod = 20_000, int pods = 400)
    {
        (_objects, _linesPerPod, _pods) = (objects, linesPerPod, pods);
        objects.Committed += change =>
        {
            if (change.Type == ChangeType.Added && change.Object.Type == ResourceTypes.Pods)
                Begin(change.Object);
        };
        logs.Appended += Append;
    }

    /// <summary>All pods that something was shipped of, in order of their making.</summary>
    public IReadOnlyList<ShippedPod> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _order.Select(uid => _shipments[uid]).Where(s => s.Written > 0).Select(s => new ShippedPod(s.Destination, [.. s.Lines], s.Written))];
            }
        }
    }

    private void Begin(WorldObject pod)
    {
        if (!pod.Labels.TryGetValue("app", out var app) || _objects.Find(ResourceTypes.FlinkDeployments, pod.Namespace, app) is not { } deployment)
            return;
        var monitoring = deployment.Read().At("spec", "monitoringConfiguration");
        if (monitoring is null)
            return;
        lock (_lock)
        {
            if (!_shipments.TryAdd(pod.Uid, new Shipment(Destination(pod.Name, monitoring))))
                return;
            _order.Enqueue(pod.Uid);
            if (_order.Count > _pods)
                _shipments.Remove(_order.Dequeue());
        }
    }

    private static LogDestination Destination(string pod, JsonNode monitoring) => new(pod,
        monitoring.Text("cloudWatchMonitoringConfiguration", "logGroupName"),
        monitoring.Text("cloudWatchMonitoringConfiguration", "logStreamNamePrefix") ?? "",
        monitoring.Text("s3MonitoringConfiguration", "logUri"));

    private void Append(string podUid, string container, ContainerLogLine line)
    {
        if (container != FlinkContainer)
            return;
        lock (_lock)
        {
            if (!_shipments.TryGetValue(podUid, out var shipment))
                return;
            shipment.Lines.Enqueue(new ShippedLine(shipment.Written++, line.Time, line.Text));
            if (shipment.Lines.Count > _linesPerPod)
                shipment.Lines.Dequeue();
        }
    }

    private sealed class Shipment(LogDestination destination)
    {
        public LogDestination Destination => destination;

        public Queue<ShippedLine> Lines { get; } = new();

        public long Written { get; set; }
    }
}
