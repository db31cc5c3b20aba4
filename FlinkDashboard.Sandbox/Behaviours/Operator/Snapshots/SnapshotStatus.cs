using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Snapshots;

/// <summary>status of a FlinkStateSnapshot.</summary>
internal sealed class SnapshotStatus
{
    /// <summary>TRIGGER_PENDING, IN_PROGRESS, COMPLETED, FAILED or ABANDONED.</summary>
    public string State { get; set; } = "TRIGGER_PENDING";

    /// <summary>Flink's trigger id.</summary>
    public string? TriggerId { get; set; }

    /// <summary>ISO time.</summary>
    public string? TriggerTime { get; set; }

    /// <summary>ISO time.</summary>
    public string? ResultTime { get; set; }

    /// <summary>Where the state is.</summary>
    public string? Path { get; set; }

    /// <summary>Why it failed, last.</summary>
    public string? Error { get; set; }

    /// <summary>Failed attempts.</summary>
    public int Failures { get; set; }

    /// <summary>Reads.</summary>
    public static SnapshotStatus Read(JsonNode? node) => new()
    {
        State = (string?)node?["state"] ?? "TRIGGER_PENDING",
        TriggerId = (string?)node?["triggerId"],
        TriggerTime = (string?)node?["triggerTimestamp"],
        ResultTime = (string?)node?["resultTimestamp"],
        Path = (string?)node?["path"],
        Error = (string?)node?["error"],
        Failures = (int?)node?["failures"] ?? 0,
    };

    /// <summary>Writes.</summary>
    public JsonObject Write()
    {
        var node = new JsonObject();
        Put(node, "error", Error);
        node["failures"] = Failures;
        Put(node, "path", Path);
        Put(node, "resultTimestamp", ResultTime);
        node["state"] = State;
        Put(node, "triggerId", TriggerId);
        Put(node, "triggerTimestamp", TriggerTime);
        return node;
    }

    private static void Put(JsonObject node, string key, string? value)
    {
        if (value is not null)
            node[key] = value;
    }
}
