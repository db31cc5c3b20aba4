namespace FlinkDashboard.Model.Manifests;

/// <summary>Places in a text.</summary>
internal static class ManifestText
{
    /// <summary>Line break of the text.</summary>
    public static string NewLine(string text) => text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    /// <summary>First character of the line at an index.</summary>
    public static int LineStart(string text, int at) => at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;

    /// <summary>Where the line at an index ends, before its line break.</summary>
    public static int LineEnd(string text, int at)
    {
        var end = text.IndexOf('\n', at);
        if (end < 0)
            return text.Length;
        return end > at && text[end - 1] == '\r' ? end - 1 : end;
    }

    /// <summary>First character of the next line; the length of the text after the last.</summary>
    public static int NextLine(string text, int at) => text.IndexOf('\n', at) is var end and >= 0 ? end + 1 : text.Length;

    /// <summary>Only white space stands between the start of the line and an index.</summary>
    public static bool StartsLine(string text, int at) => text.AsSpan(LineStart(text, at)..at).IsWhiteSpace();

    /// <summary>Right after the colon of a key; null for a key of a flow mapping without one.</summary>
    public static int? AfterColon(string text, ManifestEntry entry)
    {
        var at = entry.KeyEnd;
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
        return at < text.Length && text[at] == ':' ? at + 1 : null;
    }

    /// <summary>The dash of a list item.</summary>
    public static int Dash(string text, ManifestNode item)
    {
        var at = Math.Min(item.Start, text.Length) - 1;
        while (at > 0 && text[at] != '-')
            at--;
        return at;
    }
}
