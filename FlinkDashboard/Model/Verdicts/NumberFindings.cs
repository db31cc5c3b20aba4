using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Model.Verdicts;

/// <summary>
/// What the numbers of a job say that its objects do not: between two restarts a job is RUNNING and its resource STABLE. They only ever make a verdict
/// worse. While Prometheus does not answer, what it said last is told with its age, until that is no more about the time that counts.
/// </summary>
internal static class NumberFindings
{
    /// <summary>
    /// Restarts in <see cref="JobNumbers.Window"/> from which on they are no accident: losing a node explains one, and a second where its work first went
    /// to another that went too. The operator's own health check (kubernetes.operator.cluster.health-check.restarts.threshold, 64 in 2 min) only asks
    /// whether the cluster should be thrown away.
    /// </summary>
    public const int ManyRestarts = 3;

    /// <summary>Failed checkpoints in a row that are no accident: the two that the operator's health check waits for where none is tolerated.</summary>
    public const int ManyFailures = 2;

    // execution.checkpointing.timeout where it is not set.
    private static readonly TimeSpan CheckpointTimeout = TimeSpan.FromMinutes(10);

    // Two rounds of questions: what is younger is of now.
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(60);

    /// <summary>Adds what the numbers say of a job that is to run.</summary>
    /// <param name="restartsTold">Its events say already that it restarts again and again, and why.</param>
    /// <param name="setting">Its configuration, by key.</param>
    public static void Add(Findings findings, Evidence evidence, ObjectMeta about, JobState state, bool restartsTold, Func<string, string?> setting)
    {
        if (evidence.Numbers is not { } numbers || Ended(state))
            return;
        var restarts = (int)Math.Clamp(Math.Round((numbers.Restarts ?? 0) - Rescales(numbers, evidence.Events, about)), 0, int.MaxValue);
        var age = findings.Now - numbers.At;
        var source = $"(Prometheus, {AgeText.Of(age)} ago)";
        var when = age < Recent ? "in the last hour" : $"in the hour before {AgeText.Clock(numbers.At, findings.Now)}";
        var (restarting, stalled) = (restarts >= ManyRestarts, Stalled(numbers, when, setting));
        if (age >= JobNumbers.Window)
        {
            if (restarting || stalled is not null)
                findings.Remarks.Add($"its restarts and checkpoints are not known since {AgeText.Clock(numbers.At, findings.Now)}, when Prometheus was last heard");
            return;
        }
        if (restarting && !restartsTold)
            findings.Add(VerdictState.Degraded, $"the job restarted {restarts} times {when} {source}{Last(numbers, findings.Now)}{PodTrouble.Explained(Reason(evidence.Events, about, numbers.At))}");
        if (stalled is { } since)
            findings.Add(VerdictState.Degraded, $"{since.Text} {source}", since.Since);
    }

    private static string Last(JobNumbers numbers, DateTimeOffset now) => numbers.RunningSince is { } since ? $", last at {AgeText.Clock(since, now)}" : "";

    // The operator's rule, see ClusterHealthEvaluator: max(interval, timeout) × (tolerable failures + 2) without a completed checkpoint. A job that has not run as long
    // has not had the time.
    private static (string Text, DateTimeOffset Since)? Stalled(JobNumbers numbers, string when, Func<string, string?> setting)
    {
        if (numbers.RunningSince is not { } running || numbers.FailedCheckpoints is not { } failures || Math.Round(failures) is not (>= ManyFailures and var failed))
            return null;
        TimeSpan Of(string key, TimeSpan usual) => FlinkDuration.Parse(setting(key)) ?? usual;
        var (interval, timeout) = (Of("execution.checkpointing.interval", TimeSpan.Zero), Of("execution.checkpointing.timeout", CheckpointTimeout));
        var tolerable = int.TryParse(setting("execution.checkpointing.tolerable-failed-checkpoints"), out var count) ? Math.Clamp(count, 0, 1000) : 0;
        var patience = (interval > timeout ? interval : timeout) * (tolerable + 2);
        var since = numbers.CheckpointAt is { } done && done > running ? done : running;
        if (numbers.At - since <= patience)
            return null;
        return (numbers.CheckpointAt is { } last ? $"no checkpoint was completed for {AgeText.Of(numbers.At - last)}, and {failed} failed {when}" : $"no checkpoint was completed and {failed} failed {when}", since);
    }

    // Flink before 2.0 does not tell rescaling from failing; the operator writes an event for each time that it asks for it.
    private static double Rescales(JobNumbers numbers, IReadOnlyList<CoreEvent>? events, ObjectMeta about) => numbers.Rescales ?? (events ?? []).Where(e => e.Reason == "Scaling" && ClusterFindings.IsAbout(e, about)).Sum(e =>
    {
        if (EventReading.TimeOf(e) is not { } last || numbers.At - last >= JobNumbers.Window)
            return 0;
        var span = last - (EventReading.FirstTimeOf(e) ?? last);
        return EventReading.CountOf(e) * (span > JobNumbers.Window ? JobNumbers.Window / span : 1);
    });

    private static string? Reason(IReadOnlyList<CoreEvent>? events, ObjectMeta about, DateTimeOffset at) =>
        events?.Where(e => e.Reason == "JobException" && ClusterFindings.IsAbout(e, about) && at - EventReading.TimeOf(e) < JobNumbers.Window).MaxBy(EventReading.TimeOf)?.Message;

    private static bool Ended(JobState state) => state == JobState.Finished || state == JobState.Failed || state == JobState.Canceled || state == JobState.Suspended;
}
