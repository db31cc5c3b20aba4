namespace FlinkDashboard.Model.Manifests;

/// <summary>Takes one key or list item out of the text of a manifest. What held only this becomes empty, not null.</summary>
internal static class ManifestRemoval
{
    /// <summary>The text without what a path led to.</summary>
    public static string Of(string text, ManifestTree.Reach reach) => reach.Parent switch
    {
        ManifestMap map => Entry(text, map, reach.Entry!, reach.Holder),
        ManifestList list => Item(text, list, reach.Node!, reach.Holder),
        _ => text,
    };

    private static string Entry(string text, ManifestMap map, ManifestEntry entry, ManifestEntry? holder)
    {
        var index = map.Entries.ToList().IndexOf(entry);
        var next = index + 1 < map.Entries.Count ? map.Entries[index + 1] : null;
        var end = EndOf(entry);
        if (map.Flow)
            return Flow(text, entry.KeyStart, end, index > 0 ? EndOf(map.Entries[index - 1]) : null, next?.KeyStart);
        if (map.Entries.Count == 1 && map.Column > 1)
            return Emptied(text, holder, entry.KeyStart, end, "{}");
        return ManifestText.StartsLine(text, entry.KeyStart) || next is null ? Lines(text, entry.KeyStart, end) : text.Remove(entry.KeyStart, next.KeyStart - entry.KeyStart);
    }

    private static string Item(string text, ManifestList list, ManifestNode item, ManifestEntry? holder)
    {
        var index = list.Items.ToList().FindIndex(i => ReferenceEquals(i, item));
        var next = index + 1 < list.Items.Count ? list.Items[index + 1] : null;
        if (list.Flow)
            return Flow(text, item.Start, item.End, index > 0 ? list.Items[index - 1].End : null, next?.Start);
        var dash = ManifestText.Dash(text, item);
        if (list.Items.Count == 1)
            return Emptied(text, holder, dash, item.End, "[]");
        return ManifestText.StartsLine(text, dash) || next is null ? Lines(text, dash, item.End) : text.Remove(dash, ManifestText.Dash(text, next) - dash);
    }

    private static int EndOf(ManifestEntry entry) => Math.Max(entry.KeyEnd, entry.Value.End);

    // In a flow collection the comma goes with what is removed.
    private static string Flow(string text, int start, int end, int? previousEnd, int? nextStart) =>
        nextStart is { } next ? text.Remove(start, next - start) : previousEnd is { } previous ? text.Remove(previous, end - previous) : text.Remove(start, end - start);

    private static string Lines(string text, int start, int end)
    {
        var from = ManifestText.LineStart(text, start);
        return text.Remove(from, ManifestText.NextLine(text, end) - from);
    }

    // The only thing in a block collection: its lines go, an empty collection stands after the colon of its holder.
    private static string Emptied(string text, ManifestEntry? holder, int start, int end, string empty)
    {
        if (holder is null || !ManifestText.StartsLine(text, start) || ManifestText.AfterColon(text, holder) is not { } colon)
            return string.Concat(text.AsSpan(0, start), empty, text.AsSpan(end));
        return Lines(text, start, end).Insert(colon, " " + empty);
    }
}
