namespace FlinkDashboard.Sandbox.Behaviours.Operator.Status;

/// <summary>status.jobStatus.</summary>
public sealed class JobStatusPart
{
    private static readonly string[] Terminal = ["FAILED", "CANCELED", "FINISHED"];

    /// <summary>32 hexadecimal digits.</summary>
    public string? JobId { get; set; }

    /// <summary>Name in Flink.</summary>
    public string? JobName { get; set; }

    /// <summary>Flink JobStatus, or RECONCILING while unknown; null before the first deployment.</summary>
    public string? State { get; set; }

    /// <summary>Epoch milliseconds.</summary>
    public string? StartTime { get; set; }

    /// <summary>Epoch milliseconds of the last observed change of state.</summary>
    public string? UpdateTime { get; set; }

    /// <summary>What the next stateful start restores from.</summary>
    public string? UpgradeSavepointPath { get; set; }

    /// <summary>savepointInfo.</summary>
    public SnapshotInfo Savepoints { get; } = new("Savepoint");

    /// <summary>checkpointInfo.</summary>
    public SnapshotInfo Checkpoints { get; } = new("Checkpoint");

    /// <summary>FAILED, CANCELED or FINISHED.</summary>
    public bool IsTerminal => Terminal.Contains(State);

    /// <summary>A state from which the job can be cancelled.</summary>
    public bool IsCancellable => State is not null and not "RECONCILING" && !IsTerminal;
}
