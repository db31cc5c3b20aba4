using System.Globalization;
using System.Text.RegularExpressions;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Model.OperatorRules;

/// <summary>Traps of examples that people start from: accepted by everybody, and not what is wanted. Each says what to write instead.</summary>
internal static partial class TrapRules
{
    private const string OldPrefix = "kubernetes.operator.job.autoscaler.";

    public static IEnumerable<FieldProblem> Of(PracticeSubject s)
    {
        if (s.Kind is "FlinkStateSnapshot")
            return [];
        return [.. Release(s), .. Version(s), .. Replicas(s), .. Autotune(s), .. Checkpoints(s), .. Flapping(s), .. SharedStorage(s), .. LogUri(s), .. NodeTraps.Of(s), .. SessionJob(s), .. HighAvailability(s)];
    }

    // D8: the operator and the jobs of different EMR releases.
    private static IEnumerable<FieldProblem> Release(PracticeSubject s)
    {
        if (EmrRelease.Of(s.Body.Text("emrReleaseLabel")) is { } job && EmrRelease.Of(s.Context.OperatorEmrRelease) is { } installed && job != installed)
        {
            yield return PracticeSubject.Trap(s.Root + ".emrReleaseLabel", "D8",
                $"The job asks for EMR {job}, the operator is of EMR {installed}: use emr-{installed}.0-flink-latest, or upgrade the operator's chart and release label together.");
        }
        if (s.Body.Text("emrReleaseLabel") is { } label && EmrRelease.Of(label) is null)
            yield return PracticeSubject.Trap(s.Root + ".emrReleaseLabel", "D8", $"{label} is no release label; they read emr-7.12.0-flink-latest.");
    }

    // D9: flinkVersion of another Flink than the release ships.
    private static IEnumerable<FieldProblem> Version(PracticeSubject s) =>
        EmrRelease.Of(s.Body.Text("emrReleaseLabel")) is { FlinkVersion: { } ships } release && s.Body.Text("flinkVersion") is { } asked && asked != ships
            ? [PracticeSubject.Trap(s.Root + ".flinkVersion", "D9", $"EMR {release} ships Flink {ships[1..].Replace('_', '.')}: write {ships} instead of {asked}.")]
            : [];

    // D9: replicas and parallelism that say different things.
    private static IEnumerable<FieldProblem> Replicas(PracticeSubject s)
    {
        if (s.Body.Number("taskManager", "replicas") is not { } replicas || s.Body.Number("job", "parallelism") is not { } parallelism)
            yield break;
        var slots = s.Draft.Number("taskmanager.numberOfTaskSlots") ?? 1;
        if (replicas * slots != parallelism)
        {
            yield return PracticeSubject.Trap(s.Root + ".taskManager.replicas", "D9", string.Create(CultureInfo.InvariantCulture,
                $"taskManager.replicas is given, so the parallelism is {replicas} × {slots} slots = {replicas * slots} and job.parallelism {parallelism} is not used: take replicas away, or make the two agree."));
        }
    }

    // D10: autotune keys after EMR 7.1.
    private static IEnumerable<FieldProblem> Autotune(PracticeSubject s)
    {
        if (s.Configuration.Keys.FirstOrDefault(k => k.Contains("autoscaler.autotune.", StringComparison.Ordinal)) is not { } key)
            yield break;
        if (!s.IsEmr || EmrRelease.Of(s.Body.Text("emrReleaseLabel")) is { } release && release.IsAtLeast(7, 2))
            yield return PracticeSubject.Trap(s.Key(key), "D10", $"{key} is read by Amazon EMR up to 7.1 only: write job.autoscaler.restart.time-tracking.enabled: \"true\" instead.");
    }

    // D11: no checkpoints, so nothing to fall back on. With last-state the operator sets 5 min itself.
    private static IEnumerable<FieldProblem> Checkpoints(PracticeSubject s)
    {
        var mode = s.Body.Text("job", "upgradeMode") ?? "stateless";
        return s.Body["job"] is not null && mode == "savepoint" && s.Kind != "FlinkSessionJob" && s.Draft.Value("execution.checkpointing.interval") is null
            ? [PracticeSubject.Trap(s.Key("execution.checkpointing.interval"), "D11", "No checkpoint interval: no checkpoints are taken, so there is nothing to fall back on when the job fails. Set execution.checkpointing.interval, for instance to 1 min.")]
            : [];
    }

    // D12: an autoscaler in a hurry.
    private static IEnumerable<FieldProblem> Flapping(PracticeSubject s)
    {
        var draft = s.Draft;
        if (!draft.IsOn("job.autoscaler.enabled") && !draft.IsOn(OldPrefix + "enabled"))
            yield break;
        foreach (var key in (string[])["job.autoscaler.stabilization.interval", OldPrefix + "stabilization.interval"])
        {
            if (FlinkDuration.Parse(s.Configuration.GetValueOrDefault(key)) is { } wait && wait < TimeSpan.FromMinutes(1))
                yield return PracticeSubject.Trap(s.Key(key), "D12", $"The autoscaler waits only {AgeText.Of(wait)} after a restart before it scales again: the job may be restarted over and over. Set at least 1 min; 5 min is the default.");
        }
    }

    // D13: high availability of several applications in one directory.
    private static IEnumerable<FieldProblem> SharedStorage(PracticeSubject s)
    {
        foreach (var (field, path) in new[] { (s.Root + ".jobManager.storageDir", s.Body.Text("jobManager", "storageDir")), (s.Key("high-availability.storageDir"), s.Configuration.GetValueOrDefault("high-availability.storageDir")) })
        {
            if (path is not null && s.Body["emrReleaseLabel"] is not null && s.Context.Deployments?.FirstOrDefault(d => d.Metadata.Name != s.Manifest.Name && Storage(d) == path.TrimEnd('/')) is { } other)
                yield return PracticeSubject.Trap(field, "D13", $"{other.Metadata.Name} keeps its high-availability metadata in {path} too: give each application its own directory.");
        }
    }

    private static string? Storage(FlinkDeployment d) => (d.Spec.JobManager.StorageDir ?? d.Spec.FlinkConfiguration["high-availability.storageDir"])?.TrimEnd('/');

    // D14: where logs go.
    private static IEnumerable<FieldProblem> LogUri(PracticeSubject s) =>
        s.Body.Text("monitoringConfiguration", "s3MonitoringConfiguration", "logUri") is { } uri && PlaceRules.SchemeOf(uri) is null
            ? [PracticeSubject.Trap(s.Root + ".monitoringConfiguration.s3MonitoringConfiguration.logUri", "D14", $"{uri} has no scheme: write s3://{uri.TrimStart('/')}.")]
            : [];

    // D24: a jar of another Flink than the cluster's, or sessions on an EMR release that has none.
    private static IEnumerable<FieldProblem> SessionJob(PracticeSubject s)
    {
        var cluster = s.Kind == "FlinkSessionJob" ? s.Context.Deployments?.FirstOrDefault(d => d.Metadata.Name == s.Spec.Text("deploymentName")) : null;
        var version = cluster?.Spec.FlinkVersion ?? s.Body.Text("flinkVersion");
        if (s.Body.Text("job", "jarURI") is { } jar && version is { Length: > 1 } && JarVersion().Match(jar) is { Success: true } match && $"v{match.Groups[1].Value.Replace('.', '_')}" is var built && built != version)
            yield return PracticeSubject.Trap(s.Root + ".job.jarURI", "D24", $"The jar is built for Flink {match.Groups[1].Value}, the cluster runs {version[1..].Replace('_', '.')}: take a jar of the cluster's version.");
        var label = cluster?.Spec.EmrReleaseLabel ?? (s.Body["job"] is null && s.Kind == "FlinkDeployment" ? s.Body.Text("emrReleaseLabel") : null);
        if (EmrRelease.Of(label) is { } release && !release.IsAtLeast(6, 15))
            yield return PracticeSubject.Trap(cluster is null ? s.Root + ".emrReleaseLabel" : "spec.deploymentName", "D24", $"Session clusters need EMR 6.15 or later; this is {release}.");
    }

    // last-state relies on high availability; without it a lost JobManager needs a person.
    private static IEnumerable<FieldProblem> HighAvailability(PracticeSubject s) =>
        s.Kind != "FlinkSessionJob" && s.Body.Text("job", "upgradeMode") == "last-state" && !s.Draft.HasHighAvailability
            ? [new FieldProblem(s.Root + ".job.upgradeMode", "last-state without high availability: if the JobManager is lost, its last checkpoint is not known and must be restored by hand. Set high-availability.type: kubernetes and high-availability.storageDir.", ProblemSeverity.Warning, ProblemSource.Practice) { Rule = "ha.last-state" }]
            : [];

    [GeneratedRegex(@"[-_](1\.1[3-9]|1\.20|2\.[0-9])(?:\.\d+)?(?:[-_.][\w.]*)?\.jar$")]
    private static partial Regex JarVersion();
}
