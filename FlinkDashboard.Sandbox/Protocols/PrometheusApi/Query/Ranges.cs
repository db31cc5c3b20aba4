namespace FlinkDashboard.Sandbox.Protocols.PrometheusApi.Query;

/// <summary>How far back a query looks.</summary>
internal static class Ranges
{
    /// <summary>Length of the longest span in it, milliseconds; those of nested subqueries add up.</summary>
    public static long Longest(Expression expression) => expression switch
    {
        RangeExpression range => range.Range,
        SubqueryExpression sub => sub.Range + Longest(sub.Inner),
        NegationExpression negation => Longest(negation.Inner),
        BinaryExpression binary => Math.Max(Longest(binary.Left), Longest(binary.Right)),
        AggregateExpression aggregate => Longest(aggregate.Inner),
        CallExpression call => call.Arguments.Select(Longest).DefaultIfEmpty().Max(),
        _ => 0,
    };
}
