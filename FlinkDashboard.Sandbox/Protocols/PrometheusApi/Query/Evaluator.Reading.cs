namespace FlinkDashboard.Sandbox.Protocols.PrometheusApi.Query;

internal sealed partial class Evaluator
{
    private void Read(Expression expression, IReadOnlyList<long> moments)
    {
        switch (expression)
        {
            case SelectorExpression selector:
                var wanted = moments.Select(m => Moment(selector.At, m) - selector.Offset).Distinct().ToList();
                Read(selector, wanted[0] - lookback, wanted[^1], wanted);
                break;
            case RangeExpression { Selector: var selector } range:
                Read(selector, Moment(selector.At, moments[0]) - selector.Offset - range.Range, Moment(selector.At, moments[^1]) - selector.Offset, null);
                break;
            case SubqueryExpression sub:
                var steps = Steps(sub, Moment(sub.At, moments[0]) - sub.Offset, Moment(sub.At, moments[^1]) - sub.Offset);
                if (steps.Count > 0)
                    Read(sub.Inner, steps);
                break;
            case NegationExpression negation:
                Read(negation.Inner, moments);
                break;
            case BinaryExpression binary:
                Read(binary.Left, moments);
                Read(binary.Right, moments);
                break;
            case AggregateExpression aggregate:
                Read(aggregate.Inner, moments);
                if (aggregate.Parameter is { } parameter)
                    Read(parameter, moments);
                break;
            case CallExpression call:
                foreach (var argument in call.Arguments)
                    Read(argument, moments);
                break;
        }
    }

    private void Read(SelectorExpression selector, long from, long to, IReadOnlyList<long>? moments)
    {
        Check();
        _read[selector] = [.. select(selector.Matchers, from, to, moments).Select(s => (s, s.Times as long[] ?? [.. s.Times], s.Values as double[] ?? [.. s.Values]))];
    }

    // Whole multiples of the step between the beginning for the first end and the last end.
    private List<long> Steps(SubqueryExpression sub, long firstEnd, long lastEnd)
    {
        var step = sub.Step > 0 ? sub.Step : SubqueryStep;
        var begin = firstEnd - sub.Range;
        var first = (long)Math.Floor(begin / (double)step) * step;
        first += first > begin || (IsVersion2 && first == begin) ? 0 : step;
        var steps = new List<long>();
        for (var t = first; t <= lastEnd; t += step)
            steps.Add(t);
        return steps;
    }

    private long Moment(AtModifier? modifier, long at) => modifier switch
    {
        null => at,
        { Edge: "start" } => _query.Start,
        { Edge: "end" } => _query.End,
        var fixedTime => fixedTime.Time,
    };
}
