namespace FlinkDashboard.Operations.Revisions;

/// <summary>How well the keeper of revisions does.</summary>
public enum RevisionKeeperState
{
    /// <summary>Nothing has been looked at yet.</summary>
    Starting,

    /// <summary>Every spec seen is kept.</summary>
    Keeping,

    /// <summary>The dashboard's account may not keep revisions.</summary>
    Forbidden,

    /// <summary>The API server could not be asked, or refused; it is tried again.</summary>
    Failing
}

/// <summary>How well the keeper of revisions does.</summary>
/// <param name="State">How well.</param>
/// <param name="Problem">What is in the way, in words; null when nothing is.</param>
public sealed record RevisionKeeperStatus(RevisionKeeperState State, string? Problem)
{
    /// <summary>Nothing has been looked at yet.</summary>
    public static RevisionKeeperStatus Starting { get; } = new(RevisionKeeperState.Starting, null);
}
