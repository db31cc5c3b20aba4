namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>The scheduler's filters and its words for their refusals.</summary>
internal static class NodeFit
{
    private const string NotHelpful = "Preemption is not helpful for scheduling";
    private const string NoVictims = "No preemption victims found for incoming pod";

    /// <summary>The node with the most room left that takes the pod, or the sentence of the FailedScheduling event.</summary>
    public static (NodeFacts? Node, string Message) Judge(PodFacts pod, PodPlacement placement, ClusterIndex index)
    {
        var nodes = index.Nodes();
        if (nodes.Count == 0)
            return (null, "no nodes available to schedule pods");
        NodeFacts? best = null;
        var bestScore = double.MinValue;
        var reasons = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var hopeless = 0;
        foreach (var node in nodes)
        {
            var load = index.Load(node.Name);
            var refusals = Refusals(pod, placement, node, load, out var final);
            if (refusals.Count == 0)
            {
                var score = Score(pod, node, load);
                if (score > bestScore || (score == bestScore && string.CompareOrdinal(node.Name, best!.Name) < 0))
                    (best, bestScore) = (node, score);
                continue;
            }
            foreach (var reason in refusals)
                reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
            hopeless += final ? 1 : 0;
        }
        return (best, best is null ? Sentence(nodes.Count, reasons, hopeless) : "");
    }

    private static List<string> Refusals(PodFacts pod, PodPlacement placement, NodeFacts node, (long CpuMillis, long MemoryBytes, int Pods) load, out bool final)
    {
        final = true;
        if (node.IsCordoned && !placement.Tolerates(new Taint("node.kubernetes.io/unschedulable", "", "NoSchedule")))
            return ["node(s) were unschedulable"];
        if (!placement.Tolerates(node.Taints))
            return ["node(s) had untolerated taint(s)"];
        if (!placement.Matches(node.Labels))
            return ["node(s) didn't match Pod's node affinity/selector"];
        List<string> refusals = [];
        if (load.Pods + 1 > node.Pods)
            refusals.Add("Too many pods");
        if (pod.CpuMillis > 0 && load.CpuMillis + pod.CpuMillis > node.CpuMillis)
            refusals.Add("Insufficient cpu");
        if (pod.MemoryBytes > 0 && load.MemoryBytes + pod.MemoryBytes > node.MemoryBytes)
            refusals.Add("Insufficient memory");
        // No eviction makes a node larger than it is.
        final = pod.CpuMillis > node.CpuMillis || pod.MemoryBytes > node.MemoryBytes;
        return refusals;
    }

    private static double Score(PodFacts pod, NodeFacts node, (long CpuMillis, long MemoryBytes, int Pods) load) =>
        1 - ((double)(load.CpuMillis + pod.CpuMillis) / Math.Max(1, node.CpuMillis)) + 1 - ((double)(load.MemoryBytes + pod.MemoryBytes) / Math.Max(1, node.MemoryBytes));

    private static string Sentence(int nodes, SortedDictionary<string, int> reasons, int hopeless)
    {
        var why = string.Join(", ", reasons.Select(r => $"{r.Value} {r.Key}").Order(StringComparer.Ordinal));
        List<string> preemption = [];
        if (nodes - hopeless > 0)
            preemption.Add($"{nodes - hopeless} {NoVictims}");
        if (hopeless > 0)
            preemption.Add($"{hopeless} {NotHelpful}");
        return $"0/{nodes} nodes are available: {why}. no new claims to deallocate, preemption: 0/{nodes} nodes are available: {string.Join(", ", preemption.Order(StringComparer.Ordinal))}.";
    }
}
