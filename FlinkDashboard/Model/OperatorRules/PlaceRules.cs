using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FlinkDashboard.Model.Manifests;

namespace FlinkDashboard.Model.OperatorRules;

/// <summary>Images, jars and paths: whether they can be what they claim to be. Neither schema nor operator look.</summary>
internal static partial class PlaceRules
{
    private static readonly string[] StatePaths =
        ["state.checkpoints.dir", "execution.checkpointing.dir", "state.savepoints.dir", "execution.checkpointing.savepoint-dir"];

    private static readonly HashSet<string> FileSystems = ["file", "s3", "s3a", "s3n", "s3p", "hdfs", "viewfs", "gs", "abfs", "abfss", "wasb", "wasbs", "oss", "obs", "cosn", "swift", "alluxio"];
    private static readonly HashSet<string> JarSchemes = ["local", "file", "http", "https", "s3", "s3a", "s3n", "s3p", "hdfs", "gs", "abfs", "abfss", "wasb", "wasbs", "oss", "obs"];

    public static IEnumerable<FieldProblem> Of(PracticeSubject s)
    {
        var body = s.Body;
        if (body.Text("image") is { } image && !ImageReference().IsMatch(image))
            yield return PracticeSubject.Error(s.Root + ".image", "image.reference", $"{image} is no image reference (registry/repository:tag, lower case); pods end with InvalidImageName.");
        foreach (var problem in Jar(s).Concat(StateDirectories(s)).Concat(Savepoints(s)).Concat(Placeholders(s)))
            yield return problem;
    }

    private static IEnumerable<FieldProblem> Jar(PracticeSubject s)
    {
        if (s.Kind is not ("FlinkDeployment" or "FlinkBlueGreenDeployment") || s.Body["job"] is not JsonObject job)
            yield break;
        var field = s.Root + ".job.jarURI";
        if (job.Text("jarURI") is not { Length: > 0 } jar)
        {
            if (job.Text("entryClass") is null)
                yield return PracticeSubject.Warning(field, "jar.missing", "Neither jarURI nor entryClass is given: only jobs whose jar is on the class path start like this.");
        }
        else if (jar.Any(char.IsWhiteSpace))
            yield return PracticeSubject.Error(field, "jar.uri", $"{jar} is no URI.");
        else if (SchemeOf(jar) is not { } scheme)
            yield return PracticeSubject.Error(field, "jar.scheme", $"{jar} has no scheme; a jar inside the image is written local:///opt/flink/….");
        else if (!JarSchemes.Contains(scheme))
            yield return Unknown(field, "jar.scheme", $"The scheme {scheme} is not known to Flink", scheme, JarSchemes);
        else if (scheme == "local" && !jar.StartsWith("local:///", StringComparison.Ordinal))
            yield return PracticeSubject.Error(field, "jar.uri", $"{jar} needs three slashes: local:///path inside the image.");
        else if (scheme is "s3" or "s3a" or "s3n" or "s3p" && !s.IsEmr)
            yield return PracticeSubject.Warning(field, "jar.s3", "Jars from S3 need Flink 1.19 or later with an S3 file system plugin (or Amazon EMR).");
    }

    private static IEnumerable<FieldProblem> StateDirectories(PracticeSubject s)
    {
        foreach (var key in StatePaths.Append("high-availability.storageDir").Where(s.Configuration.ContainsKey))
        {
            var value = s.Configuration[key];
            if (SchemeOf(value) is not { } scheme)
                yield return PracticeSubject.Error(s.Key(key), "path.scheme", $"{key} must name a file system, for instance s3://bucket/path; {value} has no scheme.");
            else if (!FileSystems.Contains(scheme))
                yield return Unknown(s.Key(key), "path.scheme", $"{key}: the scheme {scheme} is no file system of Flink", scheme, FileSystems);
        }
        if (s.Body.Text("jobManager", "storageDir") is { } storage && SchemeOf(storage) is null)
            yield return PracticeSubject.Error(s.Root + ".jobManager.storageDir", "path.scheme", $"storageDir must name a file system, for instance s3://bucket/path; {storage} has no scheme.");
    }

    // A scheme that is nearly a known one is a slip of the hand; another may come with a plugin.
    private static FieldProblem Unknown(string field, string rule, string message, string scheme, IReadOnlySet<string> known) => Nearby.Of(scheme, [.. known]) is { Length: > 0 } near
        ? PracticeSubject.Error(field, rule, message + near)
        : PracticeSubject.Warning(field, rule, $"{message}, unless a plugin brings it.");

    private static IEnumerable<FieldProblem> Savepoints(PracticeSubject s)
    {
        var initial = s.Root + ".job.initialSavepointPath";
        var paths = s.Kind == "FlinkStateSnapshot" ? [("spec.savepoint.path", s.Spec.Text("savepoint", "path"))] : new[] { (initial, s.Body.Text("job", "initialSavepointPath")) };
        foreach (var (field, path) in paths.Where(p => p.Item2 is not null))
        {
            if (SchemeOf(path!) is null)
                yield return PracticeSubject.Error(field, "path.scheme", $"{path} must be a full path with the scheme of a file system, for instance s3://bucket/savepoints/savepoint-….");
            else if (field == initial && path!.EndsWith("/_metadata", StringComparison.Ordinal) == false && LikeDirectory().IsMatch(path))
                yield return PracticeSubject.Warning(field, "path.savepoint", $"{path} looks like the directory of savepoints, not like one savepoint (…/savepoint-… or …/chk-…).");
        }
        if (s.Kind == "FlinkStateSnapshot" && (s.Spec.Flag("savepoint", "alreadyExists") ?? false) && string.IsNullOrEmpty(s.Spec.Text("savepoint", "path")))
            yield return PracticeSubject.Error("spec.savepoint.path", "path.missing", "A savepoint that exists already must have its path.");
    }

    private static IEnumerable<FieldProblem> Placeholders(PracticeSubject s) => Texts(s.Root, s.Body)
        .Where(t => Placeholder().IsMatch(t.Text)).Select(t => PracticeSubject.Error(t.Path, "placeholder", $"{Placeholder().Match(t.Text).Value} is a placeholder; write the value."));

    // Arguments, logging configuration and pod templates may hold such text for their own use.
    private static IEnumerable<(string Path, string Text)> Texts(string path, JsonNode? node) => node switch
    {
        JsonObject map => map.Where(p => p.Key is not ("args" or "logConfiguration" or "podTemplate" or "ingress")).SelectMany(p => Texts(ManifestPath.Below(path, p.Key), p.Value)),
        JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.String => [(path, value.GetValue<string>())],
        _ => [],
    };

    /// <summary>Scheme in lower case; null when there is none.</summary>
    internal static string? SchemeOf(string uri) => Scheme().Match(uri) is { Success: true } match ? match.Groups[1].Value.ToLowerInvariant() : null;

    [GeneratedRegex(@"^([A-Za-z][A-Za-z0-9+.\-]*):")]
    private static partial Regex Scheme();

    [GeneratedRegex(@"/savepoints?/?$")]
    private static partial Regex LikeDirectory();

    [GeneratedRegex(@"<[A-Z][A-Z0-9_]+>|\$\{[A-Za-z_][A-Za-z0-9_]*\}|\$[A-Z_][A-Z0-9_]+")]
    private static partial Regex Placeholder();

    // distribution/reference: host[:port]/path[:tag][@digest].
    [GeneratedRegex(@"\A(?:(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[a-fA-F0-9:]+\])(?::\d+)?/)?[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*(?::\w[\w.-]{0,127})?(?:@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?\z")]
    private static partial Regex ImageReference();
}
