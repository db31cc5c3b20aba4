using FlinkDashboard.Model.OperatorRules;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Model.Previews;

/// <summary>The sentence at the top of a preview.</summary>
internal static class EffectWords
{
    /// <summary>A running job is stopped, and started again unless it is suspended.</summary>
    public static string Stop(EffectPreview preview, DateTimeOffset now, UpgradeDecision decision)
    {
        if (decision.Stop == StopWay.Fail)
            return $"The upgrade fails, because {decision.Why}. Restore by hand: set initialSavepointPath and a new savepointRedeployNonce.";
        if (decision.Stop == StopWay.Wait)
            return $"Nothing yet: the operator waits and decides again at each pass, because {decision.Why}.";
        var suspends = preview.Kind == EffectKind.Suspend;
        var first = decision.Stop switch
        {
            StopWay.StopWithSavepoint => "Takes a savepoint and stops the job",
            StopWay.Cancel => decision.Restore == RestoreFrom.EmptyState ? "Cancels the job" : "Cancels the job and notes its last completed checkpoint",
            StopWay.DeleteKeepHaData => "Deletes the cluster without a savepoint and keeps its high-availability metadata",
            StopWay.DeleteWithHaData => "Cancels the job and deletes the cluster with its high-availability metadata",
            StopWay.DeleteNeverStarted => "Deletes the JobManager, which never started",
            _ => suspends ? "The job has ended already" : "Does not stop the job, which has ended already",
        };
        return suspends ? $"{first}. Resume {From(preview, now, "continues from", "starts")}." : $"{first}, then {From(preview, now, "starts the job again from", "starts the job again")}.";
    }

    /// <summary>A stopped job is started.</summary>
    public static string Start(EffectPreview preview, DateTimeOffset now, bool upgrading) =>
        $"{(upgrading ? "An upgrade is under way and takes the newest spec: the job" : "The job")} {From(preview, now, "starts from", "starts")}.{(preview.LosesState ? " The state that is known is not used, because upgradeMode is stateless." : "")}";

    private static string From(EffectPreview preview, DateTimeOffset now, string from, string plainly) => preview.Restore switch
    {
        RestoreFrom.NewSavepoint => $"{from} that savepoint",
        RestoreFrom.KnownSavepoint when preview.State is { } point => $"{from} the {point.Kind} {point.Path}{Age(point, now)}",
        RestoreFrom.LastCheckpoint when preview.State is { At: not null } point => $"{from} that checkpoint (newest known{Age(point, now)})",
        RestoreFrom.LastCheckpoint => $"{from} that checkpoint",
        RestoreFrom.HaMetadata when preview.State is { At: not null } point => $"{from} its last completed checkpoint (newest known{Age(point, now)})",
        RestoreFrom.HaMetadata => $"{from} its last completed checkpoint",
        _ => $"{plainly} with empty state",
    };

    private static string Age(StatePoint point, DateTimeOffset now) => point.At is { } at ? $", {AgeText.Of(now - at)} old" : "";
}
