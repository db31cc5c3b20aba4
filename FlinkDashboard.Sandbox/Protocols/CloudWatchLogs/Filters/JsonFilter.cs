using System.Text.Json;

namespace FlinkDashboard.Sandbox.Protocols.CloudWatchLogs.Filters;

/// <summary>
/// Patterns for lines that are JSON objects: <c>$.level = "ERROR" &amp;&amp; $.n &gt; 3</c>, <c>IS NULL</c>, <c>IS TRUE</c>, <c>IS FALSE</c>,
/// <c>NOT EXISTS</c>. Comparisons hold for texts and numbers only, also those with <c>!=</c>.
/// </summary>
internal static class JsonFilter
{
    private const int MaxWildcards = 3;

    /// <summary>Reads it to its end.</summary>
    public static Func<string, bool> Read(FilterReader reader)
    {
        var wildcards = 0;
        var conditions = reader.Conditions(() =>
        {
            var selector = JsonSelector.Read(reader);
            return selector.HasWildcard && ++wildcards > MaxWildcards ? throw FilterPattern.Invalid() : Condition(reader, selector);
        });
        reader.End();
        return line => Matches(conditions, line);
    }

    private static Func<JsonElement, bool> Condition(FilterReader reader, JsonSelector selector)
    {
        if (FilterValue.TryCondition(reader) is { } condition)
            return root => selector.Find(root).Any(found => Holds(condition, found));
        if (reader.TryWord("NOT"))
            return reader.TryWord("EXISTS") ? root => !selector.Find(root).Any() : throw FilterPattern.Invalid();
        if (!reader.TryWord("IS"))
            throw reader.Unexpected();
        var kind = reader.TryWord("NULL") ? JsonValueKind.Null : reader.TryWord("TRUE") ? JsonValueKind.True : reader.TryWord("FALSE") ? JsonValueKind.False : throw FilterPattern.Invalid();
        return root => selector.Find(root).Any(found => found.ValueKind == kind);
    }

    private static bool Holds(Func<string, double?, bool> condition, JsonElement found) => found.ValueKind switch
    {
        JsonValueKind.String => condition(found.GetString()!, null),
        JsonValueKind.Number => condition(found.GetRawText(), found.GetDouble()),
        _ => false,
    };

    private static bool Matches(Func<JsonElement, bool> conditions, string line)
    {
        if (!line.AsSpan().TrimStart().StartsWith("{", StringComparison.Ordinal))
            return false;
        try
        {
            using var document = JsonDocument.Parse(line);
            return conditions(document.RootElement);
        }
        catch (JsonException)
        {
            return false; // a line that only looks like JSON
        }
    }
}

/// <summary>Where a value is in an object: <c>$.a.b[0]</c>, <c>$.['a.b']</c>; one step may stand for every field or element: <c>$.a[*]</c>, <c>$.*</c>.</summary>
internal sealed class JsonSelector
{
    private readonly List<Func<JsonElement, IEnumerable<JsonElement>>> _steps = [];

    private JsonSelector()
    {
    }

    /// <summary>One of its steps stands for every field or element.</summary>
    public bool HasWildcard { get; private set; }

    /// <summary>Takes one that must stand here.</summary>
    public static JsonSelector Read(FilterReader reader)
    {
        var (start, selector) = (reader.Position, new JsonSelector());
        if (!reader.TrySymbol("$"))
            throw reader.Unexpected();
        while (selector.TryStep(reader, start))
        {
        }
        return selector._steps.Count > 0 ? selector : throw reader.BadTerm(start);
    }

    /// <summary>The values there: none, one, or with a wildcard any number.</summary>
    public IEnumerable<JsonElement> Find(JsonElement root) => _steps.Aggregate((IEnumerable<JsonElement>)[root], (found, step) => found.SelectMany(step));

    private bool TryStep(FilterReader reader, int start)
    {
        var isDotted = reader.TryRightSymbol(".");
        if (reader.TryRightSymbol("["))
            _steps.Add(Bracketed(reader, start));
        else if (isDotted && reader.TryRightSymbol("*"))
            _steps.Add(Every());
        else if (isDotted)
            _steps.Add(Field(reader.Characters(c => FilterReader.IsWordPart(c) || c == '-') is { Length: > 0 } name ? name : throw reader.BadTerm(start)));
        else
            return false;
        return true;
    }

    private Func<JsonElement, IEnumerable<JsonElement>> Bracketed(FilterReader reader, int start)
    {
        if (reader.TryRightSymbol("'"))
        {
            var name = reader.Characters(c => c != '\'');
            return name.Length > 0 && reader.TryRightSymbol("'") && reader.TryRightSymbol("]") ? Field(name) : throw reader.BadTerm(start);
        }
        if (reader.TryRightSymbol("*"))
            return reader.TryRightSymbol("]") ? Every() : throw reader.BadTerm(start);
        return int.TryParse(reader.Characters(char.IsAsciiDigit), out var index) && reader.TryRightSymbol("]")
            ? e => e.ValueKind == JsonValueKind.Array && index < e.GetArrayLength() ? [e[index]] : []
            : throw reader.BadTerm(start);
    }

    private Func<JsonElement, IEnumerable<JsonElement>> Every()
    {
        if (HasWildcard)
            throw FilterPattern.Invalid();
        HasWildcard = true;
        return e => e.ValueKind switch
        {
            JsonValueKind.Array => e.EnumerateArray(),
            JsonValueKind.Object => e.EnumerateObject().Select(p => p.Value),
            _ => [],
        };
    }

    private static Func<JsonElement, IEnumerable<JsonElement>> Field(string name) => e => e.ValueKind == JsonValueKind.Object && e.TryGetProperty(name, out var value) ? [value] : [];
}
