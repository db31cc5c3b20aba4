using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Behaviours.Operator.Status;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Observers;

/// <summary>Reads the JobManager Deployment and its pods into jobManagerDeploymentStatus (observer/deployment/AbstractFlinkDeploymentObserver).</summary>
internal static class JobManagerObserver
{
    private static readonly HashSet<string> Failing =
        ["CrashLoopBackOff", "ImagePullBackOff", "ErrImagePull", "RunContainerError", "CreateContainerConfigError", "OOMKilled"];

    /// <summary>Observes.</summary>
    /// <exception cref="DeploymentFailure">A JobManager that cannot start, when seen for the first time.</exception>
    public static void Observe(PassContext pass)
    {
        var status = pass.Status;
        // A native cluster outlives its suspension: losing its leader does not make it missing, and a resume has to take it down first.
        if (status is { IsSuspended: true, JobManager: "MISSING" })
            return;
        if (pass.ReadDeployment() is not { } deployment)
        {
            Missing(pass);
            return;
        }
        if (IsAvailable(deployment) && IsListening(pass, deployment))
        {
            Listening(pass);
            return;
        }
        if ((FailedCreate(deployment) ?? FailedContainer(pass)) is { } failure)
        {
            if (status.Job.State is not null || !IsSession(pass))
                status.Job.State = "RECONCILING";
            if (status.JobManager != "ERROR")
                throw failure;
            return;
        }
        status.JobManager = "DEPLOYING";
    }

    /// <summary>The Deployment's pods never became available (Available=False since its creation).</summary>
    public static bool NeverStarted(JsonObject? deployment)
    {
        if (deployment?["status"]?["conditions"] is not JsonArray conditions)
            return false;
        var available = conditions.FirstOrDefault(c => (string?)c?["type"] == "Available");
        var created = (string?)deployment["metadata"]!["creationTimestamp"];
        return (string?)available?["status"] == "False"
            && DateTimeOffset.TryParse((string?)available["lastTransitionTime"], out var since) && DateTimeOffset.TryParse(created, out var start)
            && since - start <= TimeSpan.FromSeconds(1);
    }

    private static bool IsSession(PassContext pass) => pass.Status.ReconciledShared?.Spec.Job is null;

    private static bool IsAvailable(JsonObject deployment)
    {
        var wanted = (long?)deployment["spec"]!["replicas"] ?? 1;
        var status = deployment["status"];
        return wanted > 0 && (long?)status?["availableReplicas"] == wanted && (long?)status["replicas"] == wanted;
    }

    private static bool IsListening(PassContext pass, JsonObject deployment) =>
        DateTimeOffset.TryParse((string?)deployment["metadata"]!["creationTimestamp"], out var created) && pass.Op.World.Now - created >= pass.Op.Options.NameLookup
        && pass.Op.World.Flink.All.Any(c => c.IsListening && c.Namespace == pass.Object.Namespace && c.Id == pass.ClusterId);

    // The port is open; REST is trusted one rest-ready delay later.
    private static void Listening(PassContext pass)
    {
        if (pass.Status.JobManager != "DEPLOYED_NOT_READY")
        {
            pass.Status.JobManager = "DEPLOYED_NOT_READY";
            pass.Managed.ListeningSince = pass.Op.World.Now;
        }
        else if (pass.Op.World.Now - pass.Managed.ListeningSince >= pass.Op.Options.RestReadyDelay)
        {
            pass.Status.JobManager = "READY";
        }
    }

    private static void Missing(PassContext pass)
    {
        var status = pass.Status;
        var before = status.JobManager;
        status.JobManager = "MISSING";
        if (status.ReconciledShared?.Spec.Job is not null && !status.Job.IsTerminal)
            status.Job.State = "RECONCILING";
        if (before is "MISSING" or "ERROR")
            return;
        const string text = "Missing JobManager deployment";
        status.Error = ErrorText.Json("org.apache.flink.kubernetes.operator.exception.MissingJobManagerException", text);
        pass.Op.Events.Warning(pass.Object, "Missing", EventComponent.JobManagerDeployment, text);
    }

    private static DeploymentFailure? FailedCreate(JsonObject deployment)
    {
        var condition = (deployment["status"]?["conditions"] as JsonArray)?
            .FirstOrDefault(c => (string?)c?["type"] == "ReplicaFailure" && (string?)c["reason"] == "FailedCreate" && (string?)c["status"] == "True");
        return condition is null ? null : new DeploymentFailure((string?)condition["message"] ?? "", "FailedCreate");
    }

    private static DeploymentFailure? FailedContainer(PassContext pass)
    {
        foreach (var pod in Pods(pass))
        {
            var status = pod.Read()["status"];
            var containers = (status?["containerStatuses"] as JsonArray ?? []).Concat(status?["initContainerStatuses"] as JsonArray ?? []);
            foreach (var container in containers)
            {
                if (container?["state"]?["waiting"] is { } waiting && (string?)waiting["reason"] is { } reason && Failing.Contains(reason))
                    return new DeploymentFailure($"[{(string?)container["name"]}] {(string?)waiting["message"] ?? reason}", reason);
            }
            if ((string?)status?["phase"] == "Pending" && FailedMount(pass, pod) is { } failure)
                return failure;
        }
        return null;
    }

    private static DeploymentFailure? FailedMount(PassContext pass, WorldObject pod)
    {
        foreach (var item in pass.Op.World.Objects.List(ResourceTypes.Events, pod.Namespace).Items.Where(e => e.Name.StartsWith(pod.Name, StringComparison.Ordinal)))
        {
            var e = item.Read();
            if ((string?)e["reason"] == "FailedMount" && (string?)e["involvedObject"]?["uid"] == pod.Uid)
                return new DeploymentFailure((string?)e["message"] ?? "", "FailedMount");
        }
        return null;
    }

    private static IEnumerable<WorldObject> Pods(PassContext pass) => pass.Op.World.Objects.List(ResourceTypes.Pods, pass.Object.Namespace).Items
        .Where(p => !p.IsDeleting && p.Labels.GetValueOrDefault("app") == pass.ClusterId && p.Labels.GetValueOrDefault("component") == "jobmanager");
}
