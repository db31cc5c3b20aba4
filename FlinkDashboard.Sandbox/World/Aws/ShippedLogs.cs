namespace FlinkDashboard.Sandbox.World.Aws;

/// <summary>
/// What the log sidecars of EMR on EKS brought to CloudWatch and S3: the two outputs of the Flink containers of pods whose FlinkDeployment has a
/// monitoringConfiguration. It stays when the pod is gone. Bounded: the newest lines of a stream, the newest pods. Thread-safe.
/// </summary>
public sealed class ShippedLogs
{
    private const string FlinkContainer = "flink-main-container";
    private readonly Lock _lock = new();
    private readonly ObjectStore _objects;
    private readonly int _pods;
    private readonly Dictionary<string, Shipment> _shipments = [];

    // A TaskManager's name comes again when its cluster is made anew: its lines then go on in the same streams.
    private readonly Dictionary<LogDestination, Shipment> _destinations = [];
    private readonly Queue<LogDestination> _order = new();

    /// <summary>Ships from now on.</summary>
    public ShippedLogs(ObjectStore objects, ContainerLogs logs, int pods = 400)
    {
        (_objects, _pods) = (objects, pods);
        objects.Committed += change =>
        {
            if (change.Object.Type != ResourceTypes.Pods)
                return;
            if (change.Type == ChangeType.Added)
                Begin(change.Object);
            else if (JvmErrors.MayHaveEnded(change.Object))
                Ended(change.Object);
            if (change.Type == ChangeType.Deleted)
                Forget(change.Object.Uid);
        };
        logs.Appended += Append;
    }

    /// <summary>How many lines of a stream are kept.</summary>
    public int LinesPerStream { get; set; } = 20_000;

    /// <summary>All streams that something was shipped of, in order of the making of their pods.</summary>
    public IReadOnlyList<ShippedStream> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _order.SelectMany(d => new[] { _destinations[d].Output, _destinations[d].Errors }).Where(s => s.Written > 0)];
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
        var destination = LogDestination.Of(pod.Name, monitoring);
        lock (_lock)
        {
            var known = _destinations.GetValueOrDefault(destination);
            _shipments[pod.Uid] = _destinations[destination] = new Shipment(new JvmErrors(pod), known?.Output ?? new(destination, ShippedStream.StandardOutput), known?.Errors ?? new(destination, ShippedStream.StandardError));
            if (known is not null)
                return;
            _order.Enqueue(destination);
            if (_order.Count > _pods)
                _destinations.Remove(_order.Dequeue());
        }
    }

    private void Forget(string podUid)
    {
        lock (_lock)
            _shipments.Remove(podUid);
    }

    private void Append(string podUid, string container, ContainerLogLine line)
    {
        if (container != FlinkContainer || Find(podUid) is not { } shipment)
            return;
        // The first line of a process comes after what its JVM says when it starts.
        if (line.Number == 0)
            Fail(shipment, line.Time, shipment.Jvm.Started());
        shipment.Output.Append(line.Time, line.Text, LinesPerStream);
    }

    private void Ended(WorldObject pod)
    {
        if (Find(pod.Uid) is { } shipment && shipment.Jvm.Ended(pod, FlinkContainer, shipment.Output.Newest?.Time) is { } end)
            Fail(shipment, end.Time, end.Lines);
    }

    private void Fail(Shipment shipment, DateTimeOffset time, IEnumerable<string> lines)
    {
        foreach (var line in lines)
            shipment.Errors.Append(time, line, LinesPerStream);
    }

    private Shipment? Find(string podUid)
    {
        lock (_lock)
            return _shipments.GetValueOrDefault(podUid);
    }

    private sealed record Shipment(JvmErrors Jvm, ShippedStream Output, ShippedStream Errors);
}
