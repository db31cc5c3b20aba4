using System.Text.Json.Nodes;
using FlinkDashboard.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace FlinkDashboard.Tests.Browser;

/// <summary>Recorded scenarios replayed to the app: what real systems did, seen in the browser from create to end.</summary>
[Collection(BrowserTests.Name)]
public class RecordedReplayTests
{
    private const double Speed = 4;

    /// <summary>A state that lasts this long in the recording can be seen at <see cref="Speed"/>.</summary>
    private const long Visible = 4_000;

    private static readonly string[] Preferred = ["create-run-delete", "job-fails", "suspend-resume-savepoint"];

    /// <summary>Three scenarios: the preferred ones where they are, else the first.</summary>
    public static TheoryData<string> Scenarios =>
        [.. Repository.Scenarios.Select(f => Path.GetFileName(f)!).Where(n => n != "api-refusals").OrderBy(n => Array.IndexOf(Preferred, n) is var i and >= 0 ? i : 99).Take(3)];

    [RecordedTheory]
    [MemberData(nameof(Scenarios))]
    public async Task Scenario_IsShown_FromCreateToEnd(string scenario)
    {
        Assert.Null(BrowserSkip.Reason);
        var folder = Path.Combine(Repository.Recordings!, scenario);
        var (name, ns, states) = Walk(folder);
        Assert.NotEmpty(states);
        await using var stage = await Stage.StartAsync("recording:" + folder, Speed);
        var page = await stage.OpenAsync($"/applications/{ns}/{name}");
        foreach (var state in states)
            await Expect(page.GetByText(state, new() { Exact = true }).First).ToBeVisibleAsync(new() { Timeout = 90_000 });
        await page.Context.CloseAsync();
    }

    // The first application of a recording and the lifecycle states it stays in.
    private static (string Name, string Namespace, IReadOnlyList<string> States) Walk(string folder)
    {
        var events = File.ReadLines(Path.Combine(folder, "events.jsonl")).Select(l => JsonNode.Parse(l)!).Where(e => (string?)e["resource"] == "flinkdeployments").ToList();
        var (name, ns) = ((string)events[0]["object"]!["metadata"]!["name"]!, (string)events[0]["object"]!["metadata"]!["namespace"]!);
        var walk = new List<(string? State, long From)>();
        foreach (var e in events.Where(e => (string?)e["object"]!["metadata"]!["name"] == name))
        {
            var state = (string?)e["object"]!["status"]?["lifecycleState"];
            if (walk.Count == 0 || walk[^1].State != state)
                walk.Add((state, (long)e["t"]!));
        }
        var end = (long)events[^1]["t"]!;
        return (name, ns, [.. walk.Select((s, i) => (s.State, Length: (i + 1 < walk.Count ? walk[i + 1].From : end) - s.From)).Where(s => s.State is not null && s.Length >= Visible).Select(s => s.State!)]);
    }
}
