using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;
using FlinkDashboard.Model.Verdicts;

namespace FlinkDashboard.Ui.Flink;

/// <summary>An application or session cluster in one line.</summary>
/// <param name="Sentence">The verdict in words.</param>
/// <param name="Job">Flink's job state as the operator wrote it; empty when it has not.</param>
/// <param name="Release">EMR release label, if any.</param>
/// <param name="TmWanted">TaskManagers that should run; null when they come on demand.</param>
/// <param name="LastState">The newest savepoint or checkpoint that Kubernetes knows of.</param>
/// <param name="Team">By label, else the namespace.</param>
/// <param name="Tool">GitOps tool that puts it there, if any.</param>
public sealed record AppRow(string Namespace, string Name, bool IsSession, VerdictState State, string Sentence, DateTimeOffset? Since, bool Stale, string Job, string Lifecycle, string UpgradeMode, string Mode,
    string? Version, string? Release, int? Parallelism, int TmReady, int? TmWanted, int JmReady, int JmWanted, int Restarts, StatePoint? LastState, string Team, string? Tool, bool Pending, DateTimeOffset? Created)
{
    public string Key => $"{Namespace}/{Name}";

    /// <summary>The blue/green deployment that it is one colour of; null for most.</summary>
    public string? Pair { get; init; }

    /// <summary>What the series say; lists that show it set it.</summary>
    public AppLoad? Load { get; init; }

    public string Address => $"/applications/{Namespace}/{Name}";

    /// <summary>"2/4", "2/on demand", a dash when neither is known.</summary>
    public string TmText => TmWanted is { } wanted ? $"{TmReady}/{wanted}" : $"{TmReady}";

    /// <summary>Reads a deployment with what is known around it.</summary>
    /// <param name="evidence">Its own pods, events and snapshots.</param>
    public static AppRow From(FlinkDeployment app, Evidence evidence, Namespace? ns)
    {
        var verdict = VerdictOf.Deployment(app, evidence);
        var pods = ClusterPods.Of(app, evidence.Pods ?? []);
        var job = app.Status.JobStatus;
        var owner = Ownership.Of(app.Metadata, ns);
        var points = new[] { StatePoint.LastSavepointOf(job, FlinkDeployment.Info.Kind, app.Metadata, evidence.Snapshots), StatePoint.LastCheckpointOf(job, FlinkDeployment.Info.Kind, app.Metadata, evidence.Snapshots) };
        return new AppRow(app.Metadata.Namespace, app.Metadata.Name, app.Spec.IsSession, verdict.State, verdict.Sentence, verdict.Since, verdict.IsStale, job.State.Text, app.Status.LifecycleState.Text,
            app.Spec.Job is { } spec ? FlinkReading.UpgradeModeOf(spec).Text : "", FlinkReading.ModeOf(app), FlinkReading.FlinkVersionOf(app), app.Spec.EmrReleaseLabel, FlinkReading.ParallelismOf(app),
            pods.ReadyTaskManagers, FlinkReading.TaskManagersWantedOf(app), pods.ReadyJobManagers, FlinkReading.JobManagersWantedOf(app),
            pods.JobManagers.Concat(pods.TaskManagers).Sum(pod => Objects.PodRow.From(pod).Restarts), points.Where(point => point is not null).MaxBy(point => point!.At ?? DateTimeOffset.MinValue),
            owner.Team ?? app.Metadata.Namespace, owner.Tool, FlinkReading.HasPendingChange(app), app.Metadata.CreationTimestamp)
        {
            Pair = app.Metadata.OwnerReferences.FirstOrDefault(one => one.Kind == FlinkBlueGreenDeployment.Info.Kind)?.Name,
        };
    }
}
