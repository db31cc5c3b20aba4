using FlinkDashboard.Ui.Formats;
using FlinkDashboard.Ui.Objects;

namespace FlinkDashboard.Features.Nodes;

/// <summary>What the node list says first.</summary>
public static class NodeWords
{
    /// <summary>"6 nodes, all ready. 38 % of CPU and 41 % of memory are requested. 2 pods wait for a node."</summary>
    public static string Summary(IReadOnlyList<NodeRow> rows, int waitingPods)
    {
        if (rows.Count == 0)
            return "";
        var bad = rows.Count(row => !row.IsReady);
        var cpu = Share.Total(rows.Select(row => row.Cpu));
        var memory = Share.Total(rows.Select(row => row.Memory));
        var waiting = waitingPods == 0 ? "No pod waits for a node." : $"{Amounts.Plural(waitingPods, "pod")} {(waitingPods == 1 ? "waits" : "wait")} for a node.";
        return $"{Amounts.Plural(rows.Count, "node")}, {(bad == 0 ? "all ready" : $"{bad} not ready")}. Requested: {Amounts.Percent(cpu.Requested, cpu.Allocatable)} of CPU, {Amounts.Percent(memory.Requested, memory.Allocatable)} of memory. {waiting}";
    }
}
