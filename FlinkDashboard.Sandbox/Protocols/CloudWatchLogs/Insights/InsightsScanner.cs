using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace FlinkDashboard.Sandbox.Protocols.CloudWatchLogs.Insights;

/// <summary>Reads a query from left to right. What a slash means depends on what is expected, so nothing is split up beforehand.</summary>
internal sealed class InsightsScanner(string text)
{
    private static readonly TimeSpan MatchTime = TimeSpan.FromMilliseconds(250);
    private int _at;

    /// <summary>Where it stands: at a character that is no space, or at the end.</summary>
    public int Position { get { Skip(); return _at; } }

    /// <summary>Nothing is left.</summary>
    public bool IsAtEnd => Position == text.Length;

    /// <summary>The query between two positions, without spaces around.</summary>
    public string Between(int start, int end) => text[start..end].Trim();

    /// <summary>Something is wrong, from a position to where it stands.</summary>
    public InsightsSyntaxException Error(string message, int? from = null) =>
        from is { } start ? new(message, start, Math.Max(start + 1, _at)) : new(message, Position, Math.Min(text.Length, Position + 1));

    /// <summary>Something else was expected here.</summary>
    public InsightsSyntaxException Unexpected()
    {
        var (start, end) = (Position, Position);
        while (end < text.Length && IsNamePart(text[end]))
            end++;
        end = Math.Min(text.Length, Math.Max(end, start + 1));
        var line = text.AsSpan(0, start).Count('\n') + 1;
        var column = start - (text.AsSpan(0, start).LastIndexOf('\n') + 1);
        return new($"unexpected symbol found {(IsAtEnd ? "<EOF>" : text[start..end])} at line {line} and position {column}", start, end);
    }

    /// <summary>A symbol stands here.</summary>
    public bool IsAt(string symbol) => string.CompareOrdinal(text, Position, symbol, 0, symbol.Length) == 0;

    /// <summary>Takes a symbol if it stands here.</summary>
    public bool TrySymbol(string symbol)
    {
        if (!IsAt(symbol))
            return false;
        _at += symbol.Length;
        return true;
    }

    /// <summary>Takes a symbol that must stand here.</summary>
    public void Symbol(string symbol)
    {
        if (!TrySymbol(symbol))
            throw Unexpected();
    }

    /// <summary>Takes a word of the language if it stands here, in any case.</summary>
    public bool TryWord(string word)
    {
        var end = Position + word.Length;
        if (string.Compare(text, _at, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) != 0 || end > text.Length || (end < text.Length && IsNamePart(text[end])))
            return false;
        _at = end;
        return true;
    }

    /// <summary>Takes a name if one stands here: letters, digits, <c>_ @ . :</c>, or anything between back-quotes.</summary>
    public string? TryName()
    {
        var start = Position;
        if (start < text.Length && text[start] == '`')
        {
            var end = text.IndexOf('`', start + 1);
            if (end < 0)
                throw Error("the back-quote is not closed");
            _at = end + 1;
            return text[(start + 1)..end];
        }
        if (start == text.Length || !(char.IsLetter(text[start]) || text[start] is '@' or '_'))
            return null;
        while (_at < text.Length && IsNamePart(text[_at]))
            _at++;
        return text[start.._at];
    }

    /// <summary>Takes a name that must stand here.</summary>
    public string Name() => TryName() ?? throw Unexpected();

    /// <summary>Takes a text in single or double quotes if one stands here.</summary>
    public string? TryText()
    {
        var start = Position;
        if (start == text.Length || text[start] is not ('"' or '\''))
            return null;
        var result = new StringBuilder();
        for (_at++; _at < text.Length; _at++)
        {
            if (text[_at] == text[start])
            {
                _at++;
                return result.ToString();
            }
            if (text[_at] == '\\' && _at + 1 < text.Length && (text[_at + 1] == text[start] || text[_at + 1] == '\\'))
                _at++;
            result.Append(text[_at]);
        }
        throw Error("the quotation is not closed", start);
    }

    /// <summary>Takes a number if one stands here.</summary>
    public double? TryNumber()
    {
        var start = Position;
        while (_at < text.Length && (char.IsAsciiDigit(text[_at]) || (text[_at] == '.' && _at > start)))
            _at++;
        if (_at == start)
            return null;
        return double.TryParse(text.AsSpan(start, _at - start), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw Error("this is no number", start);
    }

    /// <summary>Takes a whole number that must stand here.</summary>
    public int Whole(int most)
    {
        var start = Position;
        return TryNumber() is { } n && n >= 1 && n <= most && n == Math.Floor(n) ? (int)n : throw Error($"expected a whole number from 1 to {most}", start);
    }

    /// <summary>Takes a span of time such as <c>5m</c> that must stand here.</summary>
    /// <returns>Milliseconds.</returns>
    public long Period()
    {
        var start = Position;
        var number = TryNumber() ?? throw Unexpected();
        var unit = (TryName() ?? "").ToLowerInvariant() switch
        {
            "ms" or "msec" => 1L,
            "s" or "sec" or "second" or "seconds" => 1_000L,
            "m" or "min" or "minute" or "minutes" => 60_000L,
            "h" or "hr" or "hour" or "hours" => 3_600_000L,
            "d" or "day" or "days" => 86_400_000L,
            "w" or "week" or "weeks" => 7 * 86_400_000L,
            _ => throw Error("a period is a number and one of ms, s, m, h, d, w", start),
        };
        return number >= 1 ? (long)(number * unit) : throw Error("a period is at least 1", start);
    }

    /// <summary>Takes a <c>/regular expression/</c> if one stands here.</summary>
    public Regex? TryRegex()
    {
        var start = Position;
        if (start == text.Length || text[start] != '/')
            return null;
        var end = start + 1;
        while (end < text.Length && text[end] != '/')
            end += text[end] == '\\' ? 2 : 1;
        if (end >= text.Length)
            throw Error("the regular expression is not closed", start);
        _at = end + 1;
        try
        {
            return new Regex(text[(start + 1)..end].Replace("\\/", "/", StringComparison.Ordinal), RegexOptions.CultureInvariant, MatchTime);
        }
        catch (ArgumentException e)
        {
            throw Error($"the regular expression is not valid: {e.Message}", start);
        }
    }

    private static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c is '@' or '_' or '.' or ':';

    private void Skip()
    {
        while (_at < text.Length && (char.IsWhiteSpace(text[_at]) || text[_at] == '#'))
            _at = text[_at] == '#' && text.IndexOf('\n', _at) is var end ? end < 0 ? text.Length : end : _at + 1;
    }
}
