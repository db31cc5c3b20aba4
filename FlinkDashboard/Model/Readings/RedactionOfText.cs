using System.Text.RegularExpressions;

namespace FlinkDashboard.Model.Readings;

/// <summary>The same rule as <see cref="Redaction"/> for free text: log lines, stack traces, command lines.</summary>
public static partial class RedactionOfText
{
    /// <summary>The text with values of hiding keys masked (<c>key=value</c>, <c>key: value</c>, <c>"key":"value"</c>), passwords in addresses, and AWS key ids.</summary>
    public static string Of(string text)
    {
        if (text.Length == 0)
            return text;
        text = Pair().Replace(text, pair => Redaction.Hides(pair.Groups["key"].Value) ? pair.Groups["before"].Value + Redaction.Mask : pair.Value);
        text = UserInfo().Replace(text, "${before}" + Redaction.Mask + "@");
        return AwsKey().Replace(text, Redaction.Mask);
    }

    [GeneratedRegex("""(?<before>(?<key>[A-Za-z][\w.\-]{2,80})["']?\s?[=:]\s?["']?)(?<value>[^\s"',;&)}\]]+)""", RegexOptions.None, 2000)]
    private static partial Regex Pair();

    [GeneratedRegex(@"(?<before>\w{2,12}://[^\s:/@]{1,100}:)[^\s@/]{1,200}@", RegexOptions.None, 2000)]
    private static partial Regex UserInfo();

    [GeneratedRegex(@"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b", RegexOptions.None, 2000)]
    private static partial Regex AwsKey();
}
