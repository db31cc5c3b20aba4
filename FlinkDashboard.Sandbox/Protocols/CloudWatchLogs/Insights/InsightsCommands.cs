using System.Text.RegularExpressions;

namespace FlinkDashboard.Sandbox.Protocols.CloudWatchLogs.Insights;

/// <summary>Reads the commands of a query: <c>fields display filter parse stats sort limit dedup</c>.</summary>
internal sealed class InsightsCommands
{
    private const int MostRows = 100_000;
    private static readonly string[] Unplayed = ["source", "pattern", "diff", "unmask", "unnest", "anomaly", "lookup", "join", "filterindex", "subqueries"];
    private readonly InsightsScanner _scanner;
    private readonly InsightsExpressions _expressions;
    private readonly List<Func<IEnumerable<InsightsRecord>, IEnumerable<InsightsRecord>>> _selection = [];
    private readonly List<Func<IEnumerable<InsightsRecord>, IEnumerable<InsightsRecord>>> _rest = [];
    private readonly List<string> _parsed = [];
    private List<string>? _columns;
    private bool _isDisplayed;
    private bool _isDeduplicated;

    private InsightsCommands(string text, long now)
    {
        _scanner = new InsightsScanner(text);
        _expressions = new InsightsExpressions(_scanner, now);
    }

    /// <summary>Reads a query; an empty one shows time and message.</summary>
    /// <param name="text">The query.</param>
    /// <param name="now">What <c>now()</c> is, in seconds since 1970.</param>
    /// <exception cref="InsightsSyntaxException">It cannot be read.</exception>
    public static InsightsQuery Read(string text, long now = 0)
    {
        var commands = new InsightsCommands(text, now);
        commands.ReadAll();
        var shown = commands._columns ?? ["@timestamp", "@message"];
        return new InsightsQuery(commands._selection, commands._rest, commands._isDisplayed ? shown : [.. shown.Concat(commands._parsed).Distinct()]);
    }

    private void ReadAll()
    {
        if (_scanner.IsAtEnd)
            return;
        do
            Command();
        while (_scanner.TrySymbol("|"));
        if (!_scanner.IsAtEnd)
            throw _scanner.Unexpected();
    }

    private void Command()
    {
        var start = _scanner.Position;
        var unexpected = _scanner.Unexpected();
        var written = _scanner.TryName() ?? throw unexpected;
        var name = written.ToLowerInvariant();
        if (_isDeduplicated && name != "limit")
            throw unexpected;
        switch (name)
        {
            case "fields":
                Fields();
                break;
            case "display":
                _columns = Names();
                _isDisplayed = true;
                break;
            case "filter":
                var condition = _expressions.Read();
                Add(records => records.Where(r => InsightsValues.IsTrue(condition(r))));
                break;
            case "parse":
                Parse();
                break;
            case "stats":
                Stats();
                break;
            case "sort":
                Sort();
                break;
            case "limit":
                // "any" ends the scan early at the service; here it finds the same rows.
                _scanner.TryWord("any");
                var most = _scanner.Whole(MostRows);
                _rest.Add(records => records.Take(most));
                break;
            case "dedup":
                Deduplicate();
                break;
            default:
                throw Unplayed.Contains(name) ? _scanner.Error($"the sandbox does not play the command '{written}'", start) : unexpected;
        }
    }

    // Records that lack one of the fields are no duplicates of each other.
    private void Deduplicate()
    {
        var names = Names();
        _isDeduplicated = true;
        _rest.Add(records =>
        {
            var seen = new HashSet<string>();
            return records.Where(r => names.Exists(n => r[n] is null) || seen.Add(string.Join('\u0001', names.Select(n => InsightsValues.Text(r[n])))));
        });
    }

    // Once something has needed all records, what follows must come after it.
    private void Add(Func<IEnumerable<InsightsRecord>, IEnumerable<InsightsRecord>> stage) => (_rest.Count > 0 ? _rest : _selection).Add(stage);

    private void Compute(string name, Func<InsightsRecord, object?> of) => Add(records => records.Select(r =>
    {
        r[name] = of(r);
        return r;
    }));

    private void Fields()
    {
        _columns ??= [];
        do
        {
            var (name, of, isPlain) = Named();
            if (!isPlain)
                Compute(name, of);
            _columns.Add(name);
            _expressions.Known?.Add(name);
        }
        while (_scanner.TrySymbol(","));
    }

    private (string Name, Func<InsightsRecord, object?> Of, bool IsPlain) Named()
    {
        var start = _scanner.Position;
        var of = _expressions.Read();
        var text = _scanner.Between(start, _scanner.Position);
        if (_scanner.TryWord("as"))
            return (_scanner.Name(), of, false);
        return (text.Trim('`'), of, text.Trim('`').All(c => char.IsLetterOrDigit(c) || c is '@' or '_' or '.' or ':'));
    }

    private List<string> Names()
    {
        var names = new List<string>();
        do
            names.Add(_expressions.Field());
        while (_scanner.TrySymbol(","));
        return names;
    }

    private List<string> NewNames()
    {
        var names = new List<string>();
        do
            names.Add(_scanner.Name());
        while (_scanner.TrySymbol(","));
        return names;
    }

    private void Parse()
    {
        var start = _scanner.Position;
        var field = _scanner.TryName() ?? "@message";
        if (_scanner.TryRegex() is { } regex)
        {
            var groups = regex.GetGroupNames().Where(n => !char.IsAsciiDigit(n[0])).ToList();
            if (groups.Count == 0)
                throw _scanner.Error("the regular expression of parse names no groups: (?<name>...)", start);
            Extract(field, regex, groups, groups);
            return;
        }
        var pattern = _scanner.TryText() ?? throw _scanner.Unexpected();
        if (!_scanner.TryWord("as"))
            throw _scanner.Unexpected();
        var names = NewNames();
        var pieces = pattern.Split('*');
        if (pieces.Length != names.Count + 1)
            throw _scanner.Error($"the pattern has {pieces.Length - 1} wildcards, but there are {names.Count} names", start);
        var all = string.Concat(pieces.Select((p, i) => (i == 0 ? "" : i == pieces.Length - 1 && p.Length == 0 ? $"(?<g{i}>.*)" : $"(?<g{i}>.*?)") + Regex.Escape(p)));
        Extract(field, new Regex(all, RegexOptions.Singleline | RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(250)), [.. names.Select((_, i) => $"g{i + 1}")], names);
    }

    private void Extract(string field, Regex regex, IReadOnlyList<string> groups, IReadOnlyList<string> names)
    {
        _parsed.AddRange(names);
        _expressions.Known?.UnionWith(names);
        Add(records => records.Select(r =>
        {
            if (InsightsValues.Text(r[field]) is { } text && regex.Match(text) is { Success: true } match)
            {
                for (var i = 0; i < names.Count; i++)
                    r[names[i]] = match.Groups[groups[i]] is { Success: true } group ? group.Value : null;
            }
            return r;
        }));
    }

    // By names only: what is reckoned needs one first.
    private void Sort()
    {
        var keys = new List<(Func<InsightsRecord, object?> Of, bool IsDown)>();
        do
        {
            var name = _expressions.Field();
            var isDown = _scanner.TryWord("desc");
            if (!isDown)
                _scanner.TryWord("asc");
            keys.Add((r => r[name], isDown));
        }
        while (_scanner.TrySymbol(","));
        var order = Comparer<object?>.Create(InsightsValues.Compare);
        _rest.Add(records => keys.Skip(1).Aggregate(
            keys[0].IsDown ? records.OrderByDescending(keys[0].Of, order) : records.OrderBy(keys[0].Of, order),
            (sorted, key) => key.IsDown ? sorted.ThenByDescending(key.Of, order) : sorted.ThenBy(key.Of, order)));
    }

    private void Stats()
    {
        var stats = InsightsStats.Read(_scanner, _expressions);
        _rest.Add(stats.Run);
        _columns = [.. stats.Columns];
        _expressions.Known = [.. stats.Columns];
        _parsed.Clear();
    }
}
