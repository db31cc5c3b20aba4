namespace FlinkDashboard.Sandbox.Behaviours.Operator;

/// <summary>How the operator is configured. The defaults are those of the recorded one.</summary>
public sealed record OperatorOptions
{
    /// <summary>kubernetes.operator.reconcile.interval (Helm's default is 15 s).</summary>
    public TimeSpan ReconcileInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>kubernetes.operator.observer.progress-check.interval (Helm's default is 5 s).</summary>
    public TimeSpan ProgressCheckInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>kubernetes.operator.observer.rest-ready.delay.</summary>
    public TimeSpan RestReadyDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>kubernetes.operator.flink.client.timeout: how long a pass hangs on a JobManager that does not answer.</summary>
    public TimeSpan RestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the operator's JVM remembers that the name of a new cluster's REST service did not resolve.</summary>
    public TimeSpan NameLookup { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>kubernetes.operator.resource.cleanup.timeout.</summary>
    public TimeSpan CleanupTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Passes of one object within <see cref="RateLimitPeriod"/>.</summary>
    public int RateLimit { get; init; } = 5;

    /// <summary>kubernetes.operator.rate-limiter.refresh-period.</summary>
    public TimeSpan RateLimitPeriod { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Wait before a pass that threw is repeated, the first time; each next is 1.5 times as long.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>kubernetes.operator.retry.max.attempts.</summary>
    public int RetryAttempts { get; init; } = 15;

    /// <summary>kubernetes.operator.user.artifacts.allowed-schemes.</summary>
    public IReadOnlyList<string> JarSchemes { get; init; } = ["https", "file"];

    /// <summary>Default Flink configuration of every cluster (flink-operator-config).</summary>
    public IReadOnlyDictionary<string, string> DefaultConfiguration { get; init; } = new Dictionary<string, string>();

    /// <summary>Namespaces it watches; empty is all.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>Namespace and name of its leader election Lease, renewed while it exists; null without leader election.</summary>
    public (string Namespace, string Name)? Lease { get; init; }
}
