namespace FlinkDashboard.Model.Metrics;

/// <summary>What happened.</summary>
public enum ChartMarkerKind
{
    /// <summary>A new spec, an upgrade, a resume, a suspension.</summary>
    Deployment,

    /// <summary>A job, container or pod began anew.</summary>
    Restart,

    /// <summary>A checkpoint, savepoint or reconciliation failed.</summary>
    Failure,

    /// <summary>A savepoint or checkpoint object was completed.</summary>
    Savepoint,

    /// <summary>The autoscaler changed parallelism.</summary>
    Scaling,

    /// <summary>Anything else that warns.</summary>
    Other,
}

/// <summary>Something that happened, for a line across the charts of its time.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">What.</param>
/// <param name="Words">As a reader is told.</param>
/// <param name="Namespace">Of the application.</param>
/// <param name="Name">Of the application.</param>
/// <param name="IsSession">It is a session cluster or one of its jobs.</param>
public sealed record ChartMarker(DateTimeOffset At, ChartMarkerKind Kind, string Words, string Namespace, string Name, bool IsSession = false);
