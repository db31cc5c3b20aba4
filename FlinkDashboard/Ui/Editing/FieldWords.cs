namespace FlinkDashboard.Ui.Editing;

/// <summary>A key of flinkConfiguration worth offering.</summary>
/// <param name="Key">The key.</param>
/// <param name="Default">Its default; null when there is none.</param>
/// <param name="Meaning">What it does.</param>
public sealed record ConfigurationKey(string Key, string? Default, string Meaning);

/// <summary>What fields mean, in our own words: the definitions themselves explain nothing.</summary>
public static class FieldWords
{
    private static readonly IReadOnlyDictionary<string, FormField> Fields = FormSections.Every().SelectMany(section => section.Fields).GroupBy(field => field.Path).ToDictionary(group => group.Key, group => group.First());

    /// <summary>Keys that the form has, and others that manifests often hold.</summary>
    public static IReadOnlyList<ConfigurationKey> ConfigurationKeys { get; } =
    [
        .. Fields.Values.Where(field => field.Path.StartsWith("spec.flinkConfiguration[", StringComparison.Ordinal)).Select(field => new ConfigurationKey(field.Path["spec.flinkConfiguration[".Length..^1], field.Default, field.Meaning)),
        new("execution.checkpointing.timeout", "10 min", "A checkpoint that takes longer is given up."),
        new("execution.checkpointing.min-pause", "0", "Time between the end of one checkpoint and the next."),
        new("execution.checkpointing.mode", "EXACTLY_ONCE", "EXACTLY_ONCE or AT_LEAST_ONCE."),
        new("execution.checkpointing.incremental", "false", "Only what changed is written; rocksdb only."),
        new("execution.checkpointing.tolerable-failed-checkpoints", "0", "Failed checkpoints in a row before the job is restarted."),
        new("execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION", "Whether checkpoints outlive the job."),
        new("restart-strategy.type", "exponential-delay", "How the job is restarted after a failure: exponential-delay, fixed-delay, failure-rate, none."),
        new("restart-strategy.fixed-delay.attempts", "1", "Restarts before the job fails for good."),
        new("restart-strategy.fixed-delay.delay", "1 s", "Time before each restart."),
        new("jobmanager.scheduler", "default", "adaptive lets the job be rescaled without a new deployment."),
        new("jobmanager.memory.process.size", null, "As jobManager.resource.memory, which wins."),
        new("taskmanager.memory.process.size", null, "As taskManager.resource.memory, which wins."),
        new("taskmanager.memory.managed.fraction", "0.4", "Share of memory for state backends and batch."),
        new("metrics.reporters", null, "Where metrics go, for instance prom."),
        new("metrics.reporter.prom.factory.class", null, "org.apache.flink.metrics.prometheus.PrometheusReporterFactory serves /metrics on port 9249."),
        new("kubernetes.operator.savepoint.format.type", "CANONICAL", "CANONICAL can change state backend; NATIVE is faster."),
        new("kubernetes.operator.job.savepoint-on-deletion", "false", "Takes a savepoint before the resource is deleted."),
        new("kubernetes.operator.cluster.health-check.enabled", "false", "Restarts a cluster whose job restarts too often or takes no checkpoints."),
    ];

    /// <summary>What a field of the manifest means; null when not known.</summary>
    public static string? Meaning(string path)
    {
        var plain = path.StartsWith("spec.template.spec.", StringComparison.Ordinal) ? "spec." + path["spec.template.spec.".Length..] : path;
        return Fields.TryGetValue(plain, out var field) ? field.Meaning + (field.Default is null ? "" : $"\nDefault: {field.Default}") : Others.GetValueOrDefault(plain);
    }

    /// <summary>Words that may stand as a value of a key that no definition limits.</summary>
    public static IReadOnlyList<string> ValuesOf(string path)
    {
        var key = path.LastIndexOf("flinkConfiguration[", StringComparison.Ordinal) is var at and >= 0 ? "spec." + path[at..] : path;
        return Fields.TryGetValue(key, out var field) ? field.Input == FieldInput.Toggle ? ["\"true\"", "\"false\""] : field.Choices : [];
    }

    private static readonly Dictionary<string, string> Others = new()
    {
        ["spec.flinkConfiguration"] = "Configuration of Flink and, below kubernetes.operator. and job.autoscaler., of the operator for this object.",
        ["spec.logConfiguration"] = "log4j-console.properties or logback-console.xml, as text.",
        ["spec.podTemplate"] = "Merged into the pods of both components. The main container is flink-main-container.",
        ["spec.ingress"] = "Makes an Ingress to Flink's web page; its template takes {{name}} and {{namespace}}.",
        ["spec.restartNonce"] = "A new number restarts the same spec.",
        ["spec.job"] = "The job; without it the object is a session cluster.",
        ["spec.job.savepointTriggerNonce"] = "A new number takes one savepoint.",
        ["spec.job.checkpointTriggerNonce"] = "A new number takes one checkpoint.",
        ["spec.job.savepointRedeployNonce"] = "A new number stops the job and starts it from initialSavepointPath.",
        ["spec.job.autoscalerResetNonce"] = "A new number makes the autoscaler forget what it has learned.",
        ["spec.jobManager"] = "The process that coordinates: one, or more that stand by.",
        ["spec.taskManager"] = "The processes that do the work.",
    };
}
