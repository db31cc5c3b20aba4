using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox;
using FlinkDashboard.Sandbox.Scenarios;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Sandbox.Replay;

/// <summary>Every recorded scenario, played.</summary>
public class RecordedReplayTests
{
    public static TheoryData<string> Scenarios => Recording.Names;

    [RecordedTheory]
    [MemberData(nameof(Scenarios))]
    public void Replay_ShowsEveryEvent_Unchanged(string scenario)
    {
        var world = Build(scenario);
        var seen = new List<Change>();
        world.Objects.Committed += seen.Add;
        world.Timeline.Advance(TimeSpan.FromMilliseconds(Recording.Scenario(scenario).GetProperty("durationMs").GetDouble()) + TimeSpan.FromSeconds(5));
        var recorded = Recording.Events(scenario).ToList();
        Assert.Equal(recorded.Count, seen.Count);
        foreach (var (was, now) in recorded.Zip(seen))
        {
            Assert.Equal(was.Type, now.Type.ToString().ToUpperInvariant());
            Assert.True(JsonNode.DeepEquals(WithoutVersion(JsonNode.Parse(was.Object.GetRawText())!), WithoutVersion(now.Object.Read())), $"{was.Resource} {was.Name} at {was.At}");
        }
    }

    [RecordedTheory]
    [MemberData(nameof(Scenarios))]
    public void Replay_ShowsAllLogLines_OfPodsThatStand(string scenario)
    {
        var world = Build(scenario);
        var lines = 0;
        foreach (var moment in RecordingFile.Read(Recording.Folder(scenario)).Moments.OfType<RecordedLine>().GroupBy(l => (l.Pod, l.Container, l.Restart)))
        {
            var last = moment.Max(l => l.At);
            if (Recording.StartOf(scenario) + last > world.Now)
                world.Timeline.Advance(Recording.StartOf(scenario) + last - world.Now);
            if (world.Objects.Find(ResourceTypes.Pods, scenario, moment.Key.Pod) is { } pod && world.Logs.Read(pod.Uid, moment.Key.Container, moment.Key.Restart) is { } log)
                lines += log.Lines.Count;
        }
        Assert.True(lines > 0 || !Directory.Exists(Path.Combine(Recording.Folder(scenario), "logs")) || scenario == "api-refusals", "no line was shown");
    }

    private static SandboxWorld Build(string scenario) => Worlds.Build(new SandboxOptions
    {
        World = "recording:" + Recording.Folder(scenario),
        Speed = 0,
        Start = Recording.StartOf(scenario),
        Failed = e => throw new InvalidOperationException("A behaviour failed.", e),
    });

    private static JsonNode WithoutVersion(JsonNode node)
    {
        node["metadata"]!.AsObject().Remove("resourceVersion");
        return node;
    }
}
