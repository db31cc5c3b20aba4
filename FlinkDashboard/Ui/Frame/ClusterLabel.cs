namespace FlinkDashboard.Ui.Frame;

/// <summary>What kind of cluster is shown.</summary>
public enum ClusterKind
{
    /// <summary>A real one.</summary>
    Real,

    /// <summary>The embedded one, where nothing real is touched.</summary>
    Sandbox,

    /// <summary>A recording of a real one.</summary>
    Recording,
}

/// <summary>How the frame names the cluster.</summary>
/// <param name="Name">Asked at each drawing: it is known once the first connection stands.</param>
/// <param name="Detail">World or recording by name, context or address.</param>
public sealed record ClusterLabel(Func<string> Name, ClusterKind Kind, string Detail);
