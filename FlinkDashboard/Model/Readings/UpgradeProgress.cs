using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Verdicts;

namespace FlinkDashboard.Model.Readings;

/// <summary>
/// How far the operator is with the newest change of an application, session cluster or session job, step by step. Derived from what status, events and pods
/// say now; nothing is remembered, so a time that no fact tells is null.
/// </summary>
/// <param name="Kind">What is carried out.</param>
/// <param name="Outcome">How far it is.</param>
/// <param name="Steps">In their order; at most one is under way or failed, except that a rollback keeps the step that made it necessary.</param>
/// <param name="Started">When the operator took the change up; null before.</param>
/// <param name="Ended">When it was done; null before, or when no fact tells.</param>
/// <param name="Change">What the operator says that it saw changed; null when its event is gone.</param>
/// <param name="Error">What the operator says is wrong.</param>
/// <param name="Advice">What comes next or what may be done; null when nothing need be said.</param>
public sealed record UpgradeProgress(ProgressKind Kind, ProgressOutcome Outcome, IReadOnlyList<ProgressStep> Steps, DateTimeOffset? Started, DateTimeOffset? Ended, string? Change, OperatorError? Error, string? Advice)
{
    /// <summary>How long an end stays news.</summary>
    public static readonly TimeSpan News = TimeSpan.FromMinutes(15);

    /// <summary>The step at which it is: under way, failed, or else the last one done.</summary>
    public ProgressStep Current => Steps.LastOrDefault(s => s.State is StepState.Now) ?? Steps.LastOrDefault(s => s.State == StepState.Failed && Outcome != ProgressOutcome.RolledBack) ?? Steps.Last(s => s.State == StepState.Done);

    /// <summary>Of an application or session cluster; null when nothing was ever to be carried out, or it is being deleted.</summary>
    public static UpgradeProgress? Of(FlinkDeployment app, Evidence evidence) => FlinkReading.IsCanary(app) ? null : Of(ProgressFacts.Of(app, evidence));

    /// <summary>Of a session job.</summary>
    public static UpgradeProgress? Of(FlinkSessionJob job, Evidence evidence) => FlinkReading.IsCanary(job) ? null : Of(ProgressFacts.Of(job, evidence));

    /// <summary>Something is under way, failed, or ended a short while ago.</summary>
    public bool IsNews(DateTimeOffset now) => Outcome != ProgressOutcome.Done || (Ended ?? Started) is { } at && now - at < News;

    private static UpgradeProgress? Of(ProgressFacts facts)
    {
        if (facts.Metadata.IsDeleting || facts.Status == FlinkDeploymentStatus.None || (facts.Last is null && facts.Job is { IsSuspended: true }))
            return null;
        var kind = ProgressKinds.Of(facts);
        var walk = kind == ProgressKind.Rollback ? ProgressWalk.Rollback(facts) : ProgressWalk.Of(facts, kind);
        var steps = Timed(walk, facts.Evidence.Now);
        var outcome = walk.Outcome;
        return new(kind, outcome, steps, facts.Started, outcome is ProgressOutcome.Done or ProgressOutcome.RolledBack ? steps[^1].At : null,
            ProgressKinds.Differences(facts.Change?.Message), outcome == ProgressOutcome.Done ? null : walk.Error ?? facts.Error, ProgressAdvice.Of(facts, kind, walk));
    }

    private static IReadOnlyList<ProgressStep> Timed(ProgressWalk walk, DateTimeOffset now)
    {
        var steps = new List<ProgressStep>();
        DateTimeOffset? before = null;
        for (var i = 0; i < walk.Steps.Count; i++)
        {
            var step = walk.Steps[i];
            var state = step.Broken ? StepState.Failed : i < walk.Reached ? StepState.Done : i > walk.Reached ? StepState.Ahead : walk.Outcome is ProgressOutcome.Failed or ProgressOutcome.Refused ? StepState.Failed : StepState.Now;
            DateTimeOffset? at = i < walk.Reached ? step.At : i == walk.Reached ? before : null;
            TimeSpan? took = i > walk.Reached || before is null ? null : i == walk.Reached ? now - before : at - before;
            steps.Add(new(step.Id, step.Name, state, at, took is { } span && span >= TimeSpan.Zero ? span : null, state == StepState.Ahead ? null : step.Detail));
            if (i < walk.Reached && at is not null)
                before = at;
        }
        return steps;
    }
}
