using FlinkDashboard.Model.Verdicts;
using FlinkDashboard.Ui.Flink;

namespace FlinkDashboard.Features.Overview;

/// <summary>The first sentence one reads.</summary>
public static class OverviewWords
{
    /// <summary>"3 of 16 need attention: orders fails, …" or "All 16 do what they should."</summary>
    public static string Headline(IReadOnlyList<OverviewThing> things)
    {
        if (things.Count == 0)
            return "Nothing runs here yet";
        var failing = things.Where(thing => thing.State == VerdictState.Failing).ToArray();
        var attention = things.Count(thing => thing.NeedsAttention);
        return failing.Length switch
        {
            1 => $"{failing[0].Name} in {failing[0].Namespace} is failing",
            > 1 => $"{failing.Length} of {things.Count} are failing",
            _ when attention > 0 => $"{attention} of {things.Count} need{(attention == 1 ? "s" : "")} attention, none is failing",
            _ => $"All {things.Count} do what they should",
        };
    }

    /// <summary>Counts by kind and state.</summary>
    public static string Summary(IReadOnlyList<OverviewThing> things) =>
        string.Join(" ", things.GroupBy(thing => thing.Kind).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => StateWords.Tally(group.Select(thing => thing.State), group.Key)));
}
