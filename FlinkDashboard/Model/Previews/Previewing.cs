using System.Text.Json.Nodes;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Model.OperatorRules;

namespace FlinkDashboard.Model.Previews;

/// <summary>Works a preview out: first what is refused, then what the kind of object does.</summary>
internal static class Previewing
{
    public static EffectPreview Of(PreviewInput input)
    {
        if (input.Wanted.Problem is { } syntax)
            return Empty(EffectKind.Rejected, "The text cannot be read as a manifest.") with { Problems = [syntax] };
        if (input.Schema?.Check(input.Wanted).Where(p => p.Rule != "schema.unknown").ToList() is { Count: > 0 } wrong)
            return Empty(EffectKind.Rejected, $"The API server refuses it: {wrong[0].Message}") with { Problems = wrong };
        IReadOnlyList<OperatorRelease> releases = OperatorRelease.Of(input.OperatorVersion) is { } named ? [named] : input.OperatorVersion is null && input.OperatorAtLeast is { } oldest ? oldest.AndLater : [];
        if (releases.Count == 0)
            return Empty(EffectKind.CannotTell, CannotTell(input.OperatorVersion));
        if (input.Wanted.Json["spec"] is not JsonObject spec)
            return Empty(EffectKind.CannotTell, "The manifest has no spec, so there is nothing to say about it.");
        var kind = input.Wanted.Kind ?? KindOf(input.Current);
        var breaches = OperatorCheck(input, kind, spec);
        return breaches.Count > 0 ? Rejected(input, kind, spec, breaches)
            : input.OperatorVersion is null ? ByAll(input, kind, spec, releases)
            : Marked(Accepted(input, kind, spec, releases[0]), releases[0]);
    }

    public static EffectPreview Empty(EffectKind kind, string sentence) => new(kind, sentence, [], StopWay.Nothing, RestoreFrom.Undecided, null, null, false, [], []);

    private static EffectPreview Accepted(PreviewInput input, string? kind, JsonObject spec, OperatorRelease release)
    {
        return (kind, input.Current) switch
        {
            ("FlinkDeployment", null) => FirstPreview.Of(input, spec, "FlinkDeployment"),
            ("FlinkSessionJob", null) => FirstPreview.Of(input, spec, "FlinkSessionJob"),
            ("FlinkDeployment", FlinkDeployment d) => Edit(input, Standing.Of(d), spec, release),
            ("FlinkSessionJob", FlinkSessionJob j) => Edit(input, Standing.Of(j), spec, release),
            ("FlinkBlueGreenDeployment", null or FlinkBlueGreenDeployment) => BlueGreenPreview.Of(input, (FlinkBlueGreenDeployment?)input.Current, spec, release),
            ("FlinkStateSnapshot", null) => SnapshotPreview.Of(spec),
            _ => Empty(EffectKind.CannotTell, $"What the operator does with a {kind ?? "manifest without kind"} cannot be told."),
        };
    }

    private static EffectPreview Marked(EffectPreview preview, OperatorRelease release) => release == OperatorRelease.Recorded || preview.Kind == EffectKind.CannotTell
        ? preview
        : preview with { Notes = [.. preview.Notes, $"The installed operator is {release}; these rules were recorded of {OperatorRelease.Recorded}."] };

    // Which release it is stands nowhere: what all of them do is told, and nothing else.
    private static EffectPreview ByAll(PreviewInput input, string? kind, JsonObject spec, IReadOnlyList<OperatorRelease> releases)
    {
        var told = releases.Select(release => Accepted(input, kind, spec, release)).ToList();
        var one = told[^1];
        if (told.All(other => Same(one, other)))
            return one.Kind == EffectKind.CannotTell ? one : one with { Notes = [.. one.Notes, $"The operator names no version: by its definitions it is {releases[0]} or later, and {releases[0]} to {releases[^1]} all do this."] };
        return Empty(EffectKind.CannotTell, $"The operator names no version. By its definitions it is {releases[0]} or later, and what it will do depends on which.") with
        {
            Notes = [.. releases.Zip(told).GroupBy(pair => pair.Second.Sentence).Select(group => $"From {group.First().First} on: {group.Key}")],
        };
    }

    private static bool Same(EffectPreview one, EffectPreview other) =>
        (one.Kind, one.Sentence, one.Stop, one.Restore, one.Row, one.State, one.LosesState) == (other.Kind, other.Sentence, other.Stop, other.Restore, other.Row, other.State, other.LosesState)
        && one.Fields.SequenceEqual(other.Fields);

    private static EffectPreview Edit(PreviewInput input, Standing now, JsonObject spec, OperatorRelease release)
    {
        if (now.IsBeforeFirst)
            return FirstPreview.Of(input, spec, now.Kind);
        return now.Last!["job"] is null && !now.IsSessionJob ? ClusterPreview.Of(input, now, spec, release) : JobPreview.Of(input, now, spec, release);
    }

    private static IReadOnlyList<FieldProblem> OperatorCheck(PreviewInput input, string? kind, JsonObject spec)
    {
        var deployed = input.Current switch
        {
            FlinkDeployment d => Standing.Of(d).Last,
            FlinkSessionJob j => Standing.Of(j).Last,
            _ => null,
        };
        var name = input.Wanted.Name ?? input.Current?.Metadata.Name ?? "";
        var draft = EffectiveConfiguration.Of(input, name, spec, deployed);
        return OperatorProblems.Of(input.Wanted, kind switch
        {
            "FlinkDeployment" => DeploymentValidator.Breaches(draft),
            "FlinkSessionJob" => SessionJobValidator.Breaches(draft, SessionJobValidator.ClusterOf(input.SessionCluster)),
            "FlinkStateSnapshot" => SnapshotValidator.Breaches(spec),
            _ => [],
        });
    }

    private static EffectPreview Rejected(PreviewInput input, string? kind, JsonObject spec, IReadOnlyList<FieldProblem> problems)
    {
        var now = input.Current switch { FlinkDeployment d => Standing.Of(d), FlinkSessionJob j => Standing.Of(j), _ => null };
        var runs = now?.Last is not null ? " What runs stays as it is." : " Nothing is started.";
        var fields = now is { Last: not null } ? FieldEffects.Of(now, spec, kind == "FlinkSessionJob" ? SpecDiff.OfSessionJob(now.Last, spec) : SpecDiff.OfDeployment(now.Last, spec, false), null) : [];
        return Empty(EffectKind.Rejected, $"The operator refuses it: {problems[0].Message}{runs}") with { Problems = problems, Fields = fields };
    }

    private static string? KindOf(IKubernetesObject? current) => current switch
    {
        FlinkDeployment => "FlinkDeployment",
        FlinkSessionJob => "FlinkSessionJob",
        FlinkBlueGreenDeployment => "FlinkBlueGreenDeployment",
        _ => null,
    };

    private static string CannotTell(string? version) => version is null
        ? "The operator's version is not known, so what it will do cannot be told."
        : $"The rules of operator {version} are not known, so what it will do cannot be told.";
}
