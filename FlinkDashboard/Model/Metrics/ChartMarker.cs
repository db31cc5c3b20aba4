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

    /// <summary>The autoscaler changed parallelism, or a node came or went.</summary>
    Scaling,

    /// <summary>Anything else that warns.</summary>
    Other,
}

/// <summary>What a mark is about, and so where one sees more of it.</summary>
public enum ChartMarkerOwner
{
    /// <summary>An application.</summary>
    Application,

    /// <summary>A session cluster.</summary>
    SessionCluster,

    /// <summary>A job of a session cluster.</summary>
    SessionJob,

    /// <summary>A node.</summary>
    Node,

    /// <summary>The operator or an add-on.</summary>
    Platform,
}

/// <summary>Something that happened, for a line across the charts of its time.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">What.</param>
/// <param name="Words">As a reader is told.</param>
/// <param name="Namespace">Of what it is about; empty for a node.</param>
/// <param name="Name">Of what it is about.</param>
/// <param name="Owner">What that is.</param>
public sealed record ChartMarker(DateTimeOffset At, ChartMarkerKind Kind, string Words, string Namespace, string Name, ChartMarkerOwner Owner = ChartMarkerOwner.Application)
{
    /// <summary>Id of the only chart that it is for; null for all of a board.</summary>
    public string? Chart { get; init; }
}
