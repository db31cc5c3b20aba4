using System.Globalization;
using System.Text.Json;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Tables;

/// <summary>What <c>kubectl get pods</c> prints (kubernetes printers, printPod).</summary>
internal static class PodColumns
{
    /// <summary>The columns.</summary>
    public static IReadOnlyList<Column> All { get; } =
    [
        Column.NameColumn,
        new("Ready", (o, _) => $"{ReadyCount(o)}/{Cells.Items(o, "spec", "containers").Count()}"),
        new("Status", (o, _) => Status(o)),
        new("Restarts", (o, now) => Restarts(o, now)),
        Column.Age,
        Column.Wide("IP", o => Cells.OrNone(Cells.Text(o, "status", "podIP"))),
        Column.Wide("Node", o => Cells.OrNone(Cells.Text(o, "spec", "nodeName"))),
        Column.Wide("Nominated Node", o => Cells.OrNone(Cells.Text(o, "status", "nominatedNodeName"))),
        Column.Wide("Readiness Gates", ReadinessGates),
    ];

    private static int ReadyCount(JsonElement o) =>
        Cells.Items(o, "status", "containerStatuses").Count(c => Is(c, "ready") && Cells.At(c, "state", "running").ValueKind == JsonValueKind.Object);

    private static string Status(JsonElement o)
    {
        var reason = Cells.Text(o, "status", "reason") is { Length: > 0 } own ? own : Cells.Text(o, "status", "phase");
        if (Initializing(o) is { } init && Condition(o, "Initialized") != "True")
            reason = init;
        else
        {
            var running = false;
            foreach (var container in Cells.Items(o, "status", "containerStatuses").Reverse())
            {
                if (Trouble(container) is { } trouble)
                    reason = trouble;
                else
                    running |= Is(container, "ready");
            }
            if (reason == "Completed" && running)
                reason = Condition(o, "Ready") == "True" ? "Running" : "NotReady";
        }
        if (Cells.Text(o, "metadata", "deletionTimestamp").Length == 0)
            return reason;
        return Cells.Text(o, "status", "reason") == "NodeLost" ? "Unknown"
            : Cells.Text(o, "status", "phase") is "Succeeded" or "Failed" ? reason
            : "Terminating";
    }

    // Null when no init container holds the pod.
    private static string? Initializing(JsonElement o)
    {
        var index = 0;
        foreach (var container in Cells.Items(o, "status", "initContainerStatuses"))
        {
            var ended = Cells.At(container, "state", "terminated");
            if (ended.ValueKind == JsonValueKind.Object && Cells.Number(ended, "exitCode") == 0)
            {
                index++;
                continue;
            }
            return Trouble(container) is { } trouble && trouble != "PodInitializing" ? $"Init:{trouble}" : $"Init:{index}/{Cells.Items(o, "spec", "initContainers").Count()}";
        }
        return null;
    }

    private static string? Trouble(JsonElement container)
    {
        if (Cells.Text(container, "state", "waiting", "reason") is { Length: > 0 } waiting)
            return waiting;
        var ended = Cells.At(container, "state", "terminated");
        if (ended.ValueKind != JsonValueKind.Object)
            return null;
        return Cells.Text(ended, "reason") is { Length: > 0 } reason ? reason
            : Cells.Number(ended, "signal") is var signal and not 0 ? $"Signal:{signal}"
            : $"ExitCode:{Cells.Number(ended, "exitCode")}";
    }

    private static string Restarts(JsonElement o, DateTimeOffset now)
    {
        var statuses = Cells.Items(o, "status", Initializing(o) is not null && Condition(o, "Initialized") != "True" ? "initContainerStatuses" : "containerStatuses").ToList();
        var count = statuses.Sum(c => Cells.Number(c, "restartCount"));
        var last = statuses.Select(c => Cells.Text(c, "lastState", "terminated", "finishedAt")).Max(StringComparer.Ordinal);
        return count == 0 || last is null or "" ? count.ToString(CultureInfo.InvariantCulture) : $"{count} ({Cells.Since(last, now)} ago)";
    }

    private static string ReadinessGates(JsonElement o)
    {
        var gates = Cells.Items(o, "spec", "readinessGates").Select(g => Cells.Text(g, "conditionType")).ToList();
        return gates.Count == 0 ? "<none>" : $"{gates.Count(g => Condition(o, g) == "True")}/{gates.Count}";
    }

    private static string Condition(JsonElement o, string type) =>
        Cells.Text(Cells.Items(o, "status", "conditions").FirstOrDefault(c => Cells.Text(c, "type") == type), "status");

    private static bool Is(JsonElement o, string flag) => Cells.At(o, flag).ValueKind == JsonValueKind.True;
}
