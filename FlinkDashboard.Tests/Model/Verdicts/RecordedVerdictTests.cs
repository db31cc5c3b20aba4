using FlinkDashboard.Model.Verdicts;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Model.Verdicts;

/// <summary>The verdicts at every moment of every recorded scenario.</summary>
public class RecordedVerdictTests(Xunit.Abstractions.ITestOutputHelper output)
{
    public static TheoryData<string> Scenarios => Recording.Names;

    [RecordedTheory]
    [MemberData(nameof(Scenarios))]
    public void EveryMoment_HasAVerdict_AndFailingIsNeverHealthy(string scenario)
    {
        var world = new ReplayedNamespace(Recording.StartOf(scenario));
        var said = new Dictionary<string, string>();
        var wrong = new List<string>();
        foreach (var e in Recording.Events(scenario))
        {
            world.Apply(e);
            var evidence = world.Evidence;
            foreach (var (o, verdict) in world.Verdicts())
            {
                if (said.GetValueOrDefault(o.Metadata.Name) != verdict.State.ToString())
                    output.WriteLine($"{e.At.TotalSeconds,7:0.0} {o.GetType().Name} {o.Metadata.Name}: {verdict.Sentence}");
                said[o.Metadata.Name] = verdict.State.ToString();
                if (verdict.State == VerdictState.Healthy && RawFailures.Of(o, world.SessionCluster(o), evidence.Pods!) is { } failure)
                    wrong.Add($"{e.At} {o.Metadata.Name}: {failure}, but \"{verdict.Sentence}\"");
                Assert.EndsWith(".", verdict.Sentence, StringComparison.Ordinal);
            }
        }
        Assert.Empty(wrong);
    }

    [RecordedTheory]
    [MemberData(nameof(Scenarios))]
    public void End_WhereAllIsWell_IsHealthyOrStopped(string scenario)
    {
        var world = new ReplayedNamespace(Recording.StartOf(scenario));
        foreach (var e in Recording.Events(scenario))
            world.Apply(e);
        var evidence = world.Evidence;
        foreach (var (o, verdict) in world.Verdicts())
        {
            if (RawFailures.IsWell(o, evidence.Pods!))
                Assert.True(verdict.State is VerdictState.Healthy or VerdictState.Stopped, verdict.Sentence);
            else
                Assert.True(verdict.State is not VerdictState.Healthy, verdict.Sentence);
        }
    }
}
