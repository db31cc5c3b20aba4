using System.Text.RegularExpressions;
using YamlDotNet.Core;

namespace FlinkDashboard.Model.Manifests;

/// <summary>What a YAML reader complains about, in words that help.</summary>
internal static partial class SyntaxProblem
{
    /// <summary>The problem with its place.</summary>
    public static FieldProblem Of(string text, YamlException e)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (LeadingTab().IsMatch(lines[i]) && i + 1 <= e.End.Line + 1)
                return ManifestReader.Problem("yaml.tab", "The line is indented with a tab; YAML takes spaces only.", i + 1, lines[i].IndexOf('\t', StringComparison.Ordinal) + 1);
        }
        var message = Place().Replace(e.InnerException?.Message ?? e.Message, "").Trim();
        return ManifestReader.Problem("yaml.syntax", $"This is not YAML: {(message.Length == 0 ? "the text cannot be read here" : message.TrimEnd('.'))}.", Math.Max(1, e.Start.Line), Math.Max(1, e.Start.Column));
    }

    [GeneratedRegex(@"^ *\t")]
    private static partial Regex LeadingTab();

    [GeneratedRegex(@"^\(Line: \d+, Col: \d+, Idx: \d+\) - \(Line: \d+, Col: \d+, Idx: \d+\): ?")]
    private static partial Regex Place();
}
