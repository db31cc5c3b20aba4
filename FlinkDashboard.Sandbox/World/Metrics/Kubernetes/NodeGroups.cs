namespace FlinkDashboard.Sandbox.World.Metrics.Kubernetes;

/// <summary>The series of one node.</summary>
internal static class NodeGroups
{
    /// <summary>What kube-state-metrics says of it.</summary>
    public static IEnumerable<MetricGroup> OfState(NodeState node, MetricTarget target)
    {
        var own = LabelSet.Of("node", node.Name);
        yield return new SteadyGroup<NodeState>(target, own, NodeTables.Status, node);
        yield return new SteadyGroup<NodeState>(target, own.With(node.Info), NodeTables.Info, node);
        var labels = LabelSet.Of(node.Labels.Select(l => KeyValuePair.Create("label_" + MetricTable.Filter(l.Key).Replace(':', '_'), l.Value)));
        yield return new SteadyGroup<NodeState>(target, own.With(labels), NodeTables.Labels, node);
        foreach (var (key, value, effect) in node.Taints)
            yield return new SteadyGroup<NodeState>(target, own.With(LabelSet.Of("key", key, "value", value, "effect", effect)), NodeTables.Taint, node);
    }

    /// <summary>What the node exporter says of it.</summary>
    public static IEnumerable<MetricGroup> OfUse(NodeUse use, MetricTarget target)
    {
        yield return new MetricGroup<(NodeUse, DateTimeOffset)>(target, LabelSet.Empty, NodeTables.Exporter, at => (use, at));
        yield return new MetricGroup<(NodeUse, DateTimeOffset)>(target, LabelSet.Empty, NodeTables.Cpu(use.Node.Cores), at => (use, at));
        yield return new SteadyGroup<NodeState>(target, LabelSet.Of("nodename", use.Node.Name, "sysname", "Linux", "machine", use.Node.Labels.GetValueOrDefault("kubernetes.io/arch") == "arm64" ? "aarch64" : "x86_64",
            "release", use.Node.Info["kernel_version"]), NodeTables.Name, use.Node);
    }
}
