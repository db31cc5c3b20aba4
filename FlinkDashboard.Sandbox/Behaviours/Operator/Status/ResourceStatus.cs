using FlinkDashboard.Sandbox.Behaviours.Operator.Spec;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Status;

/// <summary>status.conditions: the one condition the operator keeps.</summary>
/// <param name="IsTrue">Running.</param>
/// <param name="Reason">Reason.</param>
/// <param name="Message">Message.</param>
/// <param name="Since">ISO time with nanoseconds of the last change of status.</param>
public sealed record RunningCondition(bool IsTrue, string Reason, string Message, string Since);

/// <summary>The operator's own copy of a FlinkDeployment's or FlinkSessionJob's status.</summary>
/// <param name="sessionJob">It is a FlinkSessionJob's.</param>
public sealed class ResourceStatus(bool sessionJob)
{
    private SpecRecord? _reconciled;
    private string? _reconciledText;

    /// <summary>It is a FlinkSessionJob's.</summary>
    public bool IsSessionJob => sessionJob;

    /// <summary>jobManagerDeploymentStatus: MISSING, DEPLOYING, DEPLOYED_NOT_READY, READY, ERROR.</summary>
    public string JobManager { get; set; } = "MISSING";

    /// <summary>jobStatus.</summary>
    public JobStatusPart Job { get; } = new();

    /// <summary>reconciliationStatus.state: UPGRADING, DEPLOYED, ROLLING_BACK, ROLLED_BACK.</summary>
    public string State { get; set; } = "UPGRADING";

    /// <summary>reconciliationTimestamp, epoch milliseconds.</summary>
    public long Timestamp { get; set; }

    /// <summary>lastReconciledSpec as text.</summary>
    public string? ReconciledText
    {
        get => _reconciledText;
        set
        {
            if (value == _reconciledText)
                return;
            _reconciledText = value;
            _reconciled = null;
        }
    }

    /// <summary>lastStableSpec as text.</summary>
    public string? StableText { get; set; }

    /// <summary>lastReconciledSpec, a fresh copy.</summary>
    public SpecRecord? Reconciled => (_reconciled ??= SpecRecord.Parse(_reconciledText, sessionJob)) is { } record ? record with { Spec = record.Spec.Clone() } : null;

    /// <summary>lastReconciledSpec without copying; must not be changed.</summary>
    public SpecRecord? ReconciledShared => _reconciled ??= SpecRecord.Parse(_reconciledText, sessionJob);

    /// <summary>lastStableSpec.</summary>
    public SpecRecord? Stable => SpecRecord.Parse(StableText, sessionJob);

    /// <summary>Error text; null when fine.</summary>
    public string? Error { get; set; }

    /// <summary>observedGeneration.</summary>
    public long? ObservedGeneration { get; set; }

    /// <summary>clusterInfo.</summary>
    public SortedDictionary<string, string> ClusterInfo { get; } = new(StringComparer.Ordinal);

    /// <summary>taskManager; null for session clusters.</summary>
    public (string Selector, int Replicas)? TaskManager { get; set; }

    /// <summary>The condition Running.</summary>
    public RunningCondition? Condition { get; set; }

    /// <summary>DELETING once a deletion had to wait.</summary>
    public string? StoredLifecycle { get; set; }

    /// <summary>Nothing was ever deployed.</summary>
    public bool IsBeforeFirstDeployment => _reconciledText is null;

    /// <summary>lastReconciledSpec.job.state is suspended.</summary>
    public bool IsSuspended => ReconciledShared?.Spec.IsSuspended == true;

    /// <summary>The last reconciled spec proved stable.</summary>
    public bool IsStable => _reconciledText is not null && _reconciledText == StableText;

    /// <summary>What runs: the stable spec after a rollback, else the last reconciled.</summary>
    public FlinkSpec? DeployedSpec => State == "ROLLED_BACK" ? Stable?.Spec : Reconciled?.Spec;
}
