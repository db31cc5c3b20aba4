using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Status;

/// <summary>A savepoint or checkpoint that the operator took without a FlinkStateSnapshot.</summary>
/// <param name="Time">When it was triggered, epoch milliseconds.</param>
/// <param name="Location">Path; null for checkpoints, whose path is not kept.</param>
/// <param name="TriggerType">MANUAL, PERIODIC or UPGRADE.</param>
/// <param name="Format">CANONICAL, NATIVE, or FULL for checkpoints.</param>
/// <param name="Nonce">The nonce that asked for it; null otherwise.</param>
public sealed record TakenSnapshot(long Time, string? Location, string TriggerType, string Format, long? Nonce);

/// <summary>
/// jobStatus.savepointInfo or jobStatus.checkpointInfo (api/status/SavepointInfo, CheckpointInfo): what is under way and what was taken
/// where FlinkStateSnapshots are switched off.
/// </summary>
/// <param name="kind">Savepoint or Checkpoint, as in the names of its fields.</param>
public sealed class SnapshotInfo(string kind)
{
    /// <summary>Savepoint or Checkpoint.</summary>
    public string Kind => kind;

    /// <summary>Flink's trigger id; null while nothing is in progress.</summary>
    public string? TriggerId { get; private set; }

    /// <summary>When it was triggered, epoch milliseconds.</summary>
    public long? TriggerTime { get; private set; }

    /// <summary>MANUAL or PERIODIC.</summary>
    public string? TriggerType { get; private set; }

    /// <summary>Format of what is in progress.</summary>
    public string? Format { get; private set; }

    /// <summary>The newest one.</summary>
    public TakenSnapshot? Last { get; private set; }

    /// <summary>All that are kept, oldest first (savepoints only).</summary>
    public List<TakenSnapshot> History { get; } = [];

    /// <summary>When the newest periodic one was triggered, epoch milliseconds; 0 for never.</summary>
    public long LastPeriodic { get; private set; }

    private bool HasHistory => kind == "Savepoint";

    /// <summary>Something was triggered.</summary>
    public void Begin(string triggerId, string triggerType, string format, long now)
    {
        TriggerId = triggerId;
        TriggerType = triggerType;
        Format = format;
        TriggerTime = now;
    }

    /// <summary>What was in progress has ended.</summary>
    public void Reset() => TriggerId = TriggerType = Format = null;

    /// <summary>Records a new one, unless it is the newest already.</summary>
    public void Add(TakenSnapshot taken)
    {
        if (taken.Location is null || taken.Location != Last?.Location)
        {
            Last = taken;
            if (HasHistory)
                History.Add(taken);
            if (taken.TriggerType == "PERIODIC")
                LastPeriodic = taken.Time;
        }
        Reset();
    }

    /// <summary>Why a trigger failed, as the event says it.</summary>
    public string Failure(long? nonce) => TriggerType == "PERIODIC" ? $"Periodic {kind.ToLowerInvariant()} failed"
        : $"{kind} failed for {kind.ToLowerInvariant()}TriggerNonce: {nonce?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null"}";

    /// <summary>Writes.</summary>
    internal JsonObject Write()
    {
        var node = new JsonObject();
        Put(node, "formatType", Format);
        if (!HasHistory)
            Put(node, "lastCheckpoint", Last is null ? null : Write(Last));
        node[$"lastPeriodic{kind}Timestamp"] = LastPeriodic;
        if (HasHistory)
        {
            Put(node, "lastSavepoint", Last is null ? null : Write(Last));
            node["savepointHistory"] = new JsonArray([.. History.Select(Write)]);
        }
        Put(node, "triggerId", TriggerId);
        Put(node, "triggerTimestamp", TriggerId is null ? null : TriggerTime);
        Put(node, "triggerType", TriggerType);
        return node;
    }

    /// <summary>Reads.</summary>
    internal void Read(JsonNode? node)
    {
        if (node is not JsonObject)
            return;
        TriggerId = (string?)node["triggerId"];
        TriggerTime = (long?)node["triggerTimestamp"];
        TriggerType = (string?)node["triggerType"];
        Format = (string?)node["formatType"];
        LastPeriodic = (long?)node[$"lastPeriodic{kind}Timestamp"] ?? 0;
        Last = node[$"last{kind}"] is { } last ? Taken(last) : null;
        History.AddRange((node["savepointHistory"] as JsonArray ?? []).Select(t => Taken(t!)));
    }

    private static JsonObject Write(TakenSnapshot taken)
    {
        var node = new JsonObject();
        Put(node, "formatType", taken.Format);
        Put(node, "location", taken.Location);
        node["timeStamp"] = taken.Time;
        Put(node, "triggerNonce", taken.Nonce);
        Put(node, "triggerType", taken.TriggerType);
        return node;
    }

    private static TakenSnapshot Taken(JsonNode node) => new((long?)node["timeStamp"] ?? 0, (string?)node["location"],
        (string?)node["triggerType"] ?? "UNKNOWN", (string?)node["formatType"] ?? "UNKNOWN", (long?)node["triggerNonce"]);

    private static void Put(JsonObject node, string key, JsonNode? value)
    {
        if (value is not null)
            node[key] = value;
    }
}
