using System.Runtime.CompilerServices;
using FlinkDashboard.Sandbox.World.Metrics;

namespace FlinkDashboard.Sandbox.Protocols.PrometheusApi.Query;

/// <summary>A sample of an instant vector.</summary>
internal readonly record struct Sample(LabelSet Labels, double Value);

/// <summary>Samples of a span, stale markers left out.</summary>
internal sealed record SampleSpan(LabelSet Labels, ReadOnlyMemory<long> Times, ReadOnlyMemory<double> Values);

/// <summary>Reads series: which, with their samples from and to these milliseconds, of which only the newest at each of the moments matter if there are any.</summary>
internal delegate IReadOnlyList<SampledSeries> SeriesSelect(IReadOnlyList<Matcher> matchers, long from, long to, IReadOnlyList<long>? moments);

/// <summary>Works out one query. What it read of the series is kept, so use one for each query.</summary>
/// <param name="select">Reads series.</param>
/// <param name="lookback">Milliseconds for which a sample is taken for the present value.</param>
internal sealed partial class Evaluator(SeriesSelect select, long lookback = 300_000)
{
    private const long SubqueryStep = 60_000;
    private readonly Dictionary<SelectorExpression, IReadOnlyList<(SampledSeries Series, long[] Times, double[] Values)>> _read = [];
    private readonly Dictionary<(object, object?), LabelMemo> _memos = new(new ByReference());
    private (long Start, long End) _query;

    /// <summary>
    /// As Prometheus 2 had it: spans include their beginning, and a counter is stretched towards zero before it is asked how far it may be stretched.
    /// </summary>
    public bool IsVersion2 { get; init; }

    /// <summary>Throws when the query has taken too long.</summary>
    public Action Check { get; init; } = () => { };

    /// <summary>What Prometheus remarks on the query.</summary>
    public Annotations Annotations { get; } = new();

    /// <summary>Reads what an expression needs at these moments, in order. Call once, before the rest.</summary>
    public void Prepare(Expression expression, IReadOnlyList<long> moments)
    {
        _query = (moments[0], moments[^1]);
        Read(expression, moments);
    }

    /// <summary>What an expression makes of label sets, remembered for the query.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="make">Works it out.</param>
    /// <param name="use">Tells apart the things that an expression makes of them; the same object each time.</param>
    public LabelMemo Memo(Expression expression, Func<LabelSet, LabelSet> make, object? use = null)
    {
        if (!_memos.TryGetValue((expression, use), out var memo))
            _memos[(expression, use)] = memo = new LabelMemo(make);
        return memo;
    }

    // Expressions are equal when they read the same, which takes long to find out.
    private sealed class ByReference : IEqualityComparer<(object, object?)>
    {
        public bool Equals((object, object?) a, (object, object?) b) => ReferenceEquals(a.Item1, b.Item1) && ReferenceEquals(a.Item2, b.Item2);

        public int GetHashCode((object, object?) key) => HashCode.Combine(RuntimeHelpers.GetHashCode(key.Item1), RuntimeHelpers.GetHashCode(key.Item2));
    }

    /// <summary>Value of a scalar expression.</summary>
    public double Scalar(Expression expression, long at) => expression switch
    {
        NumberExpression number => number.Value,
        NegationExpression negation => -Scalar(negation.Inner, at),
        BinaryExpression binary => Binary.Scalars(binary.Op, Scalar(binary.Left, at), Scalar(binary.Right, at)),
        CallExpression { Function.Name: "time" } => at / 1000.0,
        CallExpression { Function.Name: "pi" } => Math.PI,
        CallExpression { Function.Name: "scalar" } call => Vector(call.Arguments[0], at) is [var one] ? one.Value : double.NaN,
        _ => throw new InvalidOperationException(expression.TypeName),
    };

    /// <summary>Value of an instant vector expression.</summary>
    /// <exception cref="QueryError">execution.</exception>
    public IReadOnlyList<Sample> Vector(Expression expression, long at)
    {
        Check();
        var result = expression switch
        {
            SelectorExpression selector => Present(selector, at),
            NegationExpression negation => [.. Vector(negation.Inner, at).Select(s => new Sample(s.Labels.Nameless, -s.Value))],
            BinaryExpression binary => Binary.Vectors(binary, this, at),
            AggregateExpression aggregate => Aggregate(aggregate, at),
            CallExpression call => InstantFunctions.Call(call, this, at),
            _ => throw new InvalidOperationException(expression.TypeName),
        };
        // What is there already stays unique; what loses its name may not.
        if (expression is NegationExpression or CallExpression && HasTwice(result))
            throw QueryError.Execution("vector cannot contain metrics with the same labelset");
        return result;
    }

    private static bool HasTwice(IReadOnlyList<Sample> samples)
    {
        var seen = new HashSet<LabelSet>(samples.Count);
        foreach (var sample in samples)
        {
            if (!seen.Add(sample.Labels))
                return true;
        }
        return false;
    }

    private IReadOnlyList<Sample> Aggregate(AggregateExpression aggregate, long at)
    {
        var parameter = aggregate.Parameter is { Type: PromType.Scalar } p ? Scalar(p, at) : 0;
        if (aggregate.Op == "quantile")
            Annotations.Quantile(parameter, aggregate.Parameter!);
        string[] dropped = [.. aggregate.Labels, LabelSet.NameLabel];
        return Aggregation.Of(aggregate, Vector(aggregate.Inner, at), parameter, Memo(aggregate, l => aggregate.Without ? l.Drop(dropped) : l.Keep(aggregate.Labels)));
    }

    /// <summary>Samples of a range vector expression that are after its beginning and not after its end, and that end's moment.</summary>
    public (IReadOnlyList<SampleSpan> Spans, long From, long To) Matrix(Expression expression, long at)
    {
        if (expression is RangeExpression range)
        {
            var to = Moment(range.Selector.At, at) - range.Selector.Offset;
            return (Cut(_read[range.Selector], to - range.Range, to), to - range.Range, to);
        }
        var sub = (SubqueryExpression)expression;
        var end = Moment(sub.At, at) - sub.Offset;
        var points = new Dictionary<LabelSet, (List<long> Times, List<double> Values)>();
        foreach (var t in Steps(sub, end, end))
        {
            foreach (var sample in sub.Inner.Type == PromType.Scalar ? [new Sample(LabelSet.Empty, Scalar(sub.Inner, t))] : Vector(sub.Inner, t))
            {
                if (!points.TryGetValue(sample.Labels, out var list))
                    points[sample.Labels] = list = ([], []);
                list.Times.Add(t);
                list.Values.Add(sample.Value);
            }
        }
        return ([.. points.Select(p => new SampleSpan(p.Key, p.Value.Times.ToArray(), p.Value.Values.ToArray()))], end - sub.Range, end);
    }

    /// <summary>Moment of the sample that an instant selector takes, for <c>timestamp</c>.</summary>
    public IReadOnlyList<Sample> Timestamps(SelectorExpression selector, long at)
    {
        var moment = Moment(selector.At, at) - selector.Offset;
        return [.. _read[selector].Select(r => (r.Series.Labels, r.Times, r.Values, Index: Index(r.Times, moment) - 1))
            .Where(r => r.Index >= 0 && r.Times[r.Index] > moment - lookback && !SampledSeries.IsStale(r.Values[r.Index]))
            .Select(r => new Sample(r.Labels.Nameless, r.Times[r.Index] / 1000.0))];
    }

    private List<Sample> Present(SelectorExpression selector, long at)
    {
        var read = _read[selector];
        var samples = new List<Sample>(read.Count);
        var moment = Moment(selector.At, at) - selector.Offset;
        var (index, of) = (0, Array.Empty<long>());
        foreach (var (series, times, values) in read)
        {
            // Series that were scraped together share their times.
            if (!ReferenceEquals(times, of))
                (index, of) = (Index(times, moment) - 1, times);
            if (index >= 0 && times[index] > moment - lookback && !SampledSeries.IsStale(values[index]))
                samples.Add(new(series.Labels, values[index]));
        }
        return samples;
    }

    private List<SampleSpan> Cut(IReadOnlyList<(SampledSeries Series, long[] Times, double[] Values)> read, long from, long to)
    {
        var spans = new List<SampleSpan>(read.Count);
        var (first, end, of) = (0, 0, Array.Empty<long>());
        foreach (var (series, times, values) in read)
        {
            if (!ReferenceEquals(times, of))
                (first, end, of) = (Index(times, IsVersion2 ? from - 1 : from), Index(times, to), times);
            if (first == end)
                continue;
            if (!values.AsSpan(first, end - first).ContainsAnyStale())
            {
                spans.Add(new(series.Labels, times.AsMemory(first, end - first), values.AsMemory(first, end - first)));
                continue;
            }
            var live = Enumerable.Range(first, end - first).Where(i => !SampledSeries.IsStale(values[i])).ToList();
            if (live.Count > 0)
                spans.Add(new(series.Labels, live.Select(i => times[i]).ToArray(), live.Select(i => values[i]).ToArray()));
        }
        return spans;
    }

    // How many samples are not after the moment.
    private static int Index(long[] times, long moment)
    {
        var found = Array.BinarySearch(times, moment);
        return found >= 0 ? found + 1 : ~found;
    }
}

/// <summary>Looking for stale markers.</summary>
internal static class StaleSearch
{
    /// <summary>True when one of the values is a stale marker.</summary>
    public static bool ContainsAnyStale(this Span<double> values)
    {
        foreach (var value in values)
        {
            if (SampledSeries.IsStale(value))
                return true;
        }
        return false;
    }
}
