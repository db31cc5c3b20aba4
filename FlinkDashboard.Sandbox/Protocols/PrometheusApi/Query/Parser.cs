namespace FlinkDashboard.Sandbox.Protocols.PrometheusApi.Query;

/// <summary>Reads PromQL. What it returns has the right types everywhere.</summary>
internal sealed partial class Parser
{
    private static readonly string[][] Levels = [["or"], ["and", "unless"], ["==", "!=", ">", "<", ">=", "<="], ["+", "-"], ["*", "/", "%", "atan2"]];
    private static readonly string[] Aggregations = ["sum", "avg", "min", "max", "count", "group", "stddev", "stdvar", "topk", "bottomk", "quantile", "count_values"];
    private readonly string _text;
    private readonly IReadOnlyList<Token> _tokens;
    private int _at;

    private Parser(string text) => (_text, _tokens) = (text, Lexer.Tokens(text));

    private Token Current => _tokens[_at];

    /// <summary>Reads an expression.</summary>
    /// <exception cref="QueryError">bad_data.</exception>
    public static Expression Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw QueryError.Parse(text, 0, "no expression found in input");
        var parser = new Parser(text);
        var expression = parser.Binary(0);
        return parser.Current.Kind == TokenKind.End ? expression : throw parser.Unexpected();
    }

    /// <summary>Reads a selector alone, as <c>match[]</c> is.</summary>
    public static SelectorExpression ParseSelector(string text) => Parse(text) as SelectorExpression ?? throw QueryError.Parse(text, 0, "expected a vector selector");

    private Expression Binary(int level)
    {
        var left = level == 4 ? Unary() : Binary(level + 1);
        while (Levels[level].FirstOrDefault(Current.Is) is { } op)
        {
            var position = Current.Position;
            _at++;
            var (isBool, matching) = Modifiers();
            left = Checked(new(op, left, level == 4 ? Unary() : Binary(level + 1), isBool, matching, left.Position), position);
        }
        return left;
    }

    // A sign binds less than a power.
    private Expression Unary()
    {
        if (!Current.Is("-") && !Current.Is("+"))
            return Power();
        var sign = _tokens[_at++];
        var inner = Unary();
        if (inner.Type is not (PromType.Scalar or PromType.Vector))
            throw QueryError.Parse(_text, sign.Position, $"unary expression only allowed on expressions of type scalar or instant vector, got \"{inner.TypeName}\"");
        if (sign.Text == "+")
            return inner;
        return inner is NumberExpression number ? new NumberExpression(-number.Value, sign.Position) : new NegationExpression(inner, sign.Position);
    }

    private Expression Power()
    {
        var left = Postfix();
        if (!Current.Is("^"))
            return left;
        var position = Current.Position;
        _at++;
        var (isBool, matching) = Modifiers();
        return Checked(new("^", left, Unary(), isBool, matching, left.Position), position);
    }

    private BinaryExpression Checked(BinaryExpression binary, int position)
    {
        if (binary.Bool && !binary.Compares)
            throw QueryError.Parse(_text, position, "bool modifier can only be used on comparison operators");
        if (binary.Compares && !binary.Bool && binary.Type == PromType.Scalar)
            throw QueryError.Parse(_text, position, "comparisons between scalars must use BOOL modifier");
        if (new[] { binary.Left, binary.Right }.FirstOrDefault(e => e.Type is not (PromType.Scalar or PromType.Vector)) is { } wrong)
            throw QueryError.Parse(_text, wrong.Position, "binary expression must contain only scalar and instant vector types");
        if (binary.Combines && (binary.Left.Type == PromType.Scalar || binary.Right.Type == PromType.Scalar))
            throw QueryError.Parse(_text, binary.Left.Position, $"set operator \"{binary.Op}\" not allowed in binary scalar expression");
        if (binary.Combines && binary.Matching.Many.Length > 0)
            throw QueryError.Parse(_text, position, $"no grouping allowed for \"{binary.Op}\" operation");
        return binary;
    }

    private (bool Bool, Matching Matching) Modifiers()
    {
        var isBool = Take("bool");
        if (!Current.Is("on") && !Current.Is("ignoring"))
            return (isBool, Matching.All);
        var on = _tokens[_at++].Is("on");
        var labels = Labels();
        var many = Take("group_left") ? "left" : Take("group_right") ? "right" : "";
        var include = many.Length > 0 && Current.Is("(") ? Labels() : [];
        if (on && include.FirstOrDefault(labels.Contains) is { } both)
            throw QueryError.Parse(_text, Current.Position, $"label \"{both}\" must not occur in ON and GROUP clause at once");
        return (isBool, new(on, labels, many, include));
    }

    private List<string> Labels()
    {
        Expect("(");
        var labels = new List<string>();
        while (!Current.Is(")"))
        {
            if (Current.Kind != TokenKind.Name)
                throw Unexpected(" in grouping opts");
            labels.Add(_tokens[_at++].Text);
            if (!Take(",") && !Current.Is(")"))
                throw Unexpected(" in grouping opts");
        }
        _at++;
        return labels;
    }

    private bool Take(string sign)
    {
        if (!Current.Is(sign))
            return false;
        _at++;
        return true;
    }

    private void Expect(string sign, string where = "")
    {
        if (Take(sign))
            return;
        throw sign == ")" && Current.Kind == TokenKind.End ? QueryError.Parse(_text, Current.Position, "unclosed left parenthesis") : Unexpected(where);
    }

    private QueryError Unexpected(string where = "") => QueryError.Parse(_text, Current.Position, "unexpected " + Current.Kind switch
    {
        TokenKind.End => "end of input",
        TokenKind.Name => $"identifier \"{Current.Text}\"",
        TokenKind.Number => $"number \"{Current.Text}\"",
        TokenKind.Duration => $"duration \"{Current.Text}\"",
        TokenKind.Text => $"string \"{Current.Text}\"",
        _ => Current.Text switch
        {
            ")" => "right parenthesis ')'",
            "(" => "left parenthesis '('",
            "}" => "right brace '}'",
            "{" => "left brace '{'",
            "]" => "right bracket ']'",
            "[" => "left bracket '['",
            "," => "\",\"",
            "=" => "\"=\"",
            var sign => $"<op:{sign}>",
        },
    } + where);
}
