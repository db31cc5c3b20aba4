using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace FlinkDashboard.Sandbox.Protocols.PrometheusApi.Query;

/// <summary>Kinds of words in PromQL.</summary>
internal enum TokenKind
{
    /// <summary>Names and keywords.</summary>
    Name,

    /// <summary>Numbers.</summary>
    Number,

    /// <summary>Durations, as <c>5m</c>.</summary>
    Duration,

    /// <summary>Quoted text, unquoted.</summary>
    Text,

    /// <summary>Operators and brackets.</summary>
    Sign,

    /// <summary>The end.</summary>
    End,
}

/// <summary>A word of PromQL.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Position, int End)
{
    /// <summary>It is this sign or, in any case, this keyword.</summary>
    public bool Is(string text) => Kind is TokenKind.Sign or TokenKind.Name && string.Equals(Text, text, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Cuts PromQL into words.</summary>
internal static partial class Lexer
{
    private static readonly string[] Signs = ["=~", "!~", "==", "!=", ">=", "<=", "(", ")", "{", "}", "[", "]", ",", ":", "=", ">", "<", "+", "-", "*", "/", "%", "^", "@"];

    /// <summary>All words, the last an end.</summary>
    /// <exception cref="QueryError">Something is no word.</exception>
    public static IReadOnlyList<Token> Tokens(string text)
    {
        var tokens = new List<Token>();
        var at = 0;
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
                at++;
            else if (text[at] == '#')
                at = text.IndexOf('\n', at) is >= 0 and var end ? end : text.Length;
            else
            {
                tokens.Add(Next(text, at));
                at = tokens[^1].End;
            }
        }
        tokens.Add(new(TokenKind.End, "", text.Length, text.Length));
        return tokens;
    }

    private static Token Next(string text, int at)
    {
        if (text[at] is '"' or '\'' or '`')
            return Quoted(text, at);
        if (Word().Match(text, at) is { Success: true } word)
            return new(TokenKind.Name, word.Value, at, at + word.Length);
        if (Digits().Match(text, at) is { Success: true } digits)
            return Numeric(text, at, digits.Value);
        return Signs.FirstOrDefault(s => string.CompareOrdinal(text, at, s, 0, s.Length) == 0) is { } sign
            ? new(TokenKind.Sign, sign, at, at + sign.Length)
            : throw QueryError.Parse(text, at, $"unexpected character: '{text[at]}'");
    }

    private static Token Numeric(string text, int at, string word)
    {
        var end = at + word.Length;
        if (Durations.TryParse(word, out _))
            return new(TokenKind.Duration, word, at, end);
        return TryNumber(word, out _) ? new(TokenKind.Number, word, at, end) : throw QueryError.Parse(text, at, $"bad number or duration syntax: \"{word}\"");
    }

    /// <summary>Reads a number as PromQL writes it.</summary>
    public static bool TryNumber(string word, out double value)
    {
        value = 0;
        if (word.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && long.TryParse(word.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hex))
            value = hex;
        else if (string.Equals(word, "inf", StringComparison.OrdinalIgnoreCase))
            value = double.PositiveInfinity;
        else if (string.Equals(word, "nan", StringComparison.OrdinalIgnoreCase))
            value = double.NaN;
        else
            return char.IsAsciiDigit(word[0]) | word[0] == '.' && double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        return true;
    }

    private static Token Quoted(string text, int at)
    {
        var quote = text[at];
        var value = new StringBuilder();
        for (var i = at + 1; i < text.Length; i++)
        {
            if (text[i] == quote)
                return new(TokenKind.Text, value.ToString(), at, i + 1);
            if (text[i] == '\\' && quote != '`' && i + 1 < text.Length)
                value.Append(Escape(text, ref i));
            else
                value.Append(text[i]);
        }
        throw QueryError.Parse(text, at, "unterminated quoted string");
    }

    private static char Escape(string text, ref int at) => text[++at] switch
    {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        '\\' => '\\',
        '"' => '"',
        '\'' => '\'',
        var other => throw QueryError.Parse(text, at - 1, $"unknown escape sequence U+{(int)other:X4} '{other}'"),
    };

    // A colon alone separates the parts of a subquery.
    [GeneratedRegex(@"\G(?:[a-zA-Z_][a-zA-Z0-9_:]*|:[a-zA-Z_:][a-zA-Z0-9_:]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"\G(?:0[xX][0-9a-fA-F]+|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[a-zA-Z0-9]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}
