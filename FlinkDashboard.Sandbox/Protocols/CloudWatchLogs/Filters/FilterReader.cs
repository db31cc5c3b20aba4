using System.Text;
using System.Text.RegularExpressions;
using FlinkDashboard.Sandbox.Protocols.Aws;

namespace FlinkDashboard.Sandbox.Protocols.CloudWatchLogs.Filters;

/// <summary>Reads a pattern from left to right.</summary>
/// <param name="text">The pattern, without the brackets around it.</param>
internal sealed class FilterReader(string text)
{
    private const int MaxExpressions = 2;

    // Besides letters and digits; no space and no parentheses, not even after a backslash.
    private const string ExpressionCharacters = ":_#=@/;,-^$?[]{}|\\*+.";
    private const string ExpressionClasses = "dDsSwWx";
    private int _at;
    private int _expressions;

    /// <summary>Where it stands, after spaces.</summary>
    public int Position
    {
        get
        {
            while (_at < text.Length && char.IsWhiteSpace(text[_at]))
                _at++;
            return _at;
        }
    }

    /// <summary>Nothing is left.</summary>
    public bool IsAtEnd => Position == text.Length;

    /// <summary>What was taken is not glued to something else.</summary>
    public bool IsRightAtSpaceOrEnd => _at == text.Length || char.IsWhiteSpace(text[_at]);

    /// <summary>Takes a symbol that stands right here, with no space before it.</summary>
    public bool TryRightSymbol(string symbol) => (_at == text.Length || !char.IsWhiteSpace(text[_at])) && TrySymbol(symbol);

    /// <summary>Takes a symbol if it stands here.</summary>
    public bool TrySymbol(string symbol)
    {
        if (string.CompareOrdinal(text, Position, symbol, 0, symbol.Length) != 0)
            return false;
        _at += symbol.Length;
        return true;
    }

    /// <summary>Takes characters of a kind that stand right here.</summary>
    public string Characters(Func<char, bool> kind)
    {
        var start = _at;
        while (_at < text.Length && kind(text[_at]))
            _at++;
        return text[start.._at];
    }

    /// <summary>Takes a word of the language if it stands here.</summary>
    public bool TryWord(string word)
    {
        var end = Position + word.Length;
        return (end >= text.Length || !IsWordPart(text[end])) && TrySymbol(word);
    }

    /// <summary>Takes a phrase in quotes if one stands here; a backslash makes the next character an ordinary one.</summary>
    public string? TryPhrase()
    {
        if (!TrySymbol("\""))
            return null;
        var phrase = new StringBuilder();
        for (; _at < text.Length && text[_at] != '"'; _at++)
        {
            if (text[_at] == '\\' && _at + 1 < text.Length)
                _at++;
            phrase.Append(text[_at]);
        }
        return _at++ < text.Length ? phrase.ToString() : throw FilterPattern.Invalid();
    }

    /// <summary>Takes a <c>%regular expression%</c> if one stands here.</summary>
    public Regex? TryExpression()
    {
        if (!TrySymbol("%"))
            return null;
        var end = text.IndexOf('%', _at);
        if (end < 0 || end == _at || ++_expressions > MaxExpressions)
            throw FilterPattern.Invalid();
        var expression = text[_at..end];
        var isEscaped = false;
        foreach (var c in expression)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !ExpressionCharacters.Contains(c, StringComparison.Ordinal))
                throw BadCharacter(c);
            if (isEscaped && char.IsAsciiLetterOrDigit(c) && !ExpressionClasses.Contains(c, StringComparison.Ordinal))
                throw FilterPattern.Invalid();
            isEscaped = c == '\\' && !isEscaped;
        }
        _at = end + 1;
        try
        {
            return new Regex(expression, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw FilterPattern.Invalid();
        }
    }

    /// <summary>Takes what a field is compared with: a phrase, an expression, or a word of letters, digits and <c>_ - . + *</c>.</summary>
    public FilterValue Value()
    {
        if (TryPhrase() is { } phrase)
            return FilterValue.Of(phrase, isQuoted: true);
        if (TryExpression() is { } expression)
            return FilterValue.Of(expression);
        _ = Position;
        var word = Characters(c => IsWordPart(c) || c is '-' or '.' or '+' or '*');
        return word.Length > 0 ? FilterValue.Of(word, isQuoted: false) : throw Unexpected();
    }

    /// <summary>Takes conditions: <c>&amp;&amp;</c> binds before <c>||</c>.</summary>
    /// <param name="one">Takes a single one.</param>
    public Func<T, bool> Conditions<T>(Func<Func<T, bool>> one)
    {
        var any = All(one);
        while (TrySymbol("||"))
        {
            var (left, right) = (any, All(one));
            any = x => left(x) || right(x);
        }
        return any;
    }

    /// <summary>Nothing may be left.</summary>
    public void End()
    {
        if (!IsAtEnd)
            throw Unexpected();
    }

    /// <summary>Something else was expected here.</summary>
    public AwsFailure Unexpected() => IsAtEnd ? FilterPattern.Invalid() : BadCharacter(text[_at]);

    /// <summary>What stands here cannot go on like this.</summary>
    /// <param name="start">Where it begins.</param>
    public AwsFailure BadTerm(int start) => _at < text.Length ? LogsCall.Invalid($"Invalid character(s) in term '{text[start..(_at + 1)]}'") : FilterPattern.Invalid();

    /// <summary>A letter, a digit or <c>_</c>.</summary>
    public static bool IsWordPart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private Func<T, bool> All<T>(Func<Func<T, bool>> one)
    {
        var all = Single(one);
        while (TrySymbol("&&"))
        {
            var (left, right) = (all, Single(one));
            all = x => left(x) && right(x);
        }
        return all;
    }

    private Func<T, bool> Single<T>(Func<Func<T, bool>> one)
    {
        if (!TrySymbol("("))
            return one();
        var inner = Conditions(one);
        return TrySymbol(")") ? inner : throw Unexpected();
    }

    private static AwsFailure BadCharacter(char c) => LogsCall.Invalid($"Invalid character(s) in term '{c}'");
}
