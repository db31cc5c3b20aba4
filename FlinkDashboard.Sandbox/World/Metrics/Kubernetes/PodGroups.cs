namespace FlinkDashboard.Sandbox.World.Metrics.Kubernetes;

/// <summary>The series of one pod.</summary>
internal static class PodGroups
{
    /// <summary>What kube-state-metrics says of it.</summary>
    public static IEnumerable<MetricGroup> OfState(PodState pod, MetricTarget target)
    {
        var own = LabelSet.Of("namespace", pod.Namespace, "pod", pod.Name, "uid", pod.Uid);
        MetricGroup Pod(MetricTable<PodState> table, LabelSet? more = null) => new SteadyGroup<PodState>(target, more is null ? own : own.With(more), table, pod);
        yield return Pod(PodTables.Status);
        yield return Pod(PodTables.Info, LabelSet.Of("node", pod.Node, "pod_ip", pod.Ip, "host_ip", pod.HostIp, "created_by_kind", pod.OwnerKind, "created_by_name", pod.OwnerName));
        yield return Pod(PodTables.Owner, LabelSet.Of("owner_kind", pod.OwnerKind, "owner_name", pod.OwnerName, "owner_is_controller", pod.OwnerKind.Length > 0 ? "true" : ""));
        yield return Pod(PodTables.Labels, LabelSet.Of(pod.Labels.Select(l => KeyValuePair.Create("label_" + MetricTable.Filter(l.Key).Replace(':', '_'), l.Value))));
        if (pod.Started is not null)
            yield return Pod(PodTables.Started);
        if (pod.IsUnschedulable)
            yield return Pod(PodTables.Unschedulable);
        foreach (var container in pod.Containers)
        {
            var named = own.With("container", container.Name);
            MetricGroup Of(MetricTable<ContainerState> table, string name = "", string value = "") =>
                new SteadyGroup<ContainerState>(target, name.Length > 0 && value.Length > 0 ? named.With(name, value) : named, table, container);
            yield return Of(PodTables.Container);
            yield return Of(PodTables.ContainerInfo, "image", container.Image);
            if (container.WaitingReason is { } waiting)
                yield return Of(PodTables.Waiting, "reason", waiting);
            if (container.TerminatedReason is { } terminated)
                yield return Of(PodTables.Terminated, "reason", terminated);
            if (container.LastTerminatedReason is { } last)
                yield return Of(PodTables.LastTerminated, "reason", last);
            foreach (var (table, _) in PodTables.Resources.Where(r => r.Amount(container) is not null))
                yield return Of(table, "node", pod.Node);
        }
    }

    /// <summary>What cAdvisor says of its running containers.</summary>
    public static IEnumerable<MetricGroup> OfUse(PodState pod, MetricTarget target)
    {
        var all = pod.Containers.Where(c => c.RunningSince is not null).Select(c => new ContainerUse(pod, c, c.RunningSince!.Value)).ToList();
        if (all.Count == 0)
            yield break;
        var own = LabelSet.Of("namespace", pod.Namespace, "pod", pod.Name);
        foreach (var use in all)
        {
            var labels = own.With(LabelSet.Of("container", use.Container.Name, "image", use.Container.Image));
            yield return new MetricGroup<(ContainerUse, DateTimeOffset)>(target, labels, PodTables.Use, at => (use, at));
            if (use.Container.CpuLimit is not null)
                yield return new MetricGroup<(ContainerUse, DateTimeOffset)>(target, labels, PodTables.Limited, at => (use, at));
        }
        yield return new MetricGroup<(IReadOnlyList<ContainerUse>, DateTimeOffset)>(target, own, PodTables.Group, at => (all, at));
        var first = all.MinBy(u => u.Since)! with { Since = pod.Started ?? all[0].Since };
        yield return new MetricGroup<(ContainerUse, DateTimeOffset)>(target, own.With("interface", "eth0"), PodTables.Network, at => (first, at));
    }
}
