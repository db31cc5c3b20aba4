using System.Text;
using System.Text.RegularExpressions;

namespace FlinkDashboard.Sandbox.Protocols.CloudWatchLogs;

/// <summary>
/// CloudWatch's filter patterns for plain lines: terms that must all occur, <c>?</c> terms of which one must, <c>-</c> terms that must not,
/// quoted phrases and <c>%regular expressions%</c>. Patterns for JSON and for columns are refused.
/// </summary>
internal sealed class FilterPattern
{
    private const int MaxLength = 1024;
    private const int MaxExpressions = 2;
    private readonly List<Func<string, bool>> _all = [];
    private readonly List<Func<string, bool>> _any = [];
    private readonly List<Func<string, bool>> _none = [];

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="Protocols.Aws.AwsFailure">It is none.</exception>
    public static FilterPattern Parse(string text)
    {
        if (text.Length > MaxLength || text.TrimStart() is ['{' or '[', ..])
            throw Invalid();
        var pattern = new FilterPattern();
        var expressions = 0;
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }
            var terms = text[at] switch { '?' => pattern._any, '-' => pattern._none, _ => pattern._all };
            if (text[at] is '?' or '-')
                at++;
            if (at < text.Length && text[at] == '%' && ++expressions > MaxExpressions)
                throw Invalid();
            terms.Add(Term(text, ref at));
        }
        return pattern;
    }

    /// <summary>A line matches. With other terms beside them, <c>?</c> terms do not count.</summary>
    public bool Matches(string line) =>
        _all.TrueForAll(t => t(line)) && !_none.Exists(t => t(line)) && (_any.Count == 0 || _all.Count + _none.Count > 0 || _any.Exists(t => t(line)));

    private static Func<string, bool> Term(string text, ref int at)
    {
        var term = new StringBuilder();
        if (at == text.Length)
            throw Invalid();
        if (text[at] is '"' or '%')
        {
            var end = text[at++];
            for (; at < text.Length && text[at] != end; at++)
            {
                if (end == '"' && text[at] == '\\' && at + 1 < text.Length)
                    at++;
                term.Append(text[at]);
            }
            if (at++ >= text.Length)
                throw Invalid();
            return end == '"' ? Contains(term.ToString()) : Expression(term.ToString());
        }
        for (; at < text.Length && !char.IsWhiteSpace(text[at]); at++)
            term.Append(char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_' ? text[at] : throw Invalid());
        return term.Length > 0 ? Contains(term.ToString()) : throw Invalid();
    }

    private static Func<string, bool> Contains(string term) => line => line.Contains(term, StringComparison.Ordinal);

    private static Func<string, bool> Expression(string expression)
    {
        if (expression.AsSpan().IndexOfAny("()") >= 0)
            throw Invalid();
        try
        {
            var regex = new Regex(expression, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return regex.IsMatch;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw Invalid();
        }
    }

    private static Aws.AwsFailure Invalid() => LogsCall.Invalid("Invalid filter pattern");
}
