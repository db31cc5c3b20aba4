namespace FlinkDashboard.Model.Previews;

/// <summary>What an edit does to what runs.</summary>
public enum EffectKind
{
    /// <summary>The operator sees nothing to do: what is wanted is what is deployed.</summary>
    NoChange,

    /// <summary>The edit is taken over without touching the running job.</summary>
    NoEffect,

    /// <summary>Something is started for the first time.</summary>
    FirstDeployment,

    /// <summary>The running job is rescaled without being stopped.</summary>
    RescaleInPlace,

    /// <summary>The job (or session cluster) is stopped and started again.</summary>
    StopAndRestart,

    /// <summary>The job is cancelled and started from the savepoint that the spec names.</summary>
    RedeployFromSavepoint,

    /// <summary>The job is stopped and stays stopped.</summary>
    Suspend,

    /// <summary>A stopped job is started again.</summary>
    Resume,

    /// <summary>The operator, or the API server, does not take it.</summary>
    Rejected,

    /// <summary>The operator does nothing yet: it waits until it can.</summary>
    Waits,

    /// <summary>Not enough is known to say.</summary>
    CannotTell,
}
