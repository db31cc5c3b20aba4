using FlinkDashboard.Sandbox.Behaviours.Operator.Autoscaling;
using FlinkDashboard.Sandbox.Behaviours.Operator.Status;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Operator;

/// <summary>One custom resource as the operator keeps it in memory between passes.</summary>
internal sealed class Managed(WorldObject resource)
{
    /// <summary>Newest known version of the resource.</summary>
    public WorldObject Object { get; set; } = resource;

    /// <summary>The operator's own copy of its status (not used for snapshots).</summary>
    public ResourceStatus Status { get; } = StatusJson.Read(resource.Read()["status"], resource.Type == ResourceTypes.FlinkSessionJobs);

    /// <summary>Text of the status as last written; the status of a new resource is not written before it says something.</summary>
    public string WrittenStatus { get; set; } = "";

    /// <summary>Time of the newest job exception already reported.</summary>
    public DateTimeOffset LastException { get; set; } = DateTimeOffset.MinValue;

    /// <summary>What the autoscaler remembers of the job.</summary>
    public ScalingMemory Scaling { get; } = new();

    /// <summary>When the JobManager's port was first seen open.</summary>
    public DateTimeOffset ListeningSince { get; set; } = DateTimeOffset.MinValue;

    /// <summary>When the last periodic savepoint and checkpoint were triggered, by kind; empty after a restart of the operator.</summary>
    public Dictionary<string, DateTimeOffset> LastPeriodic { get; } = [];

    /// <summary>When the next pass is due, set by a pass; null waits for a change.</summary>
    public TimeSpan? Next { get; set; }

    /// <summary>A pass is running.</summary>
    public bool IsRunning { get; set; }

    /// <summary>Something changed while a pass was running.</summary>
    public bool RunAgain { get; set; }

    /// <summary>A user changed the resource: its next pass is not held back by the rate limit.</summary>
    public bool IsUrgent { get; set; }

    /// <summary>Failed attempts in a row.</summary>
    public int Attempts { get; set; }

    /// <summary>The timer of the next pass.</summary>
    public IDisposable? Timer { get; set; }

    /// <summary>Start of the current rate limit window.</summary>
    public DateTimeOffset WindowStart { get; set; } = DateTimeOffset.MinValue;

    /// <summary>Passes in the current window.</summary>
    public int WindowCount { get; set; }
}
