using System.Text;

namespace FlinkDashboard.Sandbox.World.Flink;

/// <summary>A list as one configuration value: items joined by semicolons, those that hold one or a quote in single quotes (StructuredOptionsSplitter).</summary>
public static class SettingList
{
    private static readonly char[] Special = [';', '\'', '"'];

    /// <summary>Writes.</summary>
    public static string Write(IEnumerable<string> items) =>
        string.Join(';', items.Select(i => i.IndexOfAny(Special) < 0 ? i : "'" + i.Replace("'", "''", StringComparison.Ordinal) + "'"));

    /// <summary>Reads; null is no item.</summary>
    public static IReadOnlyList<string> Read(string? text)
    {
        if (text is null)
            return [];
        var items = new List<string>();
        var item = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\'' && quoted && i + 1 < text.Length && text[i + 1] == '\'')
                item.Append(text[i++]);
            else if (text[i] == '\'' && (quoted || item.Length == 0))
                quoted = !quoted;
            else if (text[i] == ';' && !quoted)
            {
                items.Add(item.ToString());
                item.Clear();
            }
            else
                item.Append(text[i]);
        }
        items.Add(item.ToString());
        return items;
    }
}
