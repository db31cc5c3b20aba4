namespace FlinkDashboard.Sandbox.Protocols.CloudWatchLogs.Insights;

/// <summary>Reads expressions: <c>or</c>, <c>and</c>, <c>not</c>, comparisons, <c>like</c>, <c>in</c>, arithmetic, functions.</summary>
internal sealed class InsightsExpressions(InsightsScanner scanner)
{
    private const int Deepest = 60;
    private int _depth;

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
        var found = scanner.TryWord("like") ? Like(left) : scanner.TryWord("in") ? In(left) : isNot ? throw scanner.Unexpected("like or in") : left;
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
        var part = scanner.TryText() ?? throw scanner.Unexpected("a text in quotes or a /regular expression/");
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
            return Primary();
        var of = Primary();
        return r => -InsightsValues.Number(of(r));
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
        var name = scanner.TryName() ?? throw scanner.Unexpected("a field, a value or a function");
        return scanner.TrySymbol("(") ? Call(name, start) : r => r[name];
    }

    private Func<InsightsRecord, object?> Call(string name, int start)
    {
        var isBin = name.Equals("bin", StringComparison.OrdinalIgnoreCase);
        if (isBin || name.Equals("datefloor", StringComparison.OrdinalIgnoreCase) || name.Equals("dateceil", StringComparison.OrdinalIgnoreCase))
            return Rounded(isBin ? null : Read(), !name.Equals("dateceil", StringComparison.OrdinalIgnoreCase));
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
