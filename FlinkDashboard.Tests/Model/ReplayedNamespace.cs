using System.Text.Json;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Verdicts;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Model;

/// <summary>What a watcher of a recorded namespace knows after each event.</summary>
internal sealed class ReplayedNamespace(DateTimeOffset startedAt)
{
    private readonly Dictionary<(string Resource, string Name), JsonElement> _objects = [];
    private readonly Dictionary<(string Resource, string Name), IKubernetesObject> _parsed = [];

    public DateTimeOffset Now { get; private set; } = DateTimeOffset.UnixEpoch;

    public IReadOnlyList<FlinkDeployment> Deployments => All<FlinkDeployment>("flinkdeployments");

    public IReadOnlyList<FlinkSessionJob> SessionJobs => All<FlinkSessionJob>("flinksessionjobs");

    public IReadOnlyList<FlinkStateSnapshot> Snapshots => All<FlinkStateSnapshot>("flinkstatesnapshots");

    public IReadOnlyList<FlinkBlueGreenDeployment> BlueGreen => All<FlinkBlueGreenDeployment>("flinkbluegreendeployments");

    public IReadOnlyList<Deployment> Workloads => All<Deployment>("deployments");

    public IReadOnlyList<ConfigMap> ConfigMaps => All<ConfigMap>("configmaps");

    public Evidence Evidence => new(Now) { Pods = All<Pod>("pods"), Events = All<CoreEvent>("events"), Snapshots = Snapshots };

    public IEnumerable<(IKubernetesObject Object, Verdict Verdict)> Verdicts()
    {
        var evidence = Evidence;
        foreach (var d in Deployments)
            yield return (d, VerdictOf.Deployment(d, evidence));
        foreach (var j in SessionJobs)
            yield return (j, VerdictOf.SessionJob(j, SessionCluster(j), evidence));
        foreach (var s in Snapshots)
            yield return (s, VerdictOf.Snapshot(s, evidence));
    }

    public FlinkDeployment? SessionCluster(IKubernetesObject o) => o is FlinkSessionJob j ? Deployments.FirstOrDefault(d => d.Metadata.Name == j.Spec.DeploymentName) : null;

    public JsonElement? Raw(string resource, string name) => _objects.TryGetValue((resource, name), out var o) ? o : null;

    public void Apply(RecordedEvent e)
    {
        Now = startedAt + e.At;
        _parsed.Remove((e.Resource, e.Name));
        if (e.Type == "DELETED")
            _objects.Remove((e.Resource, e.Name));
        else
            _objects[(e.Resource, e.Name)] = e.Object;
    }

    private List<T> All<T>(string resource) where T : class, IKubernetesObject<T> =>
        [.. _objects.Where(o => o.Key.Resource == resource).Select(o => (T)(_parsed.TryGetValue(o.Key, out var done) ? done : _parsed[o.Key] = RecordedKindTests.Parse<T>(o.Value)))];
}
