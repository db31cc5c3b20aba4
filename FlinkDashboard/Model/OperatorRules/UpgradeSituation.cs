namespace FlinkDashboard.Model.OperatorRules;

/// <summary>Everything the operator looks at when it decides how to stop a job and what to start the next one from.</summary>
public sealed record UpgradeSituation
{
    /// <summary>The literal path the operator writes when it restores from HA metadata: no file stands there.</summary>
    public const string LastStatePath = "KUBERNETES_OPERATOR_LAST_STATE";

    /// <summary>spec.job.upgradeMode as the edit wants it: <c>stateless</c>, <c>savepoint</c> or <c>last-state</c>.</summary>
    public required string UpgradeMode { get; init; }

    /// <summary>Flink job status, for instance <c>RUNNING</c>; null where the status has none.</summary>
    public string? JobState { get; init; }

    /// <summary>status.jobManagerDeploymentStatus.</summary>
    public string JobManager { get; init; } = "READY";

    /// <summary>HA ConfigMaps with a job graph or checkpoint exist.</summary>
    public bool HasHaMetadata { get; init; }

    /// <summary>High availability is on in the deployed configuration.</summary>
    public bool HaBefore { get; init; }

    /// <summary>High availability is on in the new configuration.</summary>
    public bool HaAfter { get; init; }

    /// <summary>The edit changes flinkVersion.</summary>
    public bool ChangesFlinkVersion { get; init; }

    /// <summary><c>kubernetes.operator.job.upgrade.last-state-fallback.enabled</c>.</summary>
    public bool LastStateFallback { get; init; } = true;

    /// <summary><c>kubernetes.operator.job.upgrade.last-state.job-cancel.enabled</c>.</summary>
    public bool CancelForLastState { get; init; }

    /// <summary>A savepoint directory is configured.</summary>
    public bool HasSavepointDirectory { get; init; }

    /// <summary>The resource is a FlinkSessionJob.</summary>
    public bool IsSessionJob { get; init; }

    /// <summary><c>kubernetes.operator.job.upgrade.last-state.max.allowed.checkpoint.age</c>; null when unset.</summary>
    public TimeSpan? MaxCheckpointAge { get; init; }

    /// <summary>Age of the newest completed checkpoint; null when there is none.</summary>
    public TimeSpan? CheckpointAge { get; init; }

    /// <summary>A checkpoint is running that started within the allowed age.</summary>
    public bool YoungCheckpointPending { get; init; }

    /// <summary>Since when the job runs; null when not known.</summary>
    public TimeSpan? JobAge { get; init; }

    /// <summary>The JobManager Deployment was never available since it was created.</summary>
    public bool JobManagerNeverStarted { get; init; }

    /// <summary>upgradeMode inside lastReconciledSpec: the way used last.</summary>
    public string LastUsedMode { get; init; } = "stateless";

    /// <summary>status.jobStatus.upgradeSavepointPath (or the last savepoint); null when there is none.</summary>
    public string? SavepointPath { get; init; }

    /// <summary>FAILED, CANCELED or FINISHED.</summary>
    public bool IsTerminal => JobState is "FAILED" or "CANCELED" or "FINISHED";

    /// <summary>The operator could cancel it: known, not RECONCILING, not terminal.</summary>
    public bool IsCancellable => JobState is not null and not "RECONCILING" && !IsTerminal;
}
