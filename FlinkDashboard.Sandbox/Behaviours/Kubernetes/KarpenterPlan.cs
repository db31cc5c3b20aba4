namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>A node that Karpenter is going to launch, filling up with pending pods.</summary>
internal sealed class KarpenterPlan
{
    private readonly IReadOnlyList<string> _zones;

    private KarpenterPlan(NodePoolFacts pool, IReadOnlyList<InstanceType> types, IReadOnlyList<string> zones)
    {
        Pool = pool;
        Types = types;
        _zones = zones;
    }

    public NodePoolFacts Pool { get; }

    public List<PodFacts> Pods { get; } = [];

    public long CpuMillis { get; private set; }

    public long MemoryBytes { get; private set; }

    /// <summary>Types that still hold all pods, smallest first.</summary>
    public IReadOnlyList<InstanceType> Types { get; private set; }

    /// <summary>Labels of the node, once it is launched as the smallest type.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; private set; } = new Dictionary<string, string>();

    /// <summary>A plan for a first pod in the best pool, or why there is none.</summary>
    /// <param name="pod">Pending pod.</param>
    /// <param name="placement">What nodes it accepts.</param>
    /// <param name="pools">Pools, best first, with the room their limits leave.</param>
    /// <param name="zones">Zones in order of preference.</param>
    public static (KarpenterPlan? Plan, string Refusal) For(PodFacts pod, PodPlacement placement, IEnumerable<(NodePoolFacts Pool, long CpuMillis, long MemoryBytes)> pools, IReadOnlyList<string> zones)
    {
        List<string> refusals = [];
        foreach (var (pool, cpu, memory) in pools)
        {
            if (!placement.Tolerates(pool.Taints))
            {
                refusals.Add($"incompatible with nodepool \"{pool.Name}\", did not tolerate taint(s)");
                continue;
            }
            var compatible = InstanceTypes.All.Where(t => pool.Offers(t, placement, zones)).ToList();
            if (compatible.Count == 0)
            {
                refusals.Add($"incompatible with nodepool \"{pool.Name}\", incompatible requirements");
                continue;
            }
            var fitting = compatible.Where(t => pod.CpuMillis <= t.AllocatableMillis && pod.MemoryBytes <= t.AllocatableBytes).ToList();
            if (fitting.Count == 0)
            {
                refusals.Add($"incompatible with nodepool \"{pool.Name}\", no instance type has enough resources");
                continue;
            }
            var affordable = fitting.Where(t => t.Cores * 1000L <= cpu && t.Gibibytes * 1024L * 1024 * 1024 <= memory).ToList();
            if (affordable.Count == 0)
            {
                refusals.Add($"all available instance types exceed limits for nodepool \"{pool.Name}\"");
                continue;
            }
            var plan = new KarpenterPlan(pool, affordable, zones);
            plan.TryAdd(pod, placement);
            return (plan, "");
        }
        return (null, "Failed to schedule pod, " + string.Join("; ", refusals));
    }

    /// <summary>Adds a pod if one of the types still holds everything.</summary>
    public bool TryAdd(PodFacts pod, PodPlacement placement)
    {
        var fitting = Types.Where(t => Pool.Offers(t, placement, _zones)
            && CpuMillis + pod.CpuMillis <= t.AllocatableMillis && MemoryBytes + pod.MemoryBytes <= t.AllocatableBytes && Pods.Count < t.Pods).ToList();
        if (fitting.Count == 0 || Pool.LabelsFor(fitting[0], placement, _zones) is not { } labels || (Pods.Count > 0 && !Agrees(placement, fitting[0])))
            return false;
        Pods.Add(pod);
        CpuMillis += pod.CpuMillis;
        MemoryBytes += pod.MemoryBytes;
        Types = fitting;
        Labels = Pods.Count == 1 ? labels : Relabel(fitting[0]);
        return true;
    }

    // Capacity type and zone stay those of the first pod.
    private bool Agrees(PodPlacement placement, InstanceType type) => placement.Matches(Relabel(type)) && placement.Tolerates(Pool.Taints);

    private Dictionary<string, string> Relabel(InstanceType type)
    {
        var labels = new Dictionary<string, string>(Labels);
        foreach (var (key, value) in type.Labels)
            labels[key] = value;
        return labels;
    }
}
