using System.Text;
using System.Text.Json;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Tables;

/// <summary>
/// The part of kubectl's JSONPath that printer columns use: <c>.a.b</c>, <c>.a\.b</c>, <c>['a.b']</c>, <c>[0]</c>, <c>[*]</c> and
/// <c>[?(@.type=="Ready")]</c>.
/// </summary>
internal sealed class JsonPath
{
    private readonly List<Func<JsonElement, IEnumerable<JsonElement>>> _steps = [];

    /// <summary>Parses a path.</summary>
    /// <exception cref="FormatException">Something else than the above.</exception>
    public static JsonPath Parse(string text)
    {
        var path = new JsonPath();
        var at = 0;
        while (at < text.Length)
        {
            if (text[at] == '[')
            {
                var end = text.IndexOf(']', at);
                if (end < 0)
                    throw new FormatException($"unclosed bracket in {text}");
                path._steps.Add(Bracket(text[(at + 1)..end]));
                at = end + 1;
                continue;
            }
            if (text[at] == '.')
                at++;
            var name = new StringBuilder();
            for (; at < text.Length && text[at] is not ('.' or '['); at++)
            {
                if (text[at] == '\\' && at + 1 < text.Length)
                    at++;
                name.Append(text[at]);
            }
            if (name.Length > 0)
                path._steps.Add(Property(name.ToString()));
        }
        return path;
    }

    /// <summary>Everything the path leads to, in order.</summary>
    public IEnumerable<JsonElement> Find(JsonElement root) =>
        _steps.Aggregate<Func<JsonElement, IEnumerable<JsonElement>>, IEnumerable<JsonElement>>([root], (found, step) => found.SelectMany(step));

    private static Func<JsonElement, IEnumerable<JsonElement>> Property(string name) =>
        e => Cells.At(e, name) is { ValueKind: not JsonValueKind.Undefined } value ? [value] : [];

    private static Func<JsonElement, IEnumerable<JsonElement>> Bracket(string inside)
    {
        if (inside == "*")
            return e => Cells.Items(e);
        if (int.TryParse(inside, out var index))
            return e => Cells.Items(e).Skip(index).Take(1);
        if (inside.StartsWith("?(@.", StringComparison.Ordinal) && inside.EndsWith(')') && inside.Split("==") is [var left, var right])
        {
            var field = Parse(left.Trim()["?(@".Length..]);
            var wanted = right.Trim()[..^1].Trim().Trim('"', '\'');
            return e => Cells.Items(e).Where(item => field.Find(item).Any(v => Cells.Show(v) == wanted));
        }
        return inside.Length > 1 && inside[0] is '\'' or '"' ? Property(inside[1..^1]) : throw new FormatException($"unsupported [{inside}]");
    }
}
