using FlinkDashboard.Model.Logs;

namespace FlinkDashboard.Ui.Logs;

/// <summary>Finds entries among those that are shown, which stand in order of time.</summary>
internal static class ShownLines
{
    /// <summary>Where an entry stands; -1 when it is not there.</summary>
    public static int IndexOf(this IReadOnlyList<LogEntry> shown, string id)
    {
        for (var i = shown.Count - 1; i >= 0; i--)
            if (shown[i].Id == id)
                return i;
        return -1;
    }

    /// <summary>The first entry of a moment or after it; the last when all are older.</summary>
    public static int IndexAt(this IReadOnlyList<LogEntry> shown, DateTimeOffset moment)
    {
        var (low, high) = (0, shown.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (shown[middle].Time < moment)
                low = middle + 1;
            else
                high = middle;
        }
        return Math.Min(low, shown.Count - 1);
    }

    /// <summary>How many lines stand behind an entry; all of them when it is not there any more.</summary>
    public static int LinesAfter(this IReadOnlyList<LogEntry> shown, LogEntry entry)
    {
        var lines = 0;
        for (var i = shown.Count - 1; i >= 0 && shown[i].Id != entry.Id && shown[i].Time >= entry.Time; i--)
            lines += shown[i].Kind == LogEntryKind.Line ? 1 : 0;
        return lines;
    }

    /// <summary>The next line that holds what is searched for, round the end; -1 when there is none.</summary>
    /// <param name="shown">All.</param>
    /// <param name="filter">What is searched for.</param>
    /// <param name="here">Where one stands.</param>
    /// <param name="step">1: onwards; -1: back.</param>
    public static int NextMatch(this IReadOnlyList<LogEntry> shown, LogFilter filter, int here, int step)
    {
        for (var i = 1; i <= shown.Count; i++)
        {
            var at = ((here + step * i) % shown.Count + shown.Count) % shown.Count;
            if (shown[at].Kind == LogEntryKind.Line && filter.IsMatch(shown[at]))
                return at;
        }
        return -1;
    }
}
