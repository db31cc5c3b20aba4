using System.Text.RegularExpressions;
using FlinkDashboard.Sandbox.World.Metrics;

namespace FlinkDashboard.Sandbox.Protocols.PrometheusApi.Query;

/// <summary>Types of PromQL values.</summary>
internal enum PromType
{
    /// <summary>A number.</summary>
    Scalar,

    /// <summary>Series with one sample each.</summary>
    Vector,

    /// <summary>Series with samples of a span.</summary>
    Matrix,

    /// <summary>Text.</summary>
    Text,
}

/// <summary>A PromQL expression.</summary>
/// <param name="Type">Type of its value.</param>
/// <param name="Position">Where it begins in the query.</param>
internal abstract record Expression(PromType Type, int Position)
{
    /// <summary>The type in Prometheus' words.</summary>
    public string TypeName => Type switch
    {
        PromType.Scalar => "scalar",
        PromType.Vector => "instant vector",
        PromType.Matrix => "range vector",
        _ => "string",
    };
}

/// <summary>A number.</summary>
internal sealed record NumberExpression(double Value, int Position) : Expression(PromType.Scalar, Position);

/// <summary>Text.</summary>
internal sealed record TextExpression(string Value, int Position) : Expression(PromType.Text, Position);

/// <summary>What a label must be.</summary>
internal sealed class Matcher(string name, string op, string value)
{
    private readonly Dictionary<string, bool> _matches = [];
    private readonly Regex? _pattern = op is "=~" or "!~" ? new Regex("^(?s:" + value + ")$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)) : null;

    /// <summary>Label.</summary>
    public string Name => name;

    /// <summary>Value or pattern.</summary>
    public string Value => value;

    /// <summary>What the series reader needs of it.</summary>
    public LabelCondition Condition => new(name, Fits);

    /// <summary><c>=</c>: <see cref="Value"/> is the label's.</summary>
    public bool IsEqual => op == "=";

    /// <summary>True for values that fit.</summary>
    public bool Fits(string label) => op switch
    {
        "=" => label == value,
        "!=" => label != value,
        "=~" => Matches(label),
        _ => !Matches(label),
    };

    // Many series have the same few values.
    private bool Matches(string label) => _matches.TryGetValue(label, out var matches) ? matches : _matches[label] = _pattern!.IsMatch(label);
}

/// <summary>Series chosen by labels. Offset in milliseconds into the past.</summary>
internal sealed record SelectorExpression(IReadOnlyList<Matcher> Matchers, int Position) : Expression(PromType.Vector, Position)
{
    /// <summary>Milliseconds back.</summary>
    public long Offset { get; init; }

    /// <summary>The moment it is fixed to; null for the moment of the evaluation.</summary>
    public AtModifier? At { get; init; }

    /// <inheritdoc />
    public bool Equals(SelectorExpression? other) => ReferenceEquals(this, other);

    /// <inheritdoc />
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

/// <summary>A span of samples of a selector.</summary>
internal sealed record RangeExpression(SelectorExpression Selector, long Range, int Position) : Expression(PromType.Matrix, Position);

/// <summary>An expression worked out again and again over a span.</summary>
internal sealed record SubqueryExpression(Expression Inner, long Range, long Step, int Position) : Expression(PromType.Matrix, Position)
{
    /// <summary>Milliseconds back.</summary>
    public long Offset { get; init; }

    /// <summary>The moment it is fixed to; null for the moment of the evaluation.</summary>
    public AtModifier? At { get; init; }
}

/// <summary>What follows an <c>@</c>.</summary>
/// <param name="Time">Milliseconds since 1970.</param>
/// <param name="Edge"><c>start</c> or <c>end</c> of the query; empty for <paramref name="Time"/>.</param>
internal sealed record AtModifier(long Time, string Edge = "");

/// <summary>A sign before an expression.</summary>
internal sealed record NegationExpression(Expression Inner, int Position) : Expression(Inner.Type, Position);

/// <summary>Which series of two sides belong together.</summary>
/// <param name="On">Only <paramref name="Labels"/> count; otherwise all but these.</param>
/// <param name="Labels">Labels.</param>
/// <param name="Many">The side of which several may match one: <c>left</c>, <c>right</c>, or empty.</param>
/// <param name="Include">Labels taken over from the side of one.</param>
internal sealed record Matching(bool On, IReadOnlyList<string> Labels, string Many, IReadOnlyList<string> Include)
{
    /// <summary>All labels count, one to one.</summary>
    public static Matching All { get; } = new(false, [], "", []);
}

/// <summary>Two expressions and what is between them.</summary>
internal sealed record BinaryExpression(string Op, Expression Left, Expression Right, bool Bool, Matching Matching, int Position)
    : Expression(Left.Type == PromType.Scalar && Right.Type == PromType.Scalar ? PromType.Scalar : PromType.Vector, Position)
{
    /// <summary>It compares.</summary>
    public bool Compares => Op is "==" or "!=" or ">" or "<" or ">=" or "<=";

    /// <summary>It combines sets of series.</summary>
    public bool Combines => Op is "and" or "or" or "unless";
}

/// <summary>Series brought together.</summary>
internal sealed record AggregateExpression(string Op, Expression Inner, Expression? Parameter, bool Without, IReadOnlyList<string> Labels, int Position) : Expression(PromType.Vector, Position);

/// <summary>A function applied.</summary>
internal sealed record CallExpression(Function Function, IReadOnlyList<Expression> Arguments, int Position) : Expression(Function.Returns, Position);
