using System.Text;
using System.Text.RegularExpressions;

namespace FlinkDashboard.Features.Deploy;

/// <summary>
/// Fills the text of a starting point. <c>{word}</c> is replaced; lines between <c>#if word</c> (with <c>#else</c>) and <c>#end</c> stay when the word has a
/// value; lines between <c>#each word</c> and <c>#end</c> are repeated for each set of values in a list.
/// </summary>
public static partial class TemplateText
{
    /// <summary>The filled text.</summary>
    /// <param name="values">What words mean; empty text is no value.</param>
    /// <param name="lists">Sets of values for <c>#each</c>.</param>
    /// <exception cref="InvalidOperationException">A word has no value: a text with a hole is never handed out.</exception>
    public static string Fill(string template, IReadOnlyDictionary<string, string> values, IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyDictionary<string, string>>> lists)
    {
        var text = new StringBuilder();
        Write(text, template.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'), values, lists);
        return text.ToString();
    }

    private static void Write(StringBuilder text, ReadOnlySpan<string> lines, IReadOnlyDictionary<string, string> values, IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyDictionary<string, string>>> lists)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            if (!line.StartsWith("#if ", StringComparison.Ordinal) && !line.StartsWith("#each ", StringComparison.Ordinal))
            {
                text.Append(Line(line, values)).Append('\n');
                continue;
            }
            var (middle, end) = Block(lines, i);
            var word = line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..].Trim();
            if (line[1] == 'e')
            {
                foreach (var set in lists.GetValueOrDefault(word) ?? [])
                    Write(text, lines[(i + 1)..end], values.Concat(set).GroupBy(pair => pair.Key).ToDictionary(pairs => pairs.Key, pairs => pairs.Last().Value), lists);
            }
            else if (Has(word, values))
            {
                Write(text, lines[(i + 1)..middle], values, lists);
            }
            else if (middle < end)
            {
                Write(text, lines[(middle + 1)..end], values, lists);
            }
            i = end;
        }
    }

    private static bool Has(string word, IReadOnlyDictionary<string, string> values) => values.GetValueOrDefault(word) is { Length: > 0 };

    // Where the #else (else the #end) and the #end of the block that begins on a line stand.
    private static (int Middle, int End) Block(ReadOnlySpan<string> lines, int start)
    {
        var (depth, middle) = (0, -1);
        for (var i = start + 1; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("#if ", StringComparison.Ordinal) || lines[i].StartsWith("#each ", StringComparison.Ordinal))
                depth++;
            else if (lines[i].TrimEnd() == "#else" && depth == 0)
                middle = i;
            else if (lines[i].TrimEnd() == "#end" && depth-- == 0)
                return (middle < 0 ? i : middle, i);
        }
        throw new InvalidOperationException($"The block \"{lines[start]}\" has no #end.");
    }

    private static string Line(string line, IReadOnlyDictionary<string, string> values) => Word().Replace(line, match => values.GetValueOrDefault(match.Groups[1].Value) is { Length: > 0 } value
        ? value
        : throw new InvalidOperationException($"{match.Value} has no value in \"{line.Trim()}\"."));

    [GeneratedRegex(@"\{([a-zA-Z]+)\}")]
    private static partial Regex Word();
}
