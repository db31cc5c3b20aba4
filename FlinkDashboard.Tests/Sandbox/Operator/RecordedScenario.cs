using System.Text.Json.Nodes;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Sandbox.Operator;

/// <summary>One acting step of a recorded scenario, and the state the real cluster had come to just before the next one.</summary>
internal sealed record RecordedStep(JsonObject Json, long At, long Until)
{
    public string Do => (string)Json["do"]!;

    public string Resource => (string)Json["resource"]!;

    public string Name => (string)Json["name"]!;

    public string Query => (string?)Json["query"] ?? "";

    /// <summary>How long the real cluster had for it.</summary>
    public TimeSpan Duration => TimeSpan.FromMilliseconds(Math.Max(Until - At, 1));

    public override string ToString() => $"{At} {Do} {Resource}/{Name} {Json["patch"]?.ToJsonString()}{Query}";
}

/// <summary>A folder of recordings/operator.</summary>
internal sealed class RecordedScenario
{
    private static readonly string[] Acting = ["create", "patch", "delete"];
    private readonly List<(long At, string Type, JsonObject Object, string Resource)> _events = [];

    private RecordedScenario(string folder)
    {
        Json = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "scenario.json")))!.AsObject();
        Namespace = (string)Json["namespace"]!;
        foreach (var line in File.ReadLines(Path.Combine(folder, "events.jsonl")))
        {
            var e = JsonNode.Parse(line)!;
            _events.Add(((long)e["t"]!, (string)e["type"]!, e["object"]!.AsObject(), (string)e["resource"]!));
        }
        var acting = Json["steps"]!.AsArray().Select(s => s!.AsObject()).Where(s => Acting.Contains((string)s["do"]!) && s["answer"] is null && (int?)s["status"] is null or < 300).ToList();
        Steps = [.. acting.Select((s, i) => new RecordedStep(s, (long)s["t"]!, i + 1 < acting.Count ? Before((long)s["t"]!, (long)acting[i + 1]["t"]!) : (long)Json["durationMs"]!))];
    }

    public JsonObject Json { get; }

    public string Namespace { get; }

    public string Purpose => (string?)Json["purpose"] ?? "";

    public IReadOnlyList<RecordedStep> Steps { get; }

    /// <summary>Scenarios in which the operator was running: it has put its finalizer on something.</summary>
    public static IEnumerable<string> Names => Repository.Scenarios
        .Where(s => File.ReadLines(Path.Combine(s, "events.jsonl")).Any(l => l.Contains("flink.apache.org/finalizer", StringComparison.Ordinal)))
        .Select(s => Path.GetFileName(s)!);

    public static RecordedScenario Load(string name) => LoadFolder(Path.Combine(Repository.Recordings!, name));

    public static RecordedScenario LoadFolder(string folder) => new(folder);

    /// <summary>All objects as they stood at a moment.</summary>
    public IReadOnlyList<JsonObject> ObjectsAt(long moment)
    {
        var objects = new Dictionary<string, JsonObject>();
        foreach (var (_, type, item, resource) in _events.TakeWhile(e => e.At <= moment))
        {
            var key = $"{resource}/{(string?)item["metadata"]!["name"]}";
            if (type == "DELETED")
                objects.Remove(key);
            else
                objects[key] = item;
        }
        return [.. objects.Values];
    }

    /// <summary>Objects as they were when first seen in a span.</summary>
    public IEnumerable<JsonObject> Added(long from, long until) =>
        _events.Where(e => e.Type == "ADDED" && e.At > from && e.At <= until).Select(e => e.Object).DistinctBy(o => $"{o["kind"]}/{o["metadata"]!["name"]}");

    /// <summary>Everything written in a span, for the operator's events.</summary>
    public IEnumerable<JsonObject> EventsWithin(long from, long until) =>
        _events.Where(e => e.Resource == "events" && e.Type != "DELETED" && e.At > from && e.At <= until).Select(e => e.Object);

    /// <summary>Every state each Flink resource ever had.</summary>
    public IEnumerable<JsonObject> FlinkStates => _events.Where(e => e.Resource.StartsWith("flink", StringComparison.Ordinal)).Select(e => e.Object);

    /// <summary>Most pods at a time: what a quota that refuses more must have been.</summary>
    public int MostPods
    {
        get
        {
            var (now, most) = (0, 0);
            foreach (var e in _events.Where(e => e.Resource == "pods"))
            {
                now += e.Type switch { "ADDED" => 1, "DELETED" => -1, _ => 0 };
                most = Math.Max(most, now);
            }
            return most;
        }
    }

    // The watch may show a step's effect a few milliseconds before the step was noted as done.
    private static long Before(long at, long next) => next - Math.Min(40, (next - at) / 2);
}
