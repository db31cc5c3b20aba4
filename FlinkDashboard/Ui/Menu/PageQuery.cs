using Microsoft.AspNetCore.Components;

namespace FlinkDashboard.Ui.Menu;

/// <summary>The query string of a page as values: what is filtered, sorted, grouped, opened. Immutable; keys keep their order so that an address stays the same address.</summary>
public sealed class PageQuery
{
    private readonly IReadOnlyList<KeyValuePair<string, string>> _pairs;

    private PageQuery(IReadOnlyList<KeyValuePair<string, string>> pairs) => _pairs = pairs;

    public static PageQuery Empty { get; } = new([]);

    /// <summary>The value of a key; null when it is not there.</summary>
    public string? this[string key] => _pairs.FirstOrDefault(pair => pair.Key == key).Value;

    /// <summary>A comma-separated value as a list; empty when the key is not there.</summary>
    public IReadOnlyList<string> Many(string key) => this[key]?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>Reads an absolute or relative address; keys without a value are dropped.</summary>
    public static PageQuery Of(string address)
    {
        var start = address.IndexOf('?');
        if (start < 0)
            return Empty;
        var end = address.IndexOf('#', start);
        var text = end < 0 ? address[(start + 1)..] : address[(start + 1)..end];
        return new PageQuery(
        [
            .. from part in text.Split('&', StringSplitOptions.RemoveEmptyEntries)
               let at = part.IndexOf('=')
               where at > 0 && at < part.Length - 1
               select KeyValuePair.Create(Decode(part[..at]), Decode(part[(at + 1)..])),
        ]);
    }

    /// <summary>The same query with one key set, or removed by null or empty.</summary>
    public PageQuery With(string key, string? value) => string.IsNullOrEmpty(value)
        ? new PageQuery([.. _pairs.Where(pair => pair.Key != key)])
        : this[key] is null
            ? new PageQuery([.. _pairs, KeyValuePair.Create(key, value)])
            : new PageQuery([.. _pairs.Select(pair => pair.Key == key ? KeyValuePair.Create(key, value) : pair)]);

    /// <summary>Adds a word to a comma-separated value, or removes it when it is there.</summary>
    public PageQuery Toggle(string key, string word)
    {
        var words = Many(key);
        return With(key, string.Join(',', words.Contains(word) ? words.Where(other => other != word) : words.Append(word)));
    }

    /// <summary>Only the named keys, for links to other pages that keep the scope.</summary>
    public PageQuery Only(params string[] keys) => new([.. _pairs.Where(pair => keys.Contains(pair.Key))]);

    /// <summary>The query behind a path: "/nodes?sort=-age", or the path alone when empty.</summary>
    public string On(string path) => _pairs.Count == 0
        ? path
        : path + "?" + string.Join('&', _pairs.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value).Replace("%2C", ",").Replace("%2F", "/")}"));

    /// <summary>The query on the page now shown.</summary>
    public string On(NavigationManager navigation) => On("/" + navigation.ToBaseRelativePath(navigation.Uri).Split('?', '#')[0]);

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
