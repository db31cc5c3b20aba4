using System.Text.RegularExpressions;

namespace FlinkDashboard.Ui.Logs;

/// <summary>What is searched for in lines: a phrase, or a regular expression; never case-sensitive.</summary>
public sealed class LogSearch
{
    // One line may take so long, once: some expressions cannot be matched in linear time (backward references, looking around), others are linear and huge.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly Regex? _pattern;

    private LogSearch(string text, bool isPattern, Regex? pattern, string? error) => (Text, IsPattern, _pattern, Error) = (text, isPattern, pattern, error);

    /// <summary>Nothing: every line matches, nothing is marked.</summary>
    public static LogSearch None { get; } = new("", false, null, null);

    /// <summary>As it was typed.</summary>
    public string Text { get; }

    /// <summary>The text is a regular expression.</summary>
    public bool IsPattern { get; }

    /// <summary>What is wrong with the expression, and where; null when nothing is. Then every line matches.</summary>
    public string? Error { get; private set; }

    /// <summary>Nothing to look for.</summary>
    public bool IsEmpty => Text.Length == 0 || Error is not null;

    /// <summary>Reads what was typed.</summary>
    public static LogSearch Of(string? text, bool isPattern)
    {
        if (string.IsNullOrEmpty(text))
            return None;
        if (!isPattern)
            return new(text, false, null, null);
        try
        {
            return new(text, true, Build(text), null);
        }
        catch (RegexParseException e)
        {
            return new(text, true, null, $"{Words(e)} at position {e.Offset + 1}");
        }
    }

    /// <summary>The line holds it.</summary>
    public bool IsIn(string line)
    {
        if (IsEmpty)
            return true;
        if (_pattern is null)
            return line.Contains(Text, StringComparison.OrdinalIgnoreCase);
        try
        {
            return _pattern.IsMatch(line);
        }
        catch (RegexMatchTimeoutException)
        {
            Error = "This expression takes too long on some lines: it is not applied. Without backward references and looking around it is fast";
            return true;
        }
    }

    /// <summary>Where it stands in a line: begin and length of each place, in order.</summary>
    public IReadOnlyList<(int At, int Length)> PlacesIn(string line)
    {
        if (IsEmpty || line.Length == 0)
            return [];
        if (_pattern is not null)
            return IsIn(line) && !IsEmpty ? [.. _pattern.Matches(line).Where(match => match.Length > 0).Select(match => (match.Index, match.Length))] : [];
        List<(int, int)> places = [];
        for (var at = line.IndexOf(Text, StringComparison.OrdinalIgnoreCase); at >= 0; at = line.IndexOf(Text, at + Text.Length, StringComparison.OrdinalIgnoreCase))
            places.Add((at, Text.Length));
        return places;
    }

    private static Regex Build(string text)
    {
        const RegexOptions Plain = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;
        try
        {
            return new Regex(text, Plain | RegexOptions.NonBacktracking, Patience);
        }
        catch (NotSupportedException)
        {
            return new Regex(text, Plain, Patience);
        }
    }

    // "Invalid pattern '(a' at offset 2. Not enough )'s." says the position already, and repeats what stands in the box.
    private static string Words(RegexParseException e)
    {
        var at = e.Message.IndexOf(". ", StringComparison.Ordinal);
        var words = at > 0 && at + 2 < e.Message.Length ? e.Message[(at + 2)..] : e.Error.ToString();
        return words.TrimEnd('.');
    }
}
