namespace FlinkDashboard.Ui.Palette;

/// <summary>Something one can jump to.</summary>
/// <param name="Group">"Pages", "Applications", …</param>
/// <param name="Title">The object's name.</param>
/// <param name="Detail">Where it stands: its namespace, its verdict.</param>
/// <param name="Icon">A symbol of the icon sheet.</param>
/// <param name="Tint">CSS class of a state, or null.</param>
public sealed record PaletteItem(string Group, string Title, string Detail, string Icon, string Address, string? Tint = null);

/// <summary>Finds the items a few typed letters mean.</summary>
public static class PaletteSearch
{
    /// <summary>The best matches, best first: every typed word must occur; a title that starts with the words wins over one that holds them, and that over a detail that does.</summary>
    public static IReadOnlyList<PaletteItem> Find(IEnumerable<PaletteItem> items, string text, int most)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return
        [
            .. items.Select((item, place) => (Item: item, Place: place, Rank: Rank(item, words)))
                .Where(found => found.Rank < int.MaxValue)
                .OrderBy(found => found.Rank).ThenBy(found => found.Place)
                .Take(most)
                .Select(found => found.Item),
        ];
    }

    private static int Rank(PaletteItem item, string[] words)
    {
        var rank = 0;
        foreach (var word in words)
        {
            var at = item.Title.IndexOf(word, StringComparison.OrdinalIgnoreCase);
            var part = at switch
            {
                0 => 0,
                > 0 when !char.IsLetterOrDigit(item.Title[at - 1]) => 1,
                > 0 => 2,
                _ when item.Detail.Contains(word, StringComparison.OrdinalIgnoreCase) => 4,
                _ when item.Group.StartsWith(word, StringComparison.OrdinalIgnoreCase) => 5,
                _ => int.MaxValue,
            };
            if (part == int.MaxValue)
                return part;
            rank += part;
        }

        return rank;
    }
}
