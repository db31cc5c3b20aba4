using FlinkDashboard.Model.Readings;
using FlinkDashboard.Ui.Live;

namespace FlinkDashboard.Ui.Flink;

/// <summary>A change being carried out, as the screen shows it.</summary>
/// <param name="Title">"Upgrade under way".</param>
/// <param name="Tone">Word of the state that colours it.</param>
public sealed record ProgressRow(string Title, string Tone, ProgressOutcome Outcome, Values<ProgressStep> Steps, DateTimeOffset? Started, DateTimeOffset? Ended, string? Change, OperatorError? Error, string? Advice)
{
    public static ProgressRow From(UpgradeProgress progress) => new(TitleOf(progress), ToneOf(progress.Outcome), progress.Outcome, new(progress.Steps), progress.Started, progress.Ended, progress.Change, progress.Error, progress.Advice);

    /// <summary>What is worth showing: a change under way, one that failed, or one that ended a short while ago.</summary>
    public static ProgressRow? News(UpgradeProgress? progress, DateTimeOffset now) => progress?.IsNews(now) == true ? From(progress) : null;

    private static string TitleOf(UpgradeProgress progress)
    {
        var noun = progress.Kind switch
        {
            ProgressKind.FirstDeployment => "First deployment",
            ProgressKind.Restart => "Restart",
            ProgressKind.Restore => "Restore",
            ProgressKind.Scale => "Scaling",
            ProgressKind.Suspend => "Suspension",
            ProgressKind.Resume => "Resumption",
            ProgressKind.Rollback => "Rollback",
            _ => "Upgrade",
        };
        return progress.Outcome switch
        {
            ProgressOutcome.Refused => progress.Kind == ProgressKind.FirstDeployment ? "The operator refuses the spec" : "The operator refuses the edit",
            ProgressOutcome.RolledBack => "Rolled back by the operator",
            ProgressOutcome.Failed => $"{noun} does not get on",
            ProgressOutcome.Done => $"{noun} done",
            _ => $"{noun} under way",
        };
    }

    private static string ToneOf(ProgressOutcome outcome) => outcome switch
    {
        ProgressOutcome.Done => "healthy",
        ProgressOutcome.UnderWay => "changing",
        ProgressOutcome.RolledBack => "degraded",
        _ => "failing",
    };
}
