using System.Text.Json.Nodes;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.OperatorRules;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Model.Previews;

/// <summary>Asks the operator's decision table about an edit. Where a fact is missing and would decide, nobody answers.</summary>
internal static class SituationOf
{
    private const string MaxAge = "kubernetes.operator.job.upgrade.last-state.max.allowed.checkpoint.age";

    /// <summary>The decision, or null with the fact that is missing.</summary>
    public static (UpgradeDecision? Decision, string Missing) Decide(PreviewInput input, Standing now, JsonObject wanted, OperatorRelease release)
    {
        var situation = Of(input, now, wanted);
        if (!release.CancelsForLastState && Old(situation) is var old && (old is null || old.Row > 0))
            return (old, $"how operator {release} decides here is not known");
        if (HasHaMetadata(input, now, situation.HaBefore) is { } known)
            return Aged(situation with { HasHaMetadata = known && situation.HaBefore });
        var (with, without) = (Aged(situation with { HasHaMetadata = true }), Aged(situation with { HasHaMetadata = false }));
        return with.Decision == without.Decision ? with : (null, "it is not known whether high-availability metadata are there");
    }

    private static UpgradeSituation Of(PreviewInput input, Standing now, JsonObject wanted)
    {
        var running = now.Running!;
        var before = EffectiveConfiguration.Of(input, now.Metadata.Name, running);
        var after = EffectiveConfiguration.Of(input, now.Metadata.Name, wanted);
        return new()
        {
            UpgradeMode = Standing.ModeOf(wanted),
            JobState = now.JobState,
            JobManager = now.IsSessionJob ? input.SessionCluster?.Status.JobManagerDeploymentStatus.Text is { Length: > 0 } cluster ? cluster : "READY" : now.Status.JobManagerDeploymentStatus.Text,
            HaBefore = before.HasHighAvailability,
            HaAfter = after.HasHighAvailability,
            ChangesFlinkVersion = !now.IsSessionJob && !JsonNode.DeepEquals(running["flinkVersion"], wanted["flinkVersion"]),
            LastStateFallback = after.IsOn("kubernetes.operator.job.upgrade.last-state-fallback.enabled", byDefault: true),
            CancelForLastState = after.IsOn("kubernetes.operator.job.upgrade.last-state.job-cancel.enabled"),
            HasSavepointDirectory = (after.Value("execution.checkpointing.savepoint-dir", "state.savepoints.dir") ?? before.Value("execution.checkpointing.savepoint-dir", "state.savepoints.dir")) is not null,
            IsSessionJob = now.IsSessionJob,
            MaxCheckpointAge = FlinkDuration.Parse(after.Value(MaxAge)),
            CheckpointAge = input.NewestCheckpoint is { } newest ? input.Now - newest : null,
            YoungCheckpointPending = input.PendingCheckpoint is { } pending && FlinkDuration.Parse(after.Value(MaxAge)) is { } limit && input.Now - pending <= limit,
            JobAge = now.Job.StartTime is { } start ? input.Now - start : null,
            JobManagerNeverStarted = NeverStarted(input.JobManager),
            LastUsedMode = Standing.ModeOf(now.Last),
            SavepointPath = now.SavepointPath,
        };
    }

    // A checkpoint age that is not known decides only where a limit is set and the job is older than it.
    private static (UpgradeDecision? Decision, string Missing) Aged(UpgradeSituation situation)
    {
        var decision = UpgradeDecision.Of(situation);
        return decision.Row == 8 && situation is { MaxCheckpointAge: not null, CheckpointAge: null } && !(situation.JobAge < situation.MaxCheckpointAge)
            ? (null, "the age of the newest checkpoint is not known, and a limit is set")
            : (decision, "");
    }

    // A highly available job that runs has its metadata; one without high availability has none.
    private static bool? HasHaMetadata(PreviewInput input, Standing now, bool haBefore) =>
        input.HasHaMetadata ?? (!haBefore ? false : now.JobState == "RUNNING" && now.Status.JobManagerDeploymentStatus == JobManagerStatus.Ready ? true : null);

    /// <summary>The JobManager's Deployment has been unavailable since it was created.</summary>
    public static bool NeverStarted(Deployment? jobManager) =>
        jobManager?.Status.Conditions.Of("Available") is { Status: "False", LastTransitionTime: { } since } && jobManager.Metadata.CreationTimestamp is { } created && since - created <= TimeSpan.FromSeconds(1);

    // Before 1.10 there was no cancelling for last-state: a running job without high availability took a savepoint. Row 0 means: as today.
    private static UpgradeDecision? Old(UpgradeSituation now)
    {
        if (now.UpgradeMode == "stateless" || (now.UpgradeMode == "savepoint" && now.JobState == "RUNNING"))
            return new(0, StopWay.Nothing, RestoreFrom.Undecided, "");
        if (now.JobState != "RUNNING")
            return null;
        return now.HaBefore && !now.ChangesFlinkVersion ? new(0, StopWay.Nothing, RestoreFrom.Undecided, "")
            : new(now.ChangesFlinkVersion ? 7 : 8, StopWay.StopWithSavepoint, RestoreFrom.NewSavepoint, now.ChangesFlinkVersion ? "flinkVersion changes" : "high availability was off");
    }
}
