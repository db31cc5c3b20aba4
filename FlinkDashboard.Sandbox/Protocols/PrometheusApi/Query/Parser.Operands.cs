using System.Text.RegularExpressions;
using FlinkDashboard.Sandbox.World.Metrics;

namespace FlinkDashboard.Sandbox.Protocols.PrometheusApi.Query;

internal sealed partial class Parser
{
    private Expression Postfix()
    {
        var expression = Operand();
        while (true)
        {
            if (Current.Is("["))
                expression = Span(expression);
            else if (Take("offset"))
                expression = Shifted(expression);
            else if (Take("@"))
                expression = Fixed(expression);
            else
                return expression;
        }
    }

    private Expression Span(Expression inner)
    {
        var position = Current.Position;
        _at++;
        var range = Duration();
        if (Take(":"))
        {
            var step = Current.Is("]") ? 0 : Duration();
            Expect("]", " in subquery selector");
            return inner.Type == PromType.Vector || inner.Type == PromType.Scalar ? new SubqueryExpression(inner, range, step, inner.Position)
                : throw QueryError.Parse(_text, inner.Position, $"subquery is only allowed on instant vector, got {inner.TypeName} instead");
        }
        Expect("]", " in range selector");
        if (inner is not SelectorExpression selector)
            throw QueryError.Parse(_text, position, "ranges only allowed for vector selectors");
        return selector.Offset == 0 && selector.At is null ? new RangeExpression(selector, range, inner.Position)
            : throw QueryError.Parse(_text, position, selector.At is null ? "no offset modifiers allowed before range" : "no @ modifiers allowed before range");
    }

    private Expression Shifted(Expression inner)
    {
        var sign = Take("-") ? -1 : 1;
        var offset = Duration() * sign;
        return inner switch
        {
            SelectorExpression selector => selector with { Offset = offset },
            RangeExpression range => range with { Selector = range.Selector with { Offset = offset } },
            SubqueryExpression subquery => subquery with { Offset = offset },
            _ => throw QueryError.Parse(_text, inner.Position, "offset modifier must be preceded by an instant vector selector or range vector selector or a subquery"),
        };
    }

    private Expression Fixed(Expression inner)
    {
        var at = Instant();
        return inner switch
        {
            SelectorExpression { At: not null } or RangeExpression { Selector.At: not null } or SubqueryExpression { At: not null } =>
                throw QueryError.Parse(_text, inner.Position, "@ <timestamp> may not be set multiple times"),
            SelectorExpression selector => selector with { At = at },
            RangeExpression range => range with { Selector = range.Selector with { At = at } },
            SubqueryExpression subquery => subquery with { At = at },
            _ => throw QueryError.Parse(_text, inner.Position, "@ modifier must be preceded by an instant vector selector or range vector selector or a subquery"),
        };
    }

    private AtModifier Instant()
    {
        foreach (var edge in (string[])["start", "end"])
        {
            if (!Current.Is(edge))
                continue;
            _at++;
            Expect("(");
            Expect(")");
            return new(0, edge);
        }
        var sign = Take("-") ? -1 : Take("+") ? 1 : 1;
        if (Current.Kind != TokenKind.Number || !Lexer.TryNumber(Current.Text, out var seconds) || !double.IsFinite(seconds))
            throw Unexpected(" in @, expected timestamp");
        _at++;
        return new((long)Math.Round(sign * seconds * 1000));
    }

    private long Duration()
    {
        if (Current.Kind == TokenKind.Duration && Durations.TryParse(Current.Text, out var milliseconds) && milliseconds > 0)
        {
            _at++;
            return milliseconds;
        }
        if (Current.Kind == TokenKind.Number && Lexer.TryNumber(Current.Text, out var seconds) && seconds > 0)
        {
            _at++;
            return (long)(seconds * 1000);
        }
        throw Current.Kind is TokenKind.Number or TokenKind.Duration ? QueryError.Parse(_text, Current.Position, "duration must be greater than 0") : Unexpected(", expected number, duration, or step()");
    }

    private Expression Operand()
    {
        var token = Current;
        if (Take("("))
        {
            var inner = Binary(0);
            Expect(")");
            return inner;
        }
        if (token.Is("{"))
            return Selector(null);
        if (token.Kind == TokenKind.End || token.Kind == TokenKind.Sign)
            throw Unexpected();
        _at++;
        if (token.Kind == TokenKind.Text)
            return new TextExpression(token.Text, token.Position);
        if (token.Kind == TokenKind.Duration && Durations.TryParse(token.Text, out var duration))
            return new NumberExpression(duration / 1000.0, token.Position);
        if (Lexer.TryNumber(token.Text, out var number) && !Current.Is("{"))
            return new NumberExpression(number, token.Position);
        if (Aggregations.Contains(token.Text.ToLowerInvariant()) && (Current.Is("(") || Current.Is("by") || Current.Is("without")))
            return Aggregate(token);
        return Current.Is("(") ? Call(token) : Selector(token);
    }

    private SelectorExpression Selector(Token? name)
    {
        var position = name?.Position ?? Current.Position;
        var matchers = new List<Matcher>();
        if (name is { } known)
            matchers.Add(new(LabelSet.NameLabel, "=", known.Text));
        if (Take("{"))
        {
            while (!Take("}"))
            {
                matchers.Add(Condition());
                if (!Take(",") && !Current.Is("}"))
                    throw Current.Kind == TokenKind.End ? QueryError.Parse(_text, Current.Position, "unexpected end of input inside braces") : Unexpected(" in label matching, expected \",\" or \"}\"");
            }
        }
        return matchers.Any(m => !m.Fits("")) ? new(matchers, position)
            : throw QueryError.Parse(_text, position, "vector selector must contain at least one non-empty matcher");
    }

    private Matcher Condition()
    {
        if (Current.Kind is not (TokenKind.Name or TokenKind.Text))
            throw Current.Kind == TokenKind.End ? QueryError.Parse(_text, Current.Position, "unexpected end of input inside braces") : Unexpected(" in label matching, expected identifier or \"}\"");
        var name = _tokens[_at++];
        if (name.Kind == TokenKind.Text && (Current.Is(",") || Current.Is("}")))
            return new(LabelSet.NameLabel, "=", name.Text);
        if (!Current.Is("=") && !Current.Is("!=") && !Current.Is("=~") && !Current.Is("!~"))
            throw Unexpected(" in label matching, expected label matching operator");
        var op = _tokens[_at++].Text;
        if (Current.Kind != TokenKind.Text)
            throw Unexpected(" in label matching, expected string");
        var value = _tokens[_at++];
        try
        {
            return new(name.Text, op, value.Text);
        }
        catch (RegexParseException e)
        {
            throw QueryError.Parse(_text, value.Position, $"error parsing regexp: {e.Error}: `{value.Text}`");
        }
    }

    private AggregateExpression Aggregate(Token op)
    {
        var name = op.Text.ToLowerInvariant();
        var (grouped, without, labels) = Grouping();
        Expect("(");
        var arguments = Arguments();
        if (!grouped)
            (_, without, labels) = Grouping();
        var wanted = name is "topk" or "bottomk" or "quantile" or "count_values" ? 2 : 1;
        if (arguments.Count == 0)
            throw QueryError.Parse(_text, op.Position, "no arguments for aggregate expression provided");
        if (arguments.Count != wanted)
            throw QueryError.Parse(_text, op.Position, $"wrong number of arguments for aggregate expression provided, expected {wanted}, got {arguments.Count}");
        Require(arguments[^1], PromType.Vector, "aggregation expression");
        if (wanted == 2)
            Require(arguments[0], name == "count_values" ? PromType.Text : PromType.Scalar, "aggregation parameter");
        return new(name, arguments[^1], wanted == 2 ? arguments[0] : null, without, labels, op.Position);
    }

    private (bool Grouped, bool Without, IReadOnlyList<string> Labels) Grouping()
    {
        if (Take("by"))
            return (true, false, Labels());
        return Take("without") ? (true, true, Labels()) : (false, false, []);
    }

    private CallExpression Call(Token name)
    {
        if (!Function.All.TryGetValue(name.Text, out var function))
            throw QueryError.Parse(_text, name.Position, $"unknown function with name \"{name.Text}\"");
        _at++;
        var arguments = Arguments();
        var (least, most) = function.Optional < 0 ? (function.Takes.Length - 1, int.MaxValue) : (function.Takes.Length - function.Optional, function.Takes.Length);
        if (arguments.Count < least || arguments.Count > most)
        {
            var words = function.Optional == 0 ? $"expected {least}" : arguments.Count < least ? $"expected at least {least}" : $"expected at most {most}";
            throw QueryError.Parse(_text, name.Position, $"{words} argument(s) in call to \"{name.Text}\", got {arguments.Count}");
        }
        for (var i = 0; i < arguments.Count; i++)
            Require(arguments[i], function.Takes[Math.Min(i, function.Takes.Length - 1)], $"call to function \"{name.Text}\"");
        return new(function, arguments, name.Position);
    }

    private List<Expression> Arguments()
    {
        var arguments = new List<Expression>();
        while (!Take(")"))
        {
            arguments.Add(Binary(0));
            if (!Take(",") && !Current.Is(")"))
                Expect(")");
        }
        return arguments;
    }

    private void Require(Expression argument, PromType type, string where)
    {
        if (argument.Type != type)
            throw QueryError.Parse(_text, argument.Position, $"expected type {(argument with { Type = type }).TypeName} in {where}, got {argument.TypeName}");
    }
}
