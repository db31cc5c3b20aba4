using FlinkDashboard.Model.Verdicts;

namespace FlinkDashboard.Ui.Flink;

/// <summary>How a verdict looks: word, tint and place in "worst first".</summary>
public static class StateWords
{
    /// <summary>All states, worst first: what fails, what nobody can see, what limps, what moves, what is well, what rests.</summary>
    public static IReadOnlyList<VerdictState> WorstFirst { get; } = [VerdictState.Failing, VerdictState.Unknown, VerdictState.Degraded, VerdictState.Changing, VerdictState.Healthy, VerdictState.Stopped];

    /// <summary>Place in <see cref="WorstFirst"/>.</summary>
    public static int Rank(this VerdictState state) => state switch
    {
        VerdictState.Failing => 0,
        VerdictState.Unknown => 1,
        VerdictState.Degraded => 2,
        VerdictState.Changing => 3,
        VerdictState.Healthy => 4,
        _ => 5,
    };

    /// <summary>The word, lower case: also the glyph's name and the address' value.</summary>
    public static string Word(this VerdictState state) => state switch
    {
        VerdictState.Failing => "failing",
        VerdictState.Unknown => "unknown",
        VerdictState.Degraded => "degraded",
        VerdictState.Changing => "changing",
        VerdictState.Healthy => "healthy",
        _ => "stopped",
    };

    /// <summary>"34 applications: 1 failing, 2 degraded, 31 healthy."</summary>
    public static string Tally(IEnumerable<VerdictState> states, string one, string? many = null)
    {
        var counts = states.GroupBy(state => state).ToDictionary(group => group.Key, group => group.Count());
        var total = counts.Values.Sum();
        var parts = WorstFirst.Where(counts.ContainsKey).Select(state => $"{counts[state]} {state.Word()}");
        return total == 0 ? $"No {many ?? one + "s"}." : $"{Formats.Amounts.Plural(total, one, many)}: {string.Join(", ", parts)}.";
    }
}
