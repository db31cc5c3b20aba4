using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>
/// A label selector in its text form: <c>a=b, a==b, a!=b, a in (b,c), a notin (b,c), a, !a, a&gt;1, a&lt;1</c>, joined by commas
/// (apimachinery labels.Parse). 400 when it does not parse.
/// </summary>
internal sealed class LabelSelector
{
    private readonly List<Func<IReadOnlyDictionary<string, string>, bool>> _terms = [];

    private LabelSelector(string text)
    {
        foreach (var part in Split(text))
            _terms.Add(Term(part.Trim(), text));
    }

    /// <summary>Selects everything.</summary>
    public bool IsEmpty => _terms.Count == 0;

    /// <summary>Parses; an empty text selects everything.</summary>
    public static LabelSelector Parse(string text) => new(text);

    /// <summary>True if the labels satisfy every term.</summary>
    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        foreach (var term in _terms)
        {
            if (!term(labels))
                return false;
        }
        return true;
    }

    private static IEnumerable<string> Split(string text)
    {
        if (text.Trim().Length == 0)
            yield break;
        int start = 0, depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (text[i] != ',' || depth > 0)
                continue;
            yield return text[start..i];
            start = i + 1;
        }
        yield return text[start..];
    }

    private static Func<IReadOnlyDictionary<string, string>, bool> Term(string part, string whole)
    {
        if (part.StartsWith('!'))
        {
            var absent = Key(part[1..], whole);
            return l => !l.ContainsKey(absent);
        }
        if (part.EndsWith(')') && part.IndexOf('(') is var open and > 0)
            return SetTerm(part[..open].Split(' ', StringSplitOptions.RemoveEmptyEntries), part[(open + 1)..^1], whole);
        foreach (var sign in (string[])["!=", "==", "=", ">", "<"])
        {
            var at = part.IndexOf(sign, StringComparison.Ordinal);
            if (at < 0)
                continue;
            var key = Key(part[..at], whole);
            var value = part[(at + sign.Length)..].Trim();
            if (value.Any(c => !IsWord(c)))
                throw Unparsable(whole, $"found '{value}', expected: identifier");
            return Compare(key, sign, value, whole);
        }
        var present = Key(part, whole);
        return l => l.ContainsKey(present);
    }

    private static Func<IReadOnlyDictionary<string, string>, bool> SetTerm(string[] head, string inside, string whole)
    {
        if (head.Length != 2 || head[1] is not ("in" or "notin"))
            throw Unparsable(whole, "found '(', expected: in, notin");
        var key = Key(head[0], whole);
        var values = inside.Split(',').Select(v => v.Trim()).ToHashSet();
        return head[1] == "in"
            ? l => l.TryGetValue(key, out var v) && values.Contains(v)
            : l => !l.TryGetValue(key, out var v) || !values.Contains(v);
    }

    private static Func<IReadOnlyDictionary<string, string>, bool> Compare(string key, string sign, string value, string whole)
    {
        if (sign is "=" or "==")
            return l => l.TryGetValue(key, out var v) && v == value;
        if (sign == "!=")
            return l => !l.TryGetValue(key, out var v) || v != value;
        if (!long.TryParse(value, out var bound))
            throw Unparsable(whole, "for 'Gt', 'Lt' operators, the value must be an integer");
        return l => l.TryGetValue(key, out var v) && long.TryParse(v, out var n) && (sign == ">" ? n > bound : n < bound);
    }

    private static string Key(string text, string whole)
    {
        var key = text.Trim();
        return key.Length > 0 && key.All(c => IsWord(c) || c == '/')
            ? key
            : throw Unparsable(whole, $"found '{key}', expected: !, identifier, or 'end of string'");
    }

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.';

    private static ApiError Unparsable(string whole, string why) =>
        new(400, "BadRequest", $"unable to parse requirement: {why} in \"{whole}\"");
}
