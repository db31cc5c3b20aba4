using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>
/// Stands in for the daemonset controller (the sandbox serves no DaemonSets): every DaemonSet that a stored pod names as its
/// controller gets a pod on each new node, and a new one where it lost one.
/// </summary>
internal sealed class DaemonPods(ClusterIndex index) : IBehaviour
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(200);
    private readonly Dictionary<string, JsonObject> _templates = [];
    private SandboxWorld _world = null!;

    public void Start(SandboxWorld world)
    {
        _world = world;
        foreach (var pod in index.Pods().OrderBy(p => p.Object.ResourceVersion))
            Learn(pod);
        world.OnChange(ResourceTypes.Nodes, c =>
        {
            if (c.Type == ChangeType.Added)
                Furnish(c.Object.Name);
        });
        world.OnChange(ResourceTypes.Pods, c =>
        {
            if (c.Type == ChangeType.Added && index.Pod(c.Object.Uid) is { } pod)
                Learn(pod);
            else if (c.Type == ChangeType.Deleted && c.Object.OwnerUids.Any(_templates.ContainsKey))
                Furnish(c.Object.Read().Text("spec", "nodeName") ?? "");
        });
    }

    private void Learn(PodFacts pod)
    {
        if (pod.ControllerKind != "DaemonSet" || _templates.ContainsKey(pod.ControllerUid))
            return;
        var json = pod.Object.Read();
        var owner = json.Items("metadata", "ownerReferences").First(r => r.Text("uid") == pod.ControllerUid);
        var labels = json.At("metadata", "labels")?.DeepClone() as JsonObject ?? [];
        labels.Remove("topology.kubernetes.io/zone");
        labels.Remove("topology.kubernetes.io/region");
        _templates[pod.ControllerUid] = new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["generateName"] = owner.Text("name") + "-",
                ["namespace"] = pod.Namespace,
                ["labels"] = labels,
                ["ownerReferences"] = new JsonArray(owner.DeepClone()),
            },
            ["spec"] = json["spec"]!.DeepClone(),
        };
    }

    private void Furnish(string node) => _world.Timeline.After(Delay, () =>
    {
        if (index.Node(node) is not { Object.IsDeleting: false })
            return;
        var there = index.PodsOn(node).Select(p => p.ControllerUid).ToHashSet();
        foreach (var (_, template) in _templates.Where(t => !there.Contains(t.Key)))
        {
            var pod = template.DeepClone().AsObject();
            // Daemons are bound by their controller's affinity to one node and tolerate what it has.
            pod["spec"]!["nodeName"] = node;
            PodAdmission.Complete(_world, pod);
            pod["status"]!["conditions"] = new JsonArray(new JsonObject
            {
                ["type"] = "PodScheduled",
                ["status"] = "True",
                ["lastProbeTime"] = null,
                ["lastTransitionTime"] = ObjectStore.Timestamp(_world.Now),
            });
            _world.Objects.Create(ResourceTypes.Pods, pod, part: WritePart.All);
        }
    });
}
