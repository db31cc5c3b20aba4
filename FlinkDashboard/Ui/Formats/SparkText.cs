namespace FlinkDashboard.Ui.Formats;

/// <summary>
/// A line of values as text, one letter each, for wwwroot/js/sparks.js to draw: 64 heights between zero and the highest value are more than a line of 16 pixels can
/// show. A row with such a line is sent again only when the line looks different.
/// </summary>
public static class SparkText
{
    /// <summary>Most points of a line.</summary>
    public const int Points = 40;

    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

    /// <summary>The letters; a dot where a value is not known (null, not a number); empty when none is. Of more than <see cref="Points"/> values the last count.</summary>
    public static string Of(IReadOnlyList<double?> values)
    {
        var shown = values.Skip(Math.Max(0, values.Count - Points)).ToArray();
        var known = shown.Where(IsKnown).Select(v => Math.Abs(v!.Value)).ToArray();
        if (known.Length == 0)
            return "";
        var most = known.Max();
        return string.Concat(shown.Select(v => !IsKnown(v) ? '.' : Alphabet[most > 0 ? (int)Math.Round(Math.Max(0, v!.Value) / most * (Alphabet.Length - 1)) : 0]));
    }

    private static bool IsKnown(double? value) => value is { } known && double.IsFinite(known);
}
