namespace FlinkDashboard.Model.Verdicts;

/// <summary>What the series say of one job. Null: not known.</summary>
/// <param name="At">When Prometheus was asked.</param>
/// <param name="Restarts">Restarts in the hour before; estimated by Prometheus, so not a whole number. Flink counts rescaling too.</param>
/// <param name="Rescales">How many of them rescaled the job; Flink counts them from 2.0 on.</param>
/// <param name="RunningSince">Since when it runs without a break; null also while it does not run.</param>
/// <param name="FailedCheckpoints">Checkpoints that failed in the hour before.</param>
/// <param name="CheckpointAt">When its newest checkpoint was completed; before Flink 2.0 not known beyond an hour.</param>
public sealed record JobNumbers(DateTimeOffset At, double? Restarts = null, double? Rescales = null, DateTimeOffset? RunningSince = null, double? FailedCheckpoints = null, DateTimeOffset? CheckpointAt = null)
{
    /// <summary>
    /// How far back they count. Flink's exponential-delay strategy, its default with checkpoints from 1.19 on, forgets earlier failures once a job has run for an hour
    /// (restart-strategy.exponential-delay.reset-backoff-threshold): until then the job is not well again.
    /// </summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);
}
