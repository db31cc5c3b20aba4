using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Verdicts;

namespace FlinkDashboard.Model.Readings;

/// <summary>What is known about the change that the operator carries out, or carried out last: status, events and pods of one application or session job.</summary>
internal sealed record ProgressFacts
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public required ObjectMeta Metadata { get; init; }

    /// <summary>Null for a session cluster.</summary>
    public FlinkJobSpec? Job { get; init; }

    /// <summary>Null for a session job.</summary>
    public FlinkDeployment? App { get; init; }

    public required FlinkDeploymentStatus Status { get; init; }

    public required StringMap Configuration { get; init; }

    public required Evidence Evidence { get; init; }

    /// <summary>The operator has not acted on the newest spec.</summary>
    public required bool Pending { get; init; }

    public LastReconciledSpec? Last { get; init; }

    /// <summary>The operator's newest SpecChanged event.</summary>
    public CoreEvent? Change { get; init; }

    public IReadOnlyList<CoreEvent> Events { get; init; } = [];

    public OperatorError? Error { get; init; }

    public DateTimeOffset? ChangedAt => Change is null ? null : EventReading.TimeOf(Change);

    public DateTimeOffset? ReconciledAt => Status.ReconciliationStatus.ReconciliationTimestamp;

    public bool IsSessionJob => App is null;

    /// <summary>The newest spec is still to be acted on, and the operator has said that it does so. Events tell whole seconds only.</summary>
    public bool Taken => Pending && ChangedAt is { } at && (ReconciledAt is not { } done || at + Second > done);

    /// <summary>The start of what is shown.</summary>
    public DateTimeOffset? Started => Pending && !Taken ? null : ChangedAt ?? (Last?.FirstDeployment != false ? Metadata.CreationTimestamp : ReconciledAt);

    public static ProgressFacts Of(FlinkDeployment app, Evidence evidence) => new()
    {
        Metadata = app.Metadata,
        Job = app.Spec.Job,
        App = app,
        Status = app.Status,
        Configuration = app.Spec.FlinkConfiguration,
        Evidence = evidence,
        Pending = FlinkReading.HasPendingChange(app),
        Last = LastReconciledSpec.Of(app.Status.ReconciliationStatus.LastReconciledSpec),
        Change = Newest(Own(app.Metadata, FlinkDeployment.Info, evidence), "SpecChanged"),
        Events = Own(app.Metadata, FlinkDeployment.Info, evidence),
        Error = OperatorError.Of(app.Status.Error),
    };

    public static ProgressFacts Of(FlinkSessionJob job, Evidence evidence) => new()
    {
        Metadata = job.Metadata,
        Job = job.Spec.Job,
        Status = job.Status,
        Configuration = job.Spec.FlinkConfiguration,
        Evidence = evidence,
        Pending = FlinkReading.HasPendingChange(job),
        Last = LastReconciledSpec.Of(job.Status.ReconciliationStatus.LastReconciledSpec),
        Change = Newest(Own(job.Metadata, FlinkSessionJob.Info, evidence), "SpecChanged"),
        Events = Own(job.Metadata, FlinkSessionJob.Info, evidence),
        Error = OperatorError.Of(job.Status.Error),
    };

    /// <summary>A moment is not before the change. Events tell whole seconds only.</summary>
    public bool IsSince(DateTimeOffset? at) => at is not null && !(at + Second < Started);

    /// <summary>When an event of this reason was last written; null when none is known, or only one from before the change.</summary>
    public DateTimeOffset? When(string reason) => Newest(Events, reason) is { } found && EventReading.TimeOf(found) is { } at && IsSince(at) ? at : null;

    /// <summary>The newest warning since the change, up to a moment.</summary>
    public CoreEvent? Warning(DateTimeOffset? until = null, params string[] reasons) => Events
        .Where(e => EventReading.IsWarning(e) && (reasons.Length == 0 || reasons.Contains(e.Reason)) && EventReading.TimeOf(e) is { } at && IsSince(at) && !(at > until))
        .MaxBy(EventReading.TimeOf);

    /// <summary>Since when a JobManager pod is ready; null when none is.</summary>
    public DateTimeOffset? JobManagerUp() => App is null ? null : ClusterPods.Of(App, Evidence.Pods ?? []).JobManagers
        .Select(pod => pod.Status.Conditions.Of("Ready")).Where(ready => ready is { IsTrue: true }).Select(ready => ready!.Value.LastTransitionTime).Min();

    private static IReadOnlyList<CoreEvent> Own(ObjectMeta about, KindInfo kind, Evidence evidence) =>
        [.. (evidence.Events ?? []).Where(e => e.InvolvedObject.Kind == kind.Kind && e.InvolvedObject.Name == about.Name && (e.InvolvedObject.Uid.Length == 0 || about.Uid.Length == 0 || e.InvolvedObject.Uid == about.Uid))];

    private static CoreEvent? Newest(IEnumerable<CoreEvent> events, string reason) => events.Where(e => e.Reason == reason).MaxBy(EventReading.TimeOf);
}
