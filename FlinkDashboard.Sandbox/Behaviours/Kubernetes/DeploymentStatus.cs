using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>Computes a Deployment's status from its ReplicaSets, as the deployment controller's sync and progress files do.</summary>
internal static class DeploymentStatus
{
    /// <summary>The next status.</summary>
    /// <param name="deployment">The Deployment with its present status.</param>
    /// <param name="sets">All its ReplicaSets.</param>
    /// <param name="current">The one of the present template.</param>
    /// <param name="now">Simulated time.</param>
    /// <param name="rollout">False while only scaling or deleting: progress is not judged then.</param>
    public static JsonObject Next(JsonObject deployment, IReadOnlyList<ReplicaSetView> sets, ReplicaSetView? current, DateTimeOffset now, bool rollout)
    {
        var old = deployment["status"] as JsonObject ?? [];
        var wanted = DeploymentRules.Replicas(deployment);
        var available = sets.Sum(s => s.Available);
        var status = new JsonObject { ["observedGeneration"] = deployment.Number("metadata", "generation") ?? 1 };
        Count(status, "replicas", sets.Sum(s => s.Replicas));
        Count(status, "updatedReplicas", current?.Replicas ?? 0);
        Count(status, "readyReplicas", sets.Sum(s => s.Ready));
        Count(status, "availableReplicas", available);
        Count(status, "unavailableReplicas", Math.Max(0, sets.Sum(s => s.Wanted) - available));
        status["terminatingReplicas"] = sets.Sum(s => s.Terminating);
        if (old["collisionCount"] is { } collisions)
            status["collisionCount"] = collisions.DeepClone();
        var conditions = old["conditions"]?.DeepClone() as JsonArray ?? [];
        if (available >= wanted - DeploymentRules.Bounds(deployment).Unavailable)
            Set(conditions, "Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability.", now);
        else
            Set(conditions, "Available", "False", "MinimumReplicasUnavailable", "Deployment does not have minimum availability.", now);
        if (rollout)
            JudgeProgress(deployment, old, status, conditions, current, now);
        if (rollout)
            CopyFailure(conditions, sets, current, now);
        status["conditions"] = conditions;
        return status;
    }

    /// <summary>Puts a Progressing condition for a ReplicaSet that was just made.</summary>
    public static void Created(JsonArray conditions, string set, DateTimeOffset now) =>
        Set(conditions, "Progressing", "True", "NewReplicaSetCreated", $"Created new replica set \"{set}\"", now);

    /// <summary>When a rollout that makes no progress is given up; null if none is watched.</summary>
    public static DateTimeOffset? Deadline(JsonObject deployment)
    {
        var progressing = deployment.Items("status", "conditions").FirstOrDefault(c => c.Text("type") == "Progressing");
        return progressing.Text("reason") is "NewReplicaSetCreated" or "ReplicaSetUpdated" or "FoundNewReplicaSet"
            && DateTimeOffset.TryParse(progressing.Text("lastUpdateTime"), System.Globalization.CultureInfo.InvariantCulture, out var since)
            ? since + TimeSpan.FromSeconds((double)(deployment.Number("spec", "progressDeadlineSeconds") ?? 600))
            : null;
    }

    private static void JudgeProgress(JsonObject deployment, JsonObject old, JsonObject status, JsonArray conditions, ReplicaSetView? current, DateTimeOffset now)
    {
        var wanted = DeploymentRules.Replicas(deployment);
        var (updated, replicas) = (status.Number("updatedReplicas") ?? 0, status.Number("replicas") ?? 0);
        var (ready, available) = (status.Number("readyReplicas") ?? 0, status.Number("availableReplicas") ?? 0);
        var progressing = conditions.Items().FirstOrDefault(c => c.Text("type") == "Progressing");
        if (replicas == updated && progressing.Text("reason") == "NewReplicaSetAvailable")
            return;
        var name = current?.Object.Name ?? deployment.Text("metadata", "name");
        if (updated == wanted && replicas == wanted && available == wanted)
            Set(conditions, "Progressing", "True", "NewReplicaSetAvailable", $"ReplicaSet \"{name}\" has successfully progressed.", now);
        else if (updated > (old.Number("updatedReplicas") ?? 0) || ready > (old.Number("readyReplicas") ?? 0) || available > (old.Number("availableReplicas") ?? 0)
            || replicas - updated < (old.Number("replicas") ?? 0) - (old.Number("updatedReplicas") ?? 0))
            Set(conditions, "Progressing", "True", "ReplicaSetUpdated", $"ReplicaSet \"{name}\" is progressing.", now, evenIfSame: true);
        else if (Deadline(deployment) is { } deadline && deadline <= now)
            Set(conditions, "Progressing", "False", "ProgressDeadlineExceeded", $"ReplicaSet \"{name}\" has timed out progressing.", now);
    }

    private static void CopyFailure(JsonArray conditions, IReadOnlyList<ReplicaSetView> sets, ReplicaSetView? current, DateTimeOffset now)
    {
        var failure = current?.Failure ?? sets.Select(s => s.Failure).FirstOrDefault(f => f is not null);
        if (failure is not null)
            Set(conditions, "ReplicaFailure", failure.Text("status") ?? "True", failure.Text("reason") ?? "", failure.Text("message") ?? "", now);
        else if (conditions.Items().FirstOrDefault(c => c.Text("type") == "ReplicaFailure") is { } gone)
            conditions.Remove(gone);
    }

    // A condition with the same status and reason stays as it is; a new status moves lastTransitionTime, a new reason only lastUpdateTime.
    private static void Set(JsonArray conditions, string type, string status, string reason, string message, DateTimeOffset now, bool evenIfSame = false)
    {
        var old = conditions.Items().FirstOrDefault(c => c.Text("type") == type);
        if (!evenIfSame && old.Text("status") == status && old.Text("reason") == reason)
            return;
        var time = ObjectStore.Timestamp(now);
        var since = old is not null && old.Text("status") == status ? old.Text("lastTransitionTime") ?? time : time;
        if (old is not null)
            conditions.Remove(old);
        conditions.Add(new JsonObject
        {
            ["type"] = type,
            ["status"] = status,
            ["lastUpdateTime"] = time,
            ["lastTransitionTime"] = since,
            ["reason"] = reason,
            ["message"] = message,
        });
    }

    private static void Count(JsonObject status, string name, int count)
    {
        if (count != 0)
            status[name] = count;
    }
}
