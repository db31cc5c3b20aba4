using System.Text;

namespace FlinkDashboard.Ui.Logs;

/// <summary>A run of characters of one look.</summary>
/// <param name="Text">Without escape sequences.</param>
/// <param name="Look">Class names for the style sheet, "ansi-1 ansi-bold"; null: plain.</param>
public sealed record AnsiRun(string Text, string? Look);

/// <summary>
/// Colours of terminals in a line (ECMA-48, "Select Graphic Rendition"): read into names that the themes colour, or taken out. Every other escape sequence and
/// control character is taken out; a tab counts as four blanks.
/// </summary>
public static class AnsiText
{
    private const char Escape = '\u001b';

    /// <summary>The line in runs of one look each; at least one run.</summary>
    public static IReadOnlyList<AnsiRun> Runs(string line)
    {
        if (IsPlain(line))
            return [new(line, null)];
        var runs = new List<AnsiRun>();
        var text = new StringBuilder(line.Length);
        var pen = new AnsiPen();
        for (var i = 0; i < line.Length;)
        {
            if (line[i] == Escape)
            {
                var (end, codes) = Sequence(line, i);
                if (codes is not null)
                {
                    Close(runs, text, pen);
                    pen.Take(codes);
                }
                i = end;
            }
            else
            {
                Add(text, line[i++]);
            }
        }
        Close(runs, text, pen);
        return runs.Count == 0 ? [new("", null)] : runs;
    }

    /// <summary>The line as it is read: no escape sequence, no control character.</summary>
    public static string Strip(string line) => IsPlain(line) ? line : string.Concat(Runs(line).Select(run => run.Text));

    private static bool IsPlain(string line) => !line.AsSpan().ContainsAnyInRange('\0', '\u001f') && !line.Contains('\u007f', StringComparison.Ordinal);

    private static void Add(StringBuilder text, char c)
    {
        if (c == '\t')
            text.Append("    ");
        else if (c is >= ' ' and not '\u007f')
            text.Append(c);
    }

    private static void Close(List<AnsiRun> runs, StringBuilder text, AnsiPen pen)
    {
        if (text.Length == 0)
            return;
        runs.Add(new(text.ToString(), pen.Look));
        text.Clear();
    }

    // Where the sequence that begins at a place ends; its codes when it sets a look.
    private static (int End, string? Codes) Sequence(string line, int start)
    {
        var i = start + 1;
        if (i >= line.Length)
            return (i, null);
        if (line[i] == '[')
        {
            var from = ++i;
            while (i < line.Length && line[i] is >= ' ' and < '@')
                i++;
            return i < line.Length ? (i + 1, line[i] == 'm' ? line[from..i] : null) : (i, null);
        }
        if (line[i] == ']') // a title or a link: to BEL or ST
        {
            while (i < line.Length && line[i] != '\a' && line[i] != Escape)
                i++;
            return (i < line.Length && line[i] == Escape ? Math.Min(i + 2, line.Length) : Math.Min(i + 1, line.Length), null);
        }
        return (i + 1, null);
    }
}
