using FlinkDashboard.Sandbox.World.Metrics.Kubernetes;

namespace FlinkDashboard.Sandbox.World.Metrics.Platform;

/// <summary>Metrics of the Flink operator: how many resources are in which state, how long they were, what its autoscaler found out, and its own work.</summary>
internal sealed class FlinkOperatorSources(ClusterView view)
{
    private const string Prefix = "flink_k8soperator_";
    private const string InNamespace = Prefix + "namespace_";
    private const string OfResource = InNamespace + "resource_";
    private static readonly string[] Lifecycles = ["CREATED", "SUSPENDED", "UPGRADING", "DEPLOYED", "STABLE", "ROLLING_BACK", "ROLLED_BACK", "FAILED"];
    private static readonly string[] JobManagers = ["READY", "DEPLOYED_NOT_READY", "DEPLOYING", "MISSING", "ERROR"];
    private static readonly string[] Snapshots = ["COMPLETED", "FAILED", "IN_PROGRESS", "TRIGGER_PENDING", "ABANDONED"];
    private readonly Dictionary<(string Kind, string Namespace, string Name), FlinkResource> _all = [];
    private readonly Dictionary<(string Kind, string Namespace, string Name), DateTimeOffset> _since = [];
    private readonly Dictionary<(string Kind, string Namespace, string Name), ScalingNote> _notes = [];
    private readonly LifecycleTimes _times = new();
    private readonly Tallies _scalings = new();
    private readonly Gauges _gauges = new("operator");

    /// <summary>Takes a change of a resource.</summary>
    public void Follow(Change change, DateTimeOffset at)
    {
        var resource = FlinkResource.Of(change.Object);
        var key = (resource.Kind, resource.Namespace, resource.Name);
        var old = _all.GetValueOrDefault(key);
        if (change.Type == ChangeType.Deleted)
        {
            _all.Remove(key);
            _since.Remove(key);
            _notes.Remove(key);
            return;
        }
        _all[key] = resource;
        if (old?.Lifecycle == resource.Lifecycle)
            return;
        if (old is not null && resource.Kind == "FlinkDeployment")
            _times.Add(resource.Namespace, resource.Kind, old.Lifecycle, resource.Lifecycle, at - _since.GetValueOrDefault(key, at));
        _since[key] = at;
    }

    /// <summary>Takes what the autoscaler found out.</summary>
    public void Follow(ScalingNote note)
    {
        var key = (note.Kind, note.Namespace, note.Name);
        if (!_all.ContainsKey(key))
            return;
        _notes[key] = note;
        var labels = Labels(note.Namespace, note.Kind).With("resourcename", note.Name);
        _scalings.Add(OfResource + "AutoScaler_scalings", note.HasScaled ? 1 : 0, labels);
        _scalings.Add(OfResource + "AutoScaler_errors", 0, labels);
        _scalings.Add(OfResource + "AutoScaler_balanced", note.IsBalanced ? 1 : 0, labels);
    }

    /// <summary>All of it as it is now.</summary>
    public IEnumerable<(string Slot, MetricSource? Source)> Flush(DateTimeOffset at)
    {
        var leader = view.Serving(Exporter.Operator);
        var target = leader is null ? null : Exporters.Target(Exporter.Operator, leader);
        var own = leader is null ? LabelSet.Empty : LabelSet.Of("host", MetricTable.Filter(leader.Ip), "name", MetricTable.Filter(leader.Name));
        foreach (var gauge in _gauges.Update(target, at, Now().Select(g => (g.Name, g.Labels.With(own), g.Value))))
            yield return gauge;
        yield return ("operator-times", target is null ? null : _times.Source(target, own, at));
        foreach (var source in target is null ? [] : OperatorWork.Sources(target, own, leader!, _all.Values, at))
            yield return source;
    }

    private static LabelSet Labels(string ns, string kind) => LabelSet.Of("resourcens", ns, "resourcetype", kind);

    private IEnumerable<(string Name, LabelSet Labels, double Value)> Now() =>
        _all.Values.GroupBy(r => (r.Namespace, r.Kind)).SelectMany(g => OfNamespace(Labels(g.Key.Namespace, g.Key.Kind), g.Key.Kind, [.. g]))
            .Concat(_notes.Values.SelectMany(OfNote)).Concat(_scalings.All.Where(s => _notes.ContainsKey((s.Labels["resourcetype"], s.Labels["resourcens"], s.Labels["resourcename"]))));

    private static IEnumerable<(string, LabelSet, double)> OfNamespace(LabelSet labels, string kind, IReadOnlyList<FlinkResource> all)
    {
        (string, LabelSet, double) Of(string name, double value, LabelSet? more = null) => (InNamespace + name, more is null ? labels : labels.With(more), value);
        if (kind == "FlinkStateSnapshot")
        {
            foreach (var (name, some) in new[] { ("Savepoint", all.Where(r => r.IsSavepoint).ToList()), ("Checkpoint", all.Where(r => !r.IsSavepoint).ToList()) })
            {
                yield return Of($"{name}_Count", some.Count);
                foreach (var state in Snapshots)
                    yield return Of($"{name}_State_{state}_Count", some.Count(r => r.SnapshotState == state));
            }
            yield break;
        }
        yield return Of("Count", all.Count);
        foreach (var state in Lifecycles)
            yield return Of($"Lifecycle_State_{state}_Count", all.Count(r => r.Lifecycle == state));
        if (kind != "FlinkDeployment")
            yield break;
        foreach (var status in JobManagers)
            yield return Of($"JmDeploymentStatus_{status}_Count", all.Count(r => r.JobManager == status));
        yield return Of("ResourceUsage_Cpu", Math.Round(all.Sum(r => r.Cpu), 3));
        yield return Of("ResourceUsage_Memory", all.Sum(r => r.Memory));
        yield return Of("ResourceUsage_StateSize", all.Sum(r => r.StateSize));
        foreach (var version in all.Where(r => r.Version.Length > 0).GroupBy(r => MetricTable.Filter(r.Version)))
            yield return Of("FlinkVersion_Count", version.Count(), LabelSet.Of("FlinkVersion", version.Key));
        foreach (var version in all.Where(r => r.Version.Length > 0).GroupBy(r => string.Join('_', r.Version.Split('.').Take(2))))
            yield return Of("FlinkMinorVersion_Count", version.Count(), LabelSet.Of("FlinkMinorVersion", version.Key));
    }

    private static IEnumerable<(string, LabelSet, double)> OfNote(ScalingNote note)
    {
        var labels = Labels(note.Namespace, note.Kind).With("resourcename", note.Name);
        foreach (var (vertex, metrics) in note.Vertices)
        {
            foreach (var (name, (current, average)) in metrics)
            {
                yield return ($"{OfResource}AutoScaler_jobVertexID_{name}_Current", labels.With("jobVertexID", vertex), current);
                if (name is "LOAD" or "TRUE_PROCESSING_RATE" or "TARGET_DATA_RATE")
                    yield return ($"{OfResource}AutoScaler_jobVertexID_{name}_Average", labels.With("jobVertexID", vertex), average);
            }
        }
    }
}
