using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Status;

/// <summary>The status as it is stored: which fields exist, and when, is part of the truth.</summary>
public static class StatusJson
{
    /// <summary>Writes.</summary>
    public static JsonObject Write(ResourceStatus status)
    {
        var node = new JsonObject();
        if (!status.IsSessionJob)
        {
            node["clusterInfo"] = new JsonObject(status.ClusterInfo.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value)));
            node["conditions"] = status.Condition is { } c ? new JsonArray(Condition(c)) : [];
        }
        Put(node, "error", status.Error);
        if (!status.IsSessionJob)
            node["jobManagerDeploymentStatus"] = status.JobManager;
        node["jobStatus"] = Job(status.Job);
        node["lifecycleState"] = Lifecycle.Of(status);
        Put(node, "observedGeneration", status.ObservedGeneration);
        node["reconciliationStatus"] = Reconciliation(status);
        if (status.TaskManager is { } tm)
            node["taskManager"] = new JsonObject { ["labelSelector"] = tm.Selector, ["replicas"] = tm.Replicas };
        return node;
    }

    /// <summary>Reads what is stored, as the operator does when it starts.</summary>
    public static ResourceStatus Read(JsonNode? node, bool sessionJob)
    {
        var status = new ResourceStatus(sessionJob);
        if (node is not JsonObject)
            return status;
        status.JobManager = (string?)node["jobManagerDeploymentStatus"] ?? "MISSING";
        status.Error = (string?)node["error"];
        status.ObservedGeneration = (long?)node["observedGeneration"];
        ReadJob(status.Job, node["jobStatus"]);
        var reconciliation = node["reconciliationStatus"];
        status.State = (string?)reconciliation?["state"] ?? "UPGRADING";
        status.Timestamp = (long?)reconciliation?["reconciliationTimestamp"] ?? 0;
        status.ReconciledText = (string?)reconciliation?["lastReconciledSpec"];
        status.StableText = (string?)reconciliation?["lastStableSpec"];
        if (node["clusterInfo"] is JsonObject info)
        {
            foreach (var (key, value) in info)
                status.ClusterInfo[key] = (string?)value ?? "";
        }
        if (node["taskManager"] is { } tm)
            status.TaskManager = ((string?)tm["labelSelector"] ?? "", (int?)tm["replicas"] ?? 0);
        if (node["conditions"] is JsonArray { Count: > 0 } conditions && conditions[0] is { } c)
            status.Condition = new RunningCondition((string?)c["status"] == "True", (string?)c["reason"] ?? "", (string?)c["message"] ?? "", (string?)c["lastTransitionTime"] ?? "");
        return status;
    }

    private static JsonObject Condition(RunningCondition condition) => new()
    {
        ["lastTransitionTime"] = condition.Since,
        ["message"] = condition.Message,
        ["reason"] = condition.Reason,
        ["status"] = condition.IsTrue ? "True" : "False",
        ["type"] = "Running",
    };

    /// <summary>Writes jobStatus.</summary>
    internal static JsonObject Job(JobStatusPart job)
    {
        var node = new JsonObject { ["checkpointInfo"] = job.Checkpoints.Write() };
        Put(node, "jobId", job.JobId);
        Put(node, "jobName", job.JobName);
        node["savepointInfo"] = job.Savepoints.Write();
        Put(node, "startTime", job.StartTime);
        Put(node, "state", job.State);
        Put(node, "updateTime", job.UpdateTime);
        Put(node, "upgradeSavepointPath", job.UpgradeSavepointPath);
        return node;
    }

    /// <summary>Reads jobStatus.</summary>
    internal static void ReadJob(JobStatusPart job, JsonNode? node)
    {
        job.JobId = (string?)node?["jobId"];
        job.JobName = (string?)node?["jobName"];
        job.StartTime = (string?)node?["startTime"];
        job.State = (string?)node?["state"];
        job.UpdateTime = (string?)node?["updateTime"];
        job.UpgradeSavepointPath = (string?)node?["upgradeSavepointPath"];
        job.Savepoints.Read(node?["savepointInfo"]);
        job.Checkpoints.Read(node?["checkpointInfo"]);
    }

    private static JsonObject Reconciliation(ResourceStatus status)
    {
        var node = new JsonObject();
        Put(node, "lastReconciledSpec", status.ReconciledText);
        Put(node, "lastStableSpec", status.StableText);
        node["reconciliationTimestamp"] = status.Timestamp;
        node["state"] = status.State;
        return node;
    }

    private static void Put(JsonObject node, string key, JsonNode? value)
    {
        if (value is not null)
            node[key] = value;
    }
}
