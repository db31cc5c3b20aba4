using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Behaviours.Operator.Status;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.BlueGreen;

/// <summary>status of a FlinkBlueGreenDeployment.</summary>
internal sealed class BlueGreenStatus
{
    /// <summary>A time that is not set.</summary>
    public const string NoTime = "1970-01-01T00:00:00Z";

    /// <summary>blueGreenState: INITIALIZING_BLUE, ACTIVE_…, SAVEPOINTING_…, TRANSITIONING_TO_….</summary>
    public string State { get; set; } = "INITIALIZING_BLUE";

    /// <summary>jobStatus, of which only the state is used: RECONCILING, RUNNING, FAILING or SUSPENDED.</summary>
    public JobStatusPart Job { get; } = new();

    /// <summary>lastReconciledSpec.</summary>
    public string? Reconciled { get; set; }

    /// <summary>lastReconciledTimestamp, ISO.</summary>
    public string? ReconciledAt { get; set; }

    /// <summary>abortTimestamp, ISO.</summary>
    public string? AbortAt { get; set; }

    /// <summary>deploymentReadyTimestamp, ISO.</summary>
    public string? ReadyAt { get; set; }

    /// <summary>savepointTriggerId: the savepoint a transition starts from.</summary>
    public string? TriggerId { get; set; }

    /// <summary>Why it is FAILING.</summary>
    public string? Error { get; set; }

    /// <summary>Reads.</summary>
    public static BlueGreenStatus Read(JsonNode node)
    {
        var status = new BlueGreenStatus
        {
            State = (string?)node["blueGreenState"] ?? "INITIALIZING_BLUE",
            Reconciled = (string?)node["lastReconciledSpec"],
            ReconciledAt = (string?)node["lastReconciledTimestamp"],
            AbortAt = (string?)node["abortTimestamp"],
            ReadyAt = (string?)node["deploymentReadyTimestamp"],
            TriggerId = (string?)node["savepointTriggerId"],
            Error = (string?)node["error"],
        };
        StatusJson.ReadJob(status.Job, node["jobStatus"]);
        return status;
    }

    /// <summary>Writes.</summary>
    public JsonObject Write()
    {
        var node = new JsonObject();
        Put(node, "abortTimestamp", AbortAt);
        node["blueGreenState"] = State;
        Put(node, "deploymentReadyTimestamp", ReadyAt);
        Put(node, "error", Error);
        node["jobStatus"] = StatusJson.Job(Job);
        Put(node, "lastReconciledSpec", Reconciled);
        Put(node, "lastReconciledTimestamp", ReconciledAt);
        Put(node, "savepointTriggerId", TriggerId);
        return node;
    }

    /// <summary>A time field; null when it is not set.</summary>
    public static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, out var time) && time > DateTimeOffset.UnixEpoch ? time : null;

    private static void Put(JsonObject node, string key, string? value)
    {
        if (value is not null)
            node[key] = value;
    }
}
