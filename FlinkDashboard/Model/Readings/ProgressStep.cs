namespace FlinkDashboard.Model.Readings;

/// <summary>What the operator is carrying out.</summary>
public enum ProgressKind
{
    /// <summary>The first deployment of a new object.</summary>
    FirstDeployment,

    /// <summary>A changed spec.</summary>
    Upgrade,

    /// <summary>A new restartNonce and nothing else.</summary>
    Restart,

    /// <summary>A new savepointRedeployNonce: start again from a chosen path.</summary>
    Restore,

    /// <summary>A changed parallelism, put into effect without a stop.</summary>
    Scale,

    /// <summary>A stop on request.</summary>
    Suspend,

    /// <summary>A start after a stop on request.</summary>
    Resume,

    /// <summary>The operator's own return to the last stable spec.</summary>
    Rollback,
}

/// <summary>How far that is as a whole.</summary>
public enum ProgressOutcome
{
    /// <summary>Goes on.</summary>
    UnderWay,

    /// <summary>Came to its end.</summary>
    Done,

    /// <summary>A step failed; the operator may try again by itself.</summary>
    Failed,

    /// <summary>The operator refuses the spec; what ran before goes on.</summary>
    Refused,

    /// <summary>The new spec did not become ready; the last stable one runs instead.</summary>
    RolledBack,
}

/// <summary>Where one step is.</summary>
public enum StepState
{
    /// <summary>Behind us.</summary>
    Done,

    /// <summary>The operator is at it.</summary>
    Now,

    /// <summary>It failed, or does not succeed.</summary>
    Failed,

    /// <summary>Still to come.</summary>
    Ahead,
}

/// <summary>One step of what the operator carries out.</summary>
/// <param name="Id">accepted, saved, stopped, submitted, jobmanager, running, stable; for a rollback also notready, rollback, resubmitted.</param>
/// <param name="Name">What is true once it is done.</param>
/// <param name="State">Where it is.</param>
/// <param name="At">When it was done, or when it began for the step under way; null when no fact tells.</param>
/// <param name="Took">From the step before to this one's end, or until now; null when no fact tells.</param>
/// <param name="Detail">A further fact: a path, a state, what is waited for.</param>
public sealed record ProgressStep(string Id, string Name, StepState State, DateTimeOffset? At, TimeSpan? Took, string? Detail);
