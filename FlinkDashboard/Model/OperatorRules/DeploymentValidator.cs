using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FlinkDashboard.Model.OperatorRules;

/// <summary>
/// The operator's DefaultValidator for FlinkDeployments (1.15) as a table: the rules in its order, each with the field it is about. The operator
/// reports the first that fails; a form shows all.
/// </summary>
public static partial class DeploymentValidator
{
    private static readonly string[] ForbiddenKeys = ["kubernetes.namespace", "kubernetes.cluster-id", "high-availability.cluster-id"];
    private static readonly string[] LogFiles = ["log4j-console.properties", "logback-console.xml"];

    private static readonly (string Field, Func<DeploymentDraft, string?> Check)[] Rules =
    [
        ("metadata.name", Name),
        ("spec.flinkVersion", Version),
        ("spec.flinkVersion", VersionAfterLastStateSuspend),
        ("spec.flinkConfiguration", Forbidden),
        ("spec.flinkConfiguration", d => d.IsOn("kubernetes.operator.deployment.rollback.enabled") && !d.HasHighAvailability ? "HA must be enabled for rollback support." : null),
        ("spec.flinkConfiguration", HealthCheck),
        ("spec.ingress.template", IngressTemplateRule.Check),
        ("spec.logConfiguration", LogConfiguration),
        ("spec.flinkConfiguration", JobRules.CheckpointDirectory),
        ("spec.flinkConfiguration", JobRules.SavepointDirectory),
        ("spec.job.parallelism", Parallelism),
        ("spec.jobManager.resource", d => ComponentRules.Memory(d, "jobManager", "JobManager")),
        ("spec.jobManager.replicas", JobManagerReplicas),
        ("spec.taskManager.resource", d => ComponentRules.Memory(d, "taskManager", "TaskManager")),
        ("spec.taskManager.replicas", d => d.Spec.Number("taskManager", "replicas") < 1 ? "TaskManager replicas should not be configured less than one." : null),
        ("spec.job", JobOrSession),
        ("spec.mode", Mode),
        ("spec.job.initialSavepointPath", JobRules.SavepointRedeploy),
        ("spec.serviceAccount", d => d.Spec["serviceAccount"] is null && d.Spec["executionRoleArn"] is null ? "spec.serviceAccount must be defined. If you use helm, its value should be the same with the name of jobServiceAccount." : null),
        ("spec.flinkConfiguration", AutoscalerRules.Check),
    ];

    /// <summary>All rules that the draft breaks, in the operator's order.</summary>
    public static IReadOnlyList<RuleBreach> Breaches(DeploymentDraft draft) =>
        [.. Rules.Select(r => (r.Field, Message: r.Check(draft))).Where(r => r.Message is not null).Select(r => new RuleBreach(r.Field, r.Message!))];

    private static string? Name(DeploymentDraft draft) => NamePattern().IsMatch(draft.Name)
        ? null
        : $"The FlinkDeployment name: {draft.Name} is invalid, must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123'), and the length must be no more than 45 characters.";

    private static string? Version(DeploymentDraft draft) => draft.Spec.Text("flinkVersion") switch
    {
        null => "Flink Version must be defined.",
        "v1_13" or "v1_14" => $"Flink version {draft.Spec["flinkVersion"]} is not supported by this operator version",
        _ => null,
    };

    private static string? VersionAfterLastStateSuspend(DeploymentDraft draft)
    {
        if (draft.Deployed?["job"] is not JsonObject deployed || draft.Job is null || draft.UpgradeMode == "stateless")
            return null;
        return deployed.Text("state") == "suspended" && deployed.Text("upgradeMode") == "last-state" && !JsonNode.DeepEquals(draft.Deployed["flinkVersion"], draft.Spec["flinkVersion"])
            ? "Changing flinkVersion after last-state suspend is not allowed. Restore your cluster with the current flinkVersion and perform the version upgrade afterwards."
            : null;
    }

    private static string? Forbidden(DeploymentDraft draft) =>
        ForbiddenKeys.FirstOrDefault(k => FlinkConfiguration.Flatten(draft.Spec["flinkConfiguration"]).ContainsKey(k)) is { } key ? $"Forbidden Flink config key: {key}" : null;

    private static string? HealthCheck(DeploymentDraft draft) =>
        draft.IsOn("kubernetes.operator.cluster.health-check.enabled") && !draft.IsOn("kubernetes.operator.jm-deployment-recovery.enabled", byDefault: true)
            ? "Deployment recovery (kubernetes.operator.jm-deployment-recovery.enabled) must be enabled for job health check (kubernetes.operator.cluster.health-check.enabled) support."
            : null;

    private static string? LogConfiguration(DeploymentDraft draft) =>
        (draft.Spec["logConfiguration"] as JsonObject)?.Select(p => p.Key).FirstOrDefault(k => !LogFiles.Contains(k)) is { } key
            ? $"Invalid log config key: {key}. Allowed keys are log4j-console.properties, logback-console.xml"
            : null;

    private static string? Parallelism(DeploymentDraft draft)
    {
        if (draft.Job is null)
            return null;
        if (draft.Spec.Number("taskManager", "replicas") is { } replicas)
            return replicas < 1 ? "TaskManager replicas must be larger than 0" : null;
        return (draft.Job.Number("parallelism") ?? 0) < 1 ? "Job parallelism must be larger than 0" : null;
    }

    private static string? JobManagerReplicas(DeploymentDraft draft)
    {
        var replicas = draft.Spec["jobManager"] is JsonObject component ? component.Number("replicas") ?? 1 : 1;
        if (replicas < 1)
            return "JobManager replicas should not be configured less than one.";
        return replicas > 1 && !draft.HasHighAvailability ? "High availability should be enabled when starting standby JobManagers." : null;
    }

    private static string? JobOrSession(DeploymentDraft draft) => draft.Deployed switch
    {
        null => null,
        { } deployed when deployed["job"] is null && draft.Job is not null => "Cannot switch from session to job cluster",
        { } deployed when deployed["job"] is not null && draft.Job is null => "Cannot switch from job to session cluster",
        _ => null,
    };

    private static string? Mode(DeploymentDraft draft)
    {
        if (draft.Deployed is null)
            return null;
        var (before, after) = (Mode(draft.Deployed), Mode(draft.Spec));
        return before == after ? null : $"Cannot switch from {before} kubernetes to {after} kubernetes cluster";
    }

    private static string Mode(JsonObject spec) => spec.Text("mode") ?? "native";

    [GeneratedRegex(@"\A[a-z]([-a-z\d]{0,43}[a-z\d])?\z")]
    internal static partial Regex NamePattern();
}
