using FlinkDashboard.Sandbox.World.Metrics;

namespace FlinkDashboard.Sandbox.Protocols.PrometheusApi.Query;

/// <summary>Brings series together by labels.</summary>
internal static class Aggregation
{
    /// <summary>One sample for each group; topk and bottomk: the chosen samples.</summary>
    /// <param name="aggregate">What to do.</param>
    /// <param name="samples">Of what.</param>
    /// <param name="parameter">Of quantile, topk and bottomk.</param>
    public static IReadOnlyList<Sample> Of(AggregateExpression aggregate, IReadOnlyList<Sample> samples, double parameter)
    {
        string[] dropped = [.. aggregate.Labels, LabelSet.NameLabel];
        var groups = samples.GroupBy(s => aggregate.Without ? s.Labels.Drop(dropped) : s.Labels.Keep(aggregate.Labels));
        return aggregate.Op switch
        {
            "topk" or "bottomk" => [.. groups.SelectMany(g => Chosen(g, aggregate.Op == "topk", parameter))],
            "count_values" => [.. groups.SelectMany(g => g.GroupBy(s => s.Value)
                .Select(v => new Sample(g.Key.With(((TextExpression)aggregate.Parameter!).Value, SampleText.Of(v.Key)), v.Count())))],
            _ => [.. groups.Select(g => new Sample(g.Key, Value(aggregate.Op, [.. g.Select(s => s.Value)], parameter)))],
        };
    }

    // NaN comes last either way.
    private static IEnumerable<Sample> Chosen(IEnumerable<Sample> group, bool top, double count)
    {
        var ranked = group.OrderBy(s => double.IsNaN(s.Value));
        return (top ? ranked.ThenByDescending(s => s.Value) : ranked.ThenBy(s => s.Value)).Take(count >= 1 ? (int)Math.Min(count, int.MaxValue) : 0);
    }

    private static double Value(string op, double[] values, double parameter) => op switch
    {
        "sum" => values.Sum(),
        "avg" => values.Average(),
        "min" => values.Aggregate((a, b) => b < a || double.IsNaN(a) ? b : a),
        "max" => values.Aggregate((a, b) => b > a || double.IsNaN(a) ? b : a),
        "count" => values.Length,
        "group" => 1,
        "stddev" => Math.Sqrt(Variance(values)),
        "stdvar" => Variance(values),
        _ => RangeFunctions.Quantile(parameter, values),
    };

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Average(v => (v - mean) * (v - mean));
    }
}
