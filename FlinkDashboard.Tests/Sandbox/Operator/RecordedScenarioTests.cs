using System.Text;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Sandbox.Operator;

/// <summary>
/// Every recorded scenario, its steps sent to the sandbox: after each step the sandbox comes to the state that the real cluster had just
/// before the next one, in at most three times the time, and stays nowhere for 10 s where the real one never was.
/// </summary>
public class RecordedScenarioTests
{
    private const double Slack = 3;
    private static readonly TimeSpan Forbidden = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    public static TheoryData<string> Names => [.. RecordedScenario.Names.DefaultIfEmpty("none")];

    [RecordedTheory]
    [MemberData(nameof(Names))]
    public void Sandbox_AfterEveryRecordedStep_ComesToTheRecordedState(string name)
    {
        var report = Replay(RecordedScenario.Load(name));
        Assert.True(report.Length == 0, $"{name} (- recorded, + sandbox, at its closest)\n{report}");
    }

    /// <summary>Plays a scenario on a fresh stage.</summary>
    /// <returns>What differs; empty when nothing does.</returns>
    internal static string Replay(RecordedScenario scenario)
    {
        var stage = new ScenarioStage(scenario);
        var known = scenario.FlinkStates.Select(ComparedState.Coarse).ToHashSet();
        var report = new StringBuilder();
        foreach (var step in scenario.Steps)
        {
            var wanted = Wanted(scenario, step);
            stage.Send(step);
            var best = Reach(stage, step, wanted, known, report);
            if (best is null)
                continue;
            report.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"after {step}:");
            stage.Walk.ForEach(w => report.AppendLine("  walk " + w));
            foreach (var line in wanted.Except(best).Select(l => "  - " + l).Concat(best.Except(wanted).Select(l => "  + " + l)))
                report.AppendLine(line);
            break;
        }
        return report.ToString();
    }

    private static SortedSet<string> Wanted(RecordedScenario scenario, RecordedStep step) => new(
        ComparedState.Of(scenario.ObjectsAt(step.Until)).Concat(ComparedState.OfEvents(scenario.EventsWithin(step.At - 40, step.Until))), StringComparer.Ordinal);

    /// <returns>Null when reached, else the state with the fewest differences.</returns>
    private static SortedSet<string>? Reach(ScenarioStage stage, RecordedStep step, SortedSet<string> wanted, HashSet<string> known, StringBuilder report)
    {
        var left = step.Duration * Slack;
        var pace = left < Pace * 20 ? left / 20 : Pace;
        SortedSet<string>? best = null;
        var (fewest, seen) = (int.MaxValue, -1L);
        var strange = new Dictionary<string, TimeSpan>();
        for (; left > TimeSpan.Zero; left -= pace)
        {
            if (stage.World.Objects.Version != seen)
            {
                seen = stage.World.Objects.Version;
                var state = stage.State();
                if (state.SetEquals(wanted))
                    return null;
                var differences = wanted.Except(state).Count() + state.Except(wanted).Count();
                if (differences <= fewest)
                    (fewest, best) = (differences, state);
            }
            stage.Advance(pace);
            Watch(stage, known, strange, pace, report);
        }
        return best;
    }

    private static void Watch(ScenarioStage stage, HashSet<string> known, Dictionary<string, TimeSpan> strange, TimeSpan pace, StringBuilder report)
    {
        var all = stage.Coarse().ToList();
        stage.Note(all);
        var now = all.Where(s => !known.Contains(s)).ToHashSet();
        foreach (var gone in strange.Keys.Where(k => !now.Contains(k)).ToList())
            strange.Remove(gone);
        foreach (var state in now)
        {
            var before = strange.GetValueOrDefault(state);
            strange[state] = before + pace;
            if (before < Forbidden && before + pace >= Forbidden)
                report.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"10 s in a state the real one never had: {state}\n  walk {string.Join("\n  walk ", stage.Walk)}");
        }
    }
}
