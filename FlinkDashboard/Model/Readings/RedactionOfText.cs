using System.Text;
using System.Text.RegularExpressions;

namespace FlinkDashboard.Model.Readings;

/// <summary>The same rule as <see cref="Redaction"/> for free text: log lines, stack traces, command lines.</summary>
public static partial class RedactionOfText
{
    /// <summary>What stands in place of a line that could not be searched for secrets in time.</summary>
    public const string Unsearched = $"{Redaction.Mask} (a line that took too long to search for secrets)";

    /// <summary>
    /// The text with values of hiding keys masked (<c>key=value</c>, <c>key: value</c>, <c>"key":"value"</c>, Flink's <c>property: key, value</c>), passwords
    /// in addresses, AWS key ids, bearer tokens and JSON web tokens.
    /// </summary>
    /// <exception cref="RegexMatchTimeoutException">The text is one that takes too long.</exception>
    public static string Of(string text)
    {
        if (text.AsSpan().IndexOfAny('=', ':') >= 0)
            text = OfPairs(text);
        if (text.Contains("property: ", StringComparison.Ordinal))
            text = Property().Replace(text, pair => Redaction.Hides(pair.Groups["key"].Value) ? pair.Groups["before"].Value + Redaction.Mask : pair.Value);
        if (text.Contains("://", StringComparison.Ordinal))
            text = UserInfo().Replace(text, "${before}" + Redaction.Mask + "@");
        if (text.Contains("AKIA", StringComparison.Ordinal) || text.Contains("ASIA", StringComparison.Ordinal))
            text = AwsKey().Replace(text, Redaction.Mask);
        if (text.Contains("earer ", StringComparison.Ordinal) || text.Contains("Basic ", StringComparison.Ordinal))
            text = Bearer().Replace(text, "${before}" + Redaction.Mask);
        return text.Contains("eyJ", StringComparison.Ordinal) ? WebToken().Replace(text, Redaction.Mask) : text;
    }

    /// <summary>As <see cref="Of"/> for text from anywhere: a line that takes too long to search is hidden as a whole.</summary>
    public static string OfLine(string text)
    {
        try
        {
            return Of(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return Unsearched;
        }
    }

    // What follows a key that hides nothing may itself be a pair: "IOException: token=abc".
    private static string OfPairs(string text)
    {
        StringBuilder? masked = null;
        var done = 0;
        for (var pair = Pair().Match(text); pair.Success;)
        {
            var value = pair.Groups["value"];
            if (!Redaction.Hides(pair.Groups["key"].Value) && pair.Groups["key"].Value != "secret") // a reference in specs, a value in text
            {
                pair = Pair().Match(text, value.Index);
                continue;
            }
            (masked ??= new()).Append(text, done, value.Index - done).Append(Quoted(value.ValueSpan));
            done = value.Index + value.Length;
            pair = Pair().Match(text, done);
        }
        return masked is null ? text : masked.Append(text, done, text.Length - done).ToString();
    }

    private static string Quoted(ReadOnlySpan<char> value) => value[0] is '"' or '\'' ? $"{value[0]}{Redaction.Mask}{value[0]}" : Redaction.Mask;

    // The key is atomic: nothing that may follow it could have been part of it, and long words are not tried again for each of their letters' ends.
    [GeneratedRegex("""(?<before>(?<key>[A-Za-z](?>[\w.\-]{2,80}))\\?["']?\s?[=:]\s?\\?["']??)(?<value>"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"',;&)}\]\\]+)""", RegexOptions.None, 2000)]
    private static partial Regex Pair();

    // What Flink's GlobalConfiguration says of each setting at start.
    [GeneratedRegex(@"(?<before>property: (?<key>[\w.\-]{3,120}), )(?<value>.+)$", RegexOptions.None, 2000)]
    private static partial Regex Property();

    [GeneratedRegex(@"(?<before>\w{2,12}://[^\s:/@]{1,100}:)[^\s@/]{1,200}@", RegexOptions.None, 2000)]
    private static partial Regex UserInfo();

    [GeneratedRegex(@"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b", RegexOptions.None, 2000)]
    private static partial Regex AwsKey();

    [GeneratedRegex(@"(?<before>\b(?:[Bb]earer|Basic) )[A-Za-z0-9+/=_.~\-]{8,}", RegexOptions.None, 2000)]
    private static partial Regex Bearer();

    [GeneratedRegex(@"\beyJ[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]{4,}(?:\.[A-Za-z0-9_\-]*)?", RegexOptions.None, 2000)]
    private static partial Regex WebToken();
}
