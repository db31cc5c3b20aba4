namespace FlinkDashboard.Sandbox.Protocols.CloudWatchLogs.Filters;

/// <summary>
/// Patterns for lines of fields between spaces: <c>ip, user, ..., status = 4*, bytes &gt; 1000</c>. What stands in brackets or quotes in a line
/// is one field. An ellipsis stands for any number of fields, and so does a last column without a condition.
/// </summary>
internal static class ColumnFilter
{
    private const string Ellipsis = "...";

    /// <summary>Reads it to its end.</summary>
    public static Func<string, bool> Read(FilterReader reader)
    {
        List<Func<string, bool>?> before = [], after = [];
        var isOpen = false;
        do
        {
            if (!reader.TrySymbol(Ellipsis))
                (isOpen ? after : before).Add(Column(reader));
            else if (isOpen)
                throw FilterPattern.Invalid();
            else
                isOpen = true;
        }
        while (reader.TrySymbol(","));
        reader.End();
        isOpen |= before is [.., null];
        return line => Fields(line) is var fields && (isOpen ? fields.Count >= before.Count + after.Count : fields.Count == before.Count)
            && Hold(before, fields) && Hold(after, fields[^after.Count..]);
    }

    // A column has a name, or none; what has no condition is null.
    private static Func<string, bool>? Column(FilterReader reader)
    {
        var (conditions, blanks) = (0, 0);
        var all = reader.Conditions<string>(() =>
        {
            _ = reader.Position;
            reader.Characters(c => FilterReader.IsWordPart(c) || c == '-');
            if (FilterValue.TryCondition(reader) is not { } condition)
            {
                blanks++;
                return _ => true;
            }
            conditions++;
            return field => condition(field, FilterValue.NumberOf(field));
        });
        return blanks == 0 ? all : blanks == 1 && conditions == 0 ? null : throw FilterPattern.Invalid();
    }

    private static bool Hold(List<Func<string, bool>?> columns, List<string> fields)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i]?.Invoke(fields[i]) == false)
                return false;
        }
        return true;
    }

    private static List<string> Fields(string line)
    {
        var fields = new List<string>();
        for (var at = 0; at < line.Length;)
        {
            if (char.IsWhiteSpace(line[at]))
            {
                at++;
                continue;
            }
            var close = line[at] switch { '[' => ']', '"' => '"', _ => '\0' };
            var end = close == '\0' ? -1 : line.IndexOf(close, at + 1);
            if (end > at)
            {
                fields.Add(line[(at + 1)..end]);
                at = end + 1;
                continue;
            }
            end = at;
            while (end < line.Length && !char.IsWhiteSpace(line[end]))
                end++;
            fields.Add(line[at..end]);
            at = end;
        }
        return fields;
    }
}
