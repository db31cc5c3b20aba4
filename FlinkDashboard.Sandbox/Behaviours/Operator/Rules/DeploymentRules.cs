using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Rules;

/// <summary>The operator's validator for FlinkDeployments (validation/DefaultValidator 1.15): the first rule that fails gives the message.</summary>
public static partial class DeploymentRules
{
    private static readonly string[] Forbidden = ["kubernetes.namespace", "kubernetes.cluster-id", "high-availability.cluster-id"];
    private static readonly string[] LogFiles = ["log4j-console.properties", "logback-console.xml"];

    private static readonly Func<DeploymentCase, string?>[] Rules =
    [
        c => NameError(c.Name),
        c => c.Spec.FlinkVersion is null ? "Flink Version must be defined." : null,
        c => UnsupportedVersion(c.Spec.FlinkVersion),
        VersionAfterLastStateSuspend,
        c => Forbidden.FirstOrDefault(c.Spec.Configuration.ContainsKey) is { } key ? $"Forbidden Flink config key: {key}" : null,
        c => FlinkOptions.Switch(c.Config, "deployment.rollback.enabled") && !FlinkOptions.IsHighlyAvailable(c.Config) ? "HA must be enabled for rollback support." : null,
        c => FlinkOptions.Switch(c.Config, "cluster.health-check.enabled") && !FlinkOptions.Switch(c.Config, "jm-deployment-recovery.enabled", true)
            ? "Deployment recovery (kubernetes.operator.jm-deployment-recovery.enabled) must be enabled for job health check (kubernetes.operator.cluster.health-check.enabled) support."
            : null,
        c => IngressRules.Error(c.Spec.Json["ingress"], c.Namespace, c.Name),
        LogConfiguration,
        c => JobRules.Error(c.Spec.Job, (long?)c.Spec.Json["taskManager"]?["replicas"], c.Config),
        c => MemoryRules.Error(c.Spec.Json["jobManager"], "JobManager", "jobmanager", c.Config),
        Replicas,
        c => MemoryRules.Error(c.Spec.Json["taskManager"], "TaskManager", "taskmanager", c.Config),
        c => (long?)c.Spec.Json["taskManager"]?["replicas"] < 1 ? "TaskManager replicas should not be configured less than one." : null,
        Change,
        c => c.Spec.Json["serviceAccount"] is null ? "spec.serviceAccount must be defined. If you use helm, its value should be the same with the name of jobServiceAccount." : null,
        c => AutoscalerRules.Error(c.Config),
    ];

    /// <summary>The message of the first rule that fails, or null.</summary>
    public static string? Error(DeploymentCase subject) => Rules.Select(rule => rule(subject)).FirstOrDefault(error => error is not null);

    /// <summary>Name rule, also for the cluster a session job names.</summary>
    public static string? NameError(string name) => NamePattern().IsMatch(name)
        ? null
        : $"The FlinkDeployment name: {name} is invalid, must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123'), and the length must be no more than 45 characters.";

    /// <summary>Text for versions before v1_15, also that of the event UnsupportedFlinkVersion; null for the others.</summary>
    public static string? UnsupportedVersion(string? version) =>
        version is null or "v1_13" or "v1_14" ? $"Flink version {version ?? "null"} is not supported by this operator version" : null;

    private static string? VersionAfterLastStateSuspend(DeploymentCase c) =>
        c is { Deployed: { } deployed, LastState: "suspended" } && deployed.UpgradeMode == "last-state"
        && deployed.FlinkVersion != c.Spec.FlinkVersion && c.Spec.UpgradeMode != "stateless"
            ? "Changing flinkVersion after last-state suspend is not allowed. Restore your cluster with the current flinkVersion before upgrading."
            : null;

    private static string? LogConfiguration(DeploymentCase c) =>
        c.Spec.Json["logConfiguration"] is JsonObject log && log.Select(p => p.Key).FirstOrDefault(k => !LogFiles.Contains(k)) is { } key
            ? $"Invalid log config key: {key}. Allowed keys are [{string.Join(", ", LogFiles)}]"
            : null;

    private static string? Replicas(DeploymentCase c)
    {
        var replicas = (long?)c.Spec.Json["jobManager"]?["replicas"] ?? 1;
        return replicas < 1 ? "JobManager replicas should not be configured less than one."
            : replicas > 1 && !FlinkOptions.IsHighlyAvailable(c.Config) ? "High availability should be enabled when starting standby JobManagers."
            : null;
    }

    private static string? Change(DeploymentCase c)
    {
        if (c.Deployed is not { } deployed)
            return null;
        if (deployed.Job is null != c.Spec.Job is null)
            return deployed.Job is null ? "Cannot switch from session to job cluster" : "Cannot switch from job to session cluster";
        if (deployed.IsStandalone != c.Spec.IsStandalone)
            return deployed.IsStandalone ? "Cannot switch from standalone kubernetes to native kubernetes cluster" : "Cannot switch from native kubernetes to standalone kubernetes cluster";
        var redeploy = c.Spec.JobNumber("savepointRedeployNonce");
        return redeploy is not null && redeploy != deployed.JobNumber("savepointRedeployNonce") && string.IsNullOrWhiteSpace(c.Spec.JobText("initialSavepointPath"))
            ? "InitialSavepointPath must not be empty for savepoint redeployment"
            : null;
    }

    [GeneratedRegex(@"^[a-z]([-a-z\d]{0,43}[a-z\d])?$")]
    private static partial Regex NamePattern();
}
