using System.Text.Json;

namespace FlinkDashboard.Tests.Support;

/// <summary>One line of a recording's events.jsonl.</summary>
/// <param name="At">Time since the start of the scenario.</param>
/// <param name="Resource">Plural of the kind.</param>
/// <param name="Type">ADDED, MODIFIED or DELETED.</param>
/// <param name="Object">The object.</param>
public sealed record RecordedEvent(TimeSpan At, string Resource, string Type, JsonElement Object)
{
    /// <summary>metadata.name.</summary>
    public string Name => Object.GetProperty("metadata").GetProperty("name").GetString()!;
}

/// <summary>Reading recorded scenarios.</summary>
public static class Recording
{
    /// <summary>Names of all scenarios, as theory rows; empty where there are none.</summary>
    public static TheoryData<string> Names => [.. Repository.Scenarios.Select(s => Path.GetFileName(s)!)];

    /// <summary>Folder of a scenario.</summary>
    public static string Folder(string name) => Path.Combine(Repository.Recordings!, name);

    /// <summary>scenario.json.</summary>
    public static JsonElement Scenario(string name) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder(name), "scenario.json"))).RootElement;

    /// <summary>Start of the scenario.</summary>
    public static DateTimeOffset StartOf(string name) => Scenario(name).GetProperty("startedAt").GetDateTimeOffset();

    /// <summary>The watch events in arrival order.</summary>
    public static IEnumerable<RecordedEvent> Events(string name) =>
        from line in File.ReadLines(Path.Combine(Folder(name), "events.jsonl"))
        where line.Length > 0
        let json = JsonDocument.Parse(line).RootElement
        select new RecordedEvent(
            TimeSpan.FromMilliseconds(json.GetProperty("t").GetDouble()),
            json.GetProperty("resource").GetString()!,
            json.GetProperty("type").GetString()!,
            json.GetProperty("object"));
}
