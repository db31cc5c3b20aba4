using System.Globalization;
using System.Text.Json;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Scenarios;

/// <summary>One thing that happens in a recording.</summary>
/// <param name="At">Time since the start of the recording.</param>
public abstract record RecordedMoment(TimeSpan At);

/// <summary>An object was created, changed or removed.</summary>
/// <param name="At">When the watch told it.</param>
/// <param name="Type">Its kind.</param>
/// <param name="Gone">It was removed; the JSON is its last state.</param>
/// <param name="Json">The object.</param>
public sealed record RecordedChange(TimeSpan At, ResourceType Type, bool Gone, string Json) : RecordedMoment(At);

/// <summary>A container wrote a line.</summary>
/// <param name="At">The kubelet's timestamp.</param>
/// <param name="Pod">Pod name.</param>
/// <param name="Container">Container name.</param>
/// <param name="Restart">Restart count of the container.</param>
/// <param name="Text">Without the timestamp.</param>
public sealed record RecordedLine(TimeSpan At, string Pod, string Container, int Restart, string Text) : RecordedMoment(At);

/// <summary>From now on a JobManager answers a path so.</summary>
/// <param name="At">When it was asked.</param>
/// <param name="Cluster">Name of its FlinkDeployment.</param>
/// <param name="Path">Path without query.</param>
/// <param name="Status">HTTP code.</param>
/// <param name="Json">Body.</param>
public sealed record RecordedAnswer(TimeSpan At, string Cluster, string Path, int Status, string Json) : RecordedMoment(At);

/// <summary>A recorded scenario: a folder with scenario.json, events.jsonl, rest.jsonl and logs/POD.CONTAINER.RESTART.log.</summary>
/// <param name="Name">Name of the scenario.</param>
/// <param name="Namespace">The namespace it played in.</param>
/// <param name="StartedAt">When it was recorded.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="KubernetesVersion">Version of the recorded cluster.</param>
/// <param name="Moments">What happened, in order.</param>
public sealed record RecordingFile(string Name, string Namespace, DateTimeOffset StartedAt, TimeSpan Duration, string KubernetesVersion, IReadOnlyList<RecordedMoment> Moments)
{
    /// <summary>Reads a folder.</summary>
    /// <exception cref="ArgumentException">The folder is no recording; the message says what is missing.</exception>
    public static RecordingFile Read(string folder)
    {
        var head = Path.Combine(folder, "scenario.json");
        if (!File.Exists(head))
            throw new ArgumentException($"\"{folder}\" is no recording: there is no scenario.json in it.", nameof(folder));
        using var scenario = JsonDocument.Parse(File.ReadAllText(head));
        var root = scenario.RootElement;
        var name = root.TryGetProperty("name", out var named) ? named.GetString()! : Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        var started = root.GetProperty("startedAt").GetDateTimeOffset();
        RecordedMoment[] moments = [.. Changes(folder).Concat<RecordedMoment>(Answers(folder)).Concat(Lines(folder, started)).OrderBy(m => m.At)];
        return new(
            name,
            root.TryGetProperty("namespace", out var ns) ? ns.GetString()! : name,
            started,
            TimeSpan.FromMilliseconds(root.TryGetProperty("durationMs", out var duration) ? duration.GetDouble() : moments.LastOrDefault()?.At.TotalMilliseconds ?? 0),
            root.TryGetProperty("versions", out var versions) && versions.TryGetProperty("kubernetes", out var version) ? version.GetString()! : "",
            moments);
    }

    private static IEnumerable<RecordedChange> Changes(string folder)
    {
        var at = TimeSpan.Zero;
        foreach (var line in JsonLines(folder, "events.jsonl"))
        {
            // The order of the file is the order of arrival; the times of several watches may differ from it by a millisecond.
            at = TimeOf(line) > at ? TimeOf(line) : at;
            var o = line.GetProperty("object");
            // A kind that the sandbox does not serve is not shown.
            if (ResourceTypes.FindKind(o.GetProperty("apiVersion").GetString()!, o.GetProperty("kind").GetString()!) is { } type)
                yield return new(at, type, line.GetProperty("type").GetString() == "DELETED", o.GetRawText());
        }
    }

    // Answers of the API server itself (no such service, nobody listens) follow from the objects; only the JobManager's own are kept.
    private static IEnumerable<RecordedAnswer> Answers(string folder) =>
        from line in JsonLines(folder, "rest.jsonl")
        let body = line.GetProperty("body")
        where !(body.ValueKind == JsonValueKind.Object && body.TryGetProperty("kind", out var kind) && kind.ValueEquals("Status"))
        select new RecordedAnswer(TimeOf(line), line.GetProperty("cluster").GetString()!, line.GetProperty("path").GetString()!, line.GetProperty("status").GetInt32(), body.GetRawText());

    private static IEnumerable<RecordedLine> Lines(string folder, DateTimeOffset started)
    {
        var logs = Path.Combine(folder, "logs");
        if (!Directory.Exists(logs))
            yield break;
        foreach (var file in Directory.EnumerateFiles(logs, "*.log").Order(StringComparer.Ordinal))
        {
            // POD.CONTAINER.RESTART; a pod name may hold dots.
            var parts = Path.GetFileNameWithoutExtension(file).Split('.');
            if (parts.Length < 3 || !int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var restart))
                continue;
            var at = TimeSpan.Zero;
            foreach (var line in File.ReadLines(file))
            {
                var space = line.IndexOf(' ', StringComparison.Ordinal);
                var stamp = space < 0 ? line : line[..space];
                if (DateTimeOffset.TryParse(stamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
                    at = time - started;
                yield return new(at, string.Join('.', parts[..^2]), parts[^2], restart, space < 0 ? "" : line[(space + 1)..]);
            }
        }
    }

    private static TimeSpan TimeOf(JsonElement line) => TimeSpan.FromMilliseconds(line.GetProperty("t").GetDouble());

    private static IEnumerable<JsonElement> JsonLines(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        return File.Exists(path) ? File.ReadLines(path).Where(l => l.Length > 0).Select(l => JsonElement.Parse(l)) : [];
    }
}
