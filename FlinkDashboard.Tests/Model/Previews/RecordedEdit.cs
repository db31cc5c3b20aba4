using System.Text.Json;
using System.Text.Json.Nodes;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Model.Previews;
using FlinkDashboard.Tests.Model.OperatorRules;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Model.Previews;

/// <summary>One recorded create or patch of a Flink object, what was known before it, and what was seen after it until the next acting step.</summary>
internal sealed record RecordedEdit(string Resource, string Name, double At, JsonElement Step, PreviewInput Input, JsonElement? Before, IReadOnlyList<RecordedEvent> After)
{
    private static readonly string[] Resources = ["flinkdeployments", "flinksessionjobs", "flinkbluegreendeployments"];

    /// <summary>HTTP status with which the API server answered.</summary>
    public int Status => Step.TryGetProperty("status", out var status) ? status.GetInt32() : 200;

    /// <summary>All edits of a scenario.</summary>
    public static IEnumerable<RecordedEdit> Of(string scenario)
    {
        var json = Recording.Scenario(scenario);
        var acting = json.GetProperty("steps").EnumerateArray().Where(s => s.GetProperty("do").GetString() is "create" or "patch" or "delete").ToList();
        var events = Recording.Events(scenario).ToList();
        var version = json.GetProperty("versions").GetProperty("operator").GetString();
        for (var i = 0; i < acting.Count; i++)
        {
            var (step, at) = (acting[i], acting[i].GetProperty("t").GetDouble());
            if (step.GetProperty("do").GetString() == "delete" || step.GetProperty("resource").GetString() is not { } resource || !Resources.Contains(resource))
                continue;
            var name = step.GetProperty("name").GetString()!;
            var first = FirstEffect(events, resource, name, at);
            // What is created is watched until somebody touches it: other objects created right after it change nothing about it.
            var next = acting.Skip(i + 1).FirstOrDefault(s => step.GetProperty("do").GetString() != "create" || s.GetProperty("do").GetString() != "create" || s.GetProperty("name").GetString() == name);
            var end = next.ValueKind == JsonValueKind.Undefined ? double.MaxValue : next.GetProperty("t").GetDouble();
            var before = new ReplayedNamespace(Recording.StartOf(scenario));
            foreach (var e in events.Take(first))
                before.Apply(e);
            if (Wanted(step, before.Raw(resource, name)) is { } wanted)
                yield return new(resource, name, at, step, InputOf(scenario, before, resource, name, wanted, version, at), before.Raw(resource, name), [.. events.Skip(first).TakeWhile(e => e.At.TotalMilliseconds < end)]);
        }
    }

    // The watch may tell of an edit before its answer was noted: the first event with the new generation within a second around it.
    private static int FirstEffect(List<RecordedEvent> events, string resource, string name, double at)
    {
        var seen = 0L;
        for (var i = 0; i < events.Count; i++)
        {
            var e = events[i];
            if (e.At.TotalMilliseconds > at + 1000)
                break;
            if (e.Resource != resource || e.Name != name)
                continue;
            var generation = e.Type == "DELETED" ? 0 : Generation(e.Object);
            if (generation > seen && Math.Abs(e.At.TotalMilliseconds - at) <= 1000 && e.At.TotalMilliseconds > at - 250)
                return i;
            seen = generation;
        }
        return events.FindIndex(e => e.At.TotalMilliseconds >= at) is var index and >= 0 ? index : events.Count;
    }

    public static long Generation(JsonElement o) => o.GetProperty("metadata").TryGetProperty("generation", out var g) ? g.GetInt64() : 0;

    private static JsonObject? Wanted(JsonElement step, JsonElement? before)
    {
        if (step.TryGetProperty("object", out var created))
            return JsonNode.Parse(created.GetRawText())!.AsObject();
        return before is { } now && step.TryGetProperty("patch", out var patch)
            ? RecordedSpecDiffTests.MergePatched(JsonNode.Parse(now.GetRawText())!.AsObject(), JsonNode.Parse(patch.GetRawText())!.AsObject())
            : null;
    }

    private static PreviewInput InputOf(string scenario, ReplayedNamespace before, string resource, string name, JsonObject wanted, string? version, double at)
    {
        IKubernetesObject? current = resource switch
        {
            "flinkdeployments" => before.Deployments.FirstOrDefault(d => d.Metadata.Name == name),
            "flinksessionjobs" => before.SessionJobs.FirstOrDefault(d => d.Metadata.Name == name),
            _ => before.BlueGreen.FirstOrDefault(d => d.Metadata.Name == name),
        };
        var cluster = (string?)wanted["spec"]?["deploymentName"] ?? name;
        var now = Recording.StartOf(scenario) + TimeSpan.FromMilliseconds(at);
        var checkpoints = RecordedCheckpoints.At(scenario, at);
        wanted.Remove("status");
        return new(current, Manifest.Parse(wanted.ToJsonString()), now)
        {
            OperatorVersion = version,
            HasHaMetadata = HaMetadata.Exist(scenario, cluster, before.ConfigMaps),
            Snapshots = before.Snapshots,
            SessionJobs = before.SessionJobs,
            SessionCluster = resource == "flinksessionjobs" ? before.Deployments.FirstOrDefault(d => d.Metadata.Name == cluster) : null,
            JobManager = before.Workloads.FirstOrDefault(w => w.Metadata.Name == name),
            ActiveChild = current is FlinkBlueGreenDeployment bg ? before.Deployments.FirstOrDefault(d => d.Metadata.Name == BlueGreenChild.NameOf(bg)) : null,
            NewestCheckpoint = checkpoints.Completed,
            PendingCheckpoint = checkpoints.Pending,
        };
    }
}

/// <summary>What the JobManager said about checkpoints.</summary>
internal static class RecordedCheckpoints
{
    /// <summary>Trigger times of the newest completed and of a running checkpoint, as last answered before a moment.</summary>
    public static (DateTimeOffset? Completed, DateTimeOffset? Pending) At(string scenario, double at)
    {
        var file = Path.Combine(Recording.Folder(scenario), "rest.jsonl");
        JsonElement? body = null;
        foreach (var line in File.Exists(file) ? File.ReadLines(file) : [])
        {
            var answer = JsonDocument.Parse(line).RootElement;
            if (answer.GetProperty("t").GetDouble() <= at && answer.GetProperty("path").GetString()!.EndsWith("/checkpoints", StringComparison.Ordinal) && answer.GetProperty("status").GetInt32() == 200)
                body = answer.GetProperty("body");
        }
        if (body is not { ValueKind: JsonValueKind.Object } known || !known.TryGetProperty("history", out var history))
            return (null, null);
        return (Newest(history, "COMPLETED"), Newest(history, "IN_PROGRESS"));
    }

    private static DateTimeOffset? Newest(JsonElement history, string status) => history.EnumerateArray().Where(c => c.GetProperty("status").GetString() == status)
        .Select(c => (DateTimeOffset?)DateTimeOffset.FromUnixTimeMilliseconds(c.GetProperty("trigger_timestamp").GetInt64())).Max();
}
