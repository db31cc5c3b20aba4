using FlinkDashboard.Ui.Flink;
using FlinkDashboard.Ui.Formats;

namespace FlinkDashboard.Features.Teams;

/// <summary>What the team pages say first.</summary>
public static class TeamWords
{
    /// <summary>"3 teams run 14 applications: 1 failing, 13 healthy. flink-team-a-ns has used 96 % of its quota of pods."</summary>
    /// <param name="noun">What a row is.</param>
    public static string Summary(IReadOnlyList<TeamRow> rows, string noun = "team")
    {
        if (rows.Count == 0)
            return "";
        var states = rows.SelectMany(row => row.Apps).GroupBy(part => part.State).OrderBy(group => group.Key.Rank()).Select(group => $"{group.Sum(part => part.Count)} {group.Key.Word()}").ToArray();
        var apps = rows.Sum(row => row.AppCount);
        var tight = rows.Where(row => row.IsTight).OrderByDescending(row => row.Fullest!.Fraction).ToArray();
        var runs = $"{Amounts.Plural(rows.Count, noun)} {(rows.Count == 1 ? "runs" : "run")} {(apps == 0 ? "no application" : Amounts.Plural(apps, "application"))}{(states.Length > 0 ? ": " + string.Join(", ", states) : "")}.";
        return tight.Length == 0 ? runs : $"{runs} {tight[0].Namespace} has used {QuotaText(tight[0])}{(tight.Length > 1 ? $", {tight.Length - 1} more are near theirs" : "")}.";
    }

    /// <summary>"Runs 7 applications: 1 failing, 6 healthy; 2 session jobs: 2 healthy. 21 pods request 14 of 64 cores and 40 GiB of 192 GiB of memory."</summary>
    public static string Sentence(TeamRow row)
    {
        var runs = new List<string>();
        if (row.AppCount > 0)
            runs.Add(Tally(row.Apps, "application"));
        if (row.Sessions > 0)
            runs.Add(Amounts.Plural(row.Sessions, "session cluster"));
        if (row.JobCount > 0)
            runs.Add(Tally(row.Jobs, "session job"));
        var first = row.Deleting ? "The namespace is being deleted. " : "";
        first += runs.Count == 0 ? "Runs no Flink resource now." : $"Runs {string.Join("; ", runs)}.";
        if (row.Pods > 0)
            first += $" {Amounts.Plural(row.Pods, "pod")} {(row.Pods == 1 ? "requests" : "request")} {Part(row.Cpu.Requested, row.Cpu.Allocatable, Amounts.Cores)} cores and {Part(row.Memory.Requested, row.Memory.Allocatable, Amounts.Bytes)} of memory.";
        return row.IsTight ? $"{first} It has used {QuotaText(row)}: the next pods may be refused." : first;
    }

    private static string QuotaText(TeamRow row) => $"{Amounts.Percent(row.Fullest!.Fraction, 1)} of its quota of {Lower(row.Fullest.Words)}";

    // "Pods" → "pods", but "CPU requests" stays.
    private static string Lower(string words) => words.Length > 1 && char.IsUpper(words[1]) ? words : char.ToLowerInvariant(words[0]) + words[1..];

    private static string Tally(IReadOnlyCollection<StateCount> parts, string what) => $"{Amounts.Plural(parts.Sum(part => part.Count), what)}: {string.Join(", ", parts.Select(part => $"{part.Count} {part.State.Word()}"))}";

    private static string Part(double value, double? limit, Func<double?, string> format) => limit is null ? format(value) : $"{format(value)} of {format(limit)}";
}
