namespace FlinkDashboard.Ui.Objects;

/// <summary>A line of YAML in parts to tint. Only a look at the line itself: block text is tinted like any other.</summary>
/// <param name="Indent">Blanks and list dashes before the key.</param>
/// <param name="Kind">CSS class of the value: string, number or quiet.</param>
public sealed record YamlLine(string Indent, string Key, string Colon, string Value, string Kind)
{
    public static IReadOnlyList<YamlLine> Of(string text) => [.. text.TrimEnd('\n').Split('\n').Select(Line)];

    private static YamlLine Line(string line)
    {
        var start = 0;
        while (start < line.Length && (line[start] == ' ' || (line[start] == '-' && start + 1 < line.Length && line[start + 1] == ' ')))
            start++;
        var colon = line.IndexOf(':', start);
        var isKey = colon > start && (colon == line.Length - 1 || line[colon + 1] == ' ') && !line[start..colon].Contains(' ');
        if (!isKey)
            return new YamlLine(line[..start], "", "", line[start..], KindOf(line[start..]));
        var value = line[(colon + 1)..];
        return new YamlLine(line[..start], line[start..colon], ":", value, KindOf(value.Trim()));
    }

    private static string KindOf(string value) => value switch
    {
        "" or "{}" or "[]" or "|" or "|-" or "null" => "quiet",
        "true" or "false" => "number",
        _ when double.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out _) => "number",
        _ => "string",
    };
}
