namespace FlinkDashboard.Sandbox.Protocols.CloudWatchLogs.Insights;

/// <summary>Reads expressions: <c>or</c>, <c>and</c>, <c>not</c>, comparisons, <c>like</c>, <c>in</c>, arithmetic, functions.</summary>
/// <param name="scanner">Where they stand.</param>
/// <param name="now">What <c>now()</c> is, in seconds since 1970.</param>
internal sealed class InsightsExpressions(InsightsScanner scanner, long now)
{
    private const int Deepest = 60;
    private int _depth;
    private List<InsightsAggregate>? _aggregates;

    /// <summary>The fields that there are; null for any, as before the first <c>stats</c>.</summary>
    public HashSet<string>? Known { get; set; }

    /// <summary>Takes the name of a field.</summary>
    public string Field()
    {
        var start = scanner.Position;
        var name = scanner.Name();
        return IsKnown(name) ? name : throw Unknown(name, start);
    }

    /// <summary>Reads an expression with aggregates in it.</summary>
    /// <param name="into">Where these go; the expression finds their values under their names.</param>
    public Func<InsightsRecord, object?> ReadAggregates(List<InsightsAggregate> into)
    {
        _aggregates = into;
        var of = Read();
        _aggregates = null;
        return of;
    }

    /// <summary>Reads a whole expression.</summary>
    public Func<InsightsRecord, object?> Read()
    {
        if (++_depth > Deepest)
            throw scanner.Error("the expression is nested too deeply");
        var left = And();
        while (scanner.TryWord("or"))
        {
            var (a, b) = (left, And());
            left = r => InsightsValues.IsTrue(a(r)) || InsightsValues.IsTrue(b(r));
        }
        _depth--;
        return left;
    }

    private Func<InsightsRecord, object?> And()
    {
        var left = Not();
        while (scanner.TryWord("and"))
        {
            var (a, b) = (left, Not());
            left = r => InsightsValues.IsTrue(a(r)) && InsightsValues.IsTrue(b(r));
        }
        return left;
    }

    private Func<InsightsRecord, object?> Not()
    {
        if (!scanner.TryWord("not"))
            return Comparison();
        if (++_depth > Deepest)
            throw scanner.Error("the expression is nested too deeply");
        var negated = Not();
        _depth--;
        return r => !InsightsValues.IsTrue(negated(r));
    }

    private Func<InsightsRecord, object?> Comparison()
    {
        var left = Sum();
        if (scanner.TrySymbol("=~"))
            return Like(left);
        foreach (var symbol in new[] { "!=", "<=", ">=", "==", "=", "<", ">" })
        {
            if (scanner.TrySymbol(symbol))
                return Compared(symbol, left, Sum());
        }
        var isNot = scanner.TryWord("not");
        var found = scanner.TryWord("like") ? Like(left) : scanner.TryWord("in") ? In(left) : isNot ? throw scanner.Unexpected() : left;
        return isNot ? r => !InsightsValues.IsTrue(found(r)) : found;
    }

    private static Func<InsightsRecord, object?> Compared(string symbol, Func<InsightsRecord, object?> a, Func<InsightsRecord, object?> b) => symbol switch
    {
        "=" or "==" => r => InsightsValues.AreEqual(a(r), b(r)),
        "!=" => r => !InsightsValues.AreEqual(a(r), b(r)),
        _ => r => (a(r), b(r)) is ({ } x, { } y) && InsightsValues.Compare(x, y) is var order && symbol switch
        {
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        },
    };

    private Func<InsightsRecord, object?> Like(Func<InsightsRecord, object?> of)
    {
        if (scanner.TryRegex() is { } regex)
            return r => InsightsValues.Text(of(r)) is { } text && regex.IsMatch(text);
        var part = scanner.TryText() ?? throw scanner.Unexpected();
        return r => InsightsValues.Text(of(r))?.Contains(part, StringComparison.Ordinal) == true;
    }

    private Func<InsightsRecord, object?> In(Func<InsightsRecord, object?> of)
    {
        scanner.Symbol("[");
        var list = new List<Func<InsightsRecord, object?>>();
        do
            list.Add(Sum());
        while (scanner.TrySymbol(","));
        scanner.Symbol("]");
        return r => of(r) is { } value && list.Exists(l => InsightsValues.AreEqual(value, l(r)));
    }

    private Func<InsightsRecord, object?> Sum()
    {
        var left = Product();
        while (true)
        {
            if (scanner.TrySymbol("+"))
                left = Reckoned(left, Product(), (a, b) => a + b);
            else if (scanner.TrySymbol("-"))
                left = Reckoned(left, Product(), (a, b) => a - b);
            else
                return left;
        }
    }

    private Func<InsightsRecord, object?> Product()
    {
        var left = Unary();
        while (true)
        {
            if (scanner.TrySymbol("*"))
                left = Reckoned(left, Unary(), (a, b) => a * b);
            else if (scanner.TrySymbol("/"))
                left = Reckoned(left, Unary(), (a, b) => b == 0 ? null : a / b);
            else if (scanner.TrySymbol("%"))
                left = Reckoned(left, Unary(), (a, b) => b == 0 ? null : a % b);
            else
                return left;
        }
    }

    private Func<InsightsRecord, object?> Unary()
    {
        if (!scanner.TrySymbol("-"))
            return Power();
        var of = Power();
        return r => -InsightsValues.Number(of(r));
    }

    private Func<InsightsRecord, object?> Power()
    {
        var of = Primary();
        return scanner.TrySymbol("^") ? Reckoned(of, Unary(), (a, b) => Math.Pow(a, b)) : of;
    }

    private Func<InsightsRecord, object?> Primary()
    {
        if (scanner.TrySymbol("("))
        {
            var inner = Read();
            scanner.Symbol(")");
            return inner;
        }
        if (scanner.TryText() is { } text)
            return _ => text;
        if (scanner.TryNumber() is { } number)
            return _ => number;
        var start = scanner.Position;
        var name = scanner.TryName() ?? throw scanner.Unexpected();
        if (scanner.TrySymbol("("))
            return Call(name, start);
        return IsKnown(name) ? r => r[name] : throw Unknown(name, start);
    }

    private Func<InsightsRecord, object?> Call(string name, int start)
    {
        var isBin = name.Equals("bin", StringComparison.OrdinalIgnoreCase);
        if (isBin || name.Equals("datefloor", StringComparison.OrdinalIgnoreCase) || name.Equals("dateceil", StringComparison.OrdinalIgnoreCase))
            return Rounded(isBin ? null : Read(), !name.Equals("dateceil", StringComparison.OrdinalIgnoreCase));
        if (_aggregates is { } into && InsightsAggregate.Names.Contains(name))
            return Aggregate(name, into);
        if (name.Equals("now", StringComparison.OrdinalIgnoreCase))
        {
            scanner.Symbol(")");
            return _ => (double)now;
        }
        if (!InsightsFunction.All.TryGetValue(name, out var function))
            throw scanner.Error($"the function '{name}' is not known here", start);
        var arguments = new List<Func<InsightsRecord, object?>>();
        if (!scanner.TrySymbol(")"))
        {
            do
                arguments.Add(Read());
            while (scanner.TrySymbol(","));
            scanner.Symbol(")");
        }
        if (arguments.Count < function.Least || arguments.Count > function.Most)
            throw scanner.Error($"the function '{name}' has another number of arguments", start);
        return r => function.Of([.. arguments.Select(a => a(r))]);
    }

    private Func<InsightsRecord, object?> Aggregate(string name, List<InsightsAggregate> into)
    {
        // What is counted and summed belongs to single records again.
        _aggregates = null;
        var isAll = name.Equals("count", StringComparison.OrdinalIgnoreCase) && (scanner.TrySymbol("*") || scanner.IsAt(")"));
        var of = isAll ? null : Read();
        var percentile = scanner.TrySymbol(",") ? scanner.TryNumber() ?? throw scanner.Unexpected() : 50;
        scanner.Symbol(")");
        _aggregates = into;
        var slot = $"\u0001{into.Count}";
        into.Add(new(slot, InsightsAggregate.Find(name, of, percentile)));
        return r => r[slot];
    }

    private bool IsKnown(string name) => Known?.Contains(name) != false;

    private static InsightsSyntaxException Unknown(string name, int start) => new($"Unknown symbols found in or after stats: {name}", start, start + name.Length);

    private Func<InsightsRecord, object?> Rounded(Func<InsightsRecord, object?>? of, bool down)
    {
        if (of is not null)
            scanner.Symbol(",");
        var period = scanner.Period();
        scanner.Symbol(")");
        var time = of ?? (r => r["@timestamp"]);
        return r => InsightsValues.Number(time(r)) is { } ms ? InsightsTime.Of((down ? Math.Floor(ms / period) : Math.Ceiling(ms / period)) * period) : null;
    }

    private static Func<InsightsRecord, object?> Reckoned(Func<InsightsRecord, object?> a, Func<InsightsRecord, object?> b, Func<double, double, double?> of) =>
        r => (InsightsValues.Number(a(r)), InsightsValues.Number(b(r))) is ({ } x, { } y) ? of(x, y) : null;
}
