using System.Globalization;
using System.Text.RegularExpressions;
using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Model.OperatorRules;

/// <summary>Values of well-known configuration keys: Flink or the operator throw when they cannot read them.</summary>
internal static partial class ConfigurationRules
{
    private static readonly string[] Durations =
    [
        "execution.checkpointing.interval", "execution.checkpointing.timeout", "execution.checkpointing.min-pause", "heartbeat.interval", "heartbeat.timeout",
        "restart-strategy.fixed-delay.delay", "kubernetes.operator.reconcile.interval", "kubernetes.operator.deployment.readiness.timeout", "kubernetes.operator.jm-deployment.shutdown-ttl",
        "kubernetes.operator.job.upgrade.last-state.max.allowed.checkpoint.age", "kubernetes.operator.savepoint.history.max.age", "kubernetes.operator.savepoint.trigger.grace-period",
        "kubernetes.operator.checkpoint.trigger.grace-period", "job.autoscaler.stabilization.interval", "job.autoscaler.metrics.window", "job.autoscaler.restart.time", "job.autoscaler.catch-up.duration",
        "kubernetes.operator.job.autoscaler.stabilization.interval", "kubernetes.operator.job.autoscaler.metrics.window",
    ];

    private static readonly string[] Counts =
        ["taskmanager.numberOfTaskSlots", "parallelism.default", "pipeline.max-parallelism", "state.checkpoints.num-retained", "kubernetes.operator.savepoint.history.max.count", "rest.port", "restart-strategy.fixed-delay.attempts"];

    private static readonly string[] Switches =
    [
        "kubernetes.operator.deployment.rollback.enabled", "kubernetes.operator.job.restart.failed", "kubernetes.operator.job.savepoint-on-deletion", "kubernetes.operator.jm-deployment-recovery.enabled",
        "kubernetes.operator.cluster.health-check.enabled", "kubernetes.operator.snapshot.resource.enabled", "kubernetes.operator.job.upgrade.inplace-scaling.enabled",
        "kubernetes.operator.job.upgrade.last-state-fallback.enabled", "job.autoscaler.enabled", "job.autoscaler.scaling.enabled", "kubernetes.operator.job.autoscaler.enabled", "web.cancel.enable",
    ];

    private static readonly (string Key, string[] Words)[] Choices =
    [
        ("execution.checkpointing.mode", ["EXACTLY_ONCE", "AT_LEAST_ONCE"]),
        ("kubernetes.operator.savepoint.format.type", ["CANONICAL", "NATIVE"]),
        ("kubernetes.operator.checkpoint.type", ["FULL", "INCREMENTAL"]),
        ("jobmanager.scheduler", ["Default", "Adaptive", "AdaptiveBatch", "Ng"]),
        ("scheduler-mode", ["REACTIVE"]),
        ("execution.checkpointing.externalized-checkpoint-retention", ["RETAIN_ON_CANCELLATION", "DELETE_ON_CANCELLATION", "NO_EXTERNALIZED_CHECKPOINTS"]),
        ("kubernetes.rest-service.exposed.type", ["ClusterIP", "NodePort", "LoadBalancer", "Headless_ClusterIP"]),
    ];

    public static IEnumerable<FieldProblem> Of(PracticeSubject s)
    {
        var configuration = s.Configuration;
        foreach (var (key, value) in Present(configuration, Durations).Where(p => FlinkDuration.Parse(p.Value) is null))
            yield return PracticeSubject.Error(s.Key(key), "configuration.duration", $"{key}: {value} is no duration (10 s, 5 min, 1 h).");
        foreach (var (key, value) in Present(configuration, Counts).Where(p => !long.TryParse(p.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var n) || (n < 1 && p.Key != "rest.port")))
            yield return PracticeSubject.Error(s.Key(key), "configuration.number", $"{key}: {value} must be a whole number of at least 1.");
        foreach (var (key, value) in Present(configuration, Switches).Where(p => p.Value.ToLowerInvariant() is not ("true" or "false")))
            yield return PracticeSubject.Error(s.Key(key), "configuration.switch", $"{key}: {value} must be true or false.");
        foreach (var (key, words) in Choices)
        {
            if (configuration.TryGetValue(key, out var value) && !words.Contains(value, StringComparer.OrdinalIgnoreCase))
                yield return PracticeSubject.Error(s.Key(key), "configuration.choice", $"{key}: {value} must be one of {string.Join(", ", words)}{Nearby.Of(value, words)}.");
        }
        foreach (var key in (string[])["kubernetes.operator.periodic.savepoint.interval", "kubernetes.operator.periodic.checkpoint.interval"])
        {
            if (configuration.TryGetValue(key, out var value) && value.Length > 0 && FlinkDuration.Parse(value) is null && value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length is not (6 or 7))
                yield return PracticeSubject.Error(s.Key(key), "configuration.schedule", $"{key}: {value} is neither a duration nor a cron expression of six or seven fields.");
        }
        foreach (var key in configuration.Keys.Where(k => k.Any(char.IsWhiteSpace)))
            yield return PracticeSubject.Error(s.Key(key), "configuration.key", $"The key \"{key}\" has white space in it.");
        foreach (var problem in Memory(s).Concat(Overrides(s)))
            yield return problem;
    }

    private static IEnumerable<FieldProblem> Memory(PracticeSubject s) =>
        from pair in s.Configuration
        where pair.Key.Contains(".memory.", StringComparison.Ordinal) && pair.Key.EndsWith(".size", StringComparison.Ordinal) && FlinkMemory.Parse(pair.Value) is null
        select PracticeSubject.Error(s.Key(pair.Key), "configuration.memory", $"{pair.Key}: {pair.Value} is no memory size (2048m, 2g).");

    private static IEnumerable<FieldProblem> Overrides(PracticeSubject s) =>
        s.Configuration.TryGetValue("pipeline.jobvertex-parallelism-overrides", out var text) && text.Length > 0 && !Override().IsMatch(text)
            ? [PracticeSubject.Error(s.Key("pipeline.jobvertex-parallelism-overrides"), "configuration.overrides", $"{text} must be vertex:parallelism pairs with commas between, each vertex 32 hexadecimal digits.")]
            : [];

    private static IEnumerable<KeyValuePair<string, string>> Present(IReadOnlyDictionary<string, string> configuration, string[] keys) =>
        keys.Where(configuration.ContainsKey).Select(k => KeyValuePair.Create(k, configuration[k]));

    [GeneratedRegex(@"\A\s*[0-9a-fA-F]{32}:\d+(\s*[,;]\s*[0-9a-fA-F]{32}:\d+)*\s*\z")]
    private static partial Regex Override();
}
