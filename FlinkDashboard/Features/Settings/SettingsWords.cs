using FlinkDashboard.State;
using FlinkDashboard.Ui.Formats;

namespace FlinkDashboard.Features.Settings;

/// <summary>What the settings page says first.</summary>
public static class SettingsWords
{
    /// <summary>"27 kinds: 24 live, 2 not installed, 1 forbidden. 412 objects are held."</summary>
    public static string Summary(IReadOnlyList<KindRow> rows)
    {
        (WatchState State, string Word)[] words = [(WatchState.Stale, "without contact"), (WatchState.Forbidden, "forbidden"), (WatchState.Connecting, "connecting"), (WatchState.Absent, "not installed"), (WatchState.Live, "live")];
        var parts = words.Select(pair => (pair.Word, Count: rows.Count(row => row.State == pair.State))).Where(part => part.Count > 0).Select(part => $"{part.Count} {part.Word}").ToArray();
        return $"{Amounts.Plural(rows.Count, "kind")} of objects: {(parts.Length == 0 ? "none yet" : string.Join(", ", parts))}. {Amounts.Plural(rows.Sum(row => (long)(row.Objects ?? 0)), "object")} known.";
    }
}
