using FlinkDashboard.Sandbox.World.Metrics;

namespace FlinkDashboard.Sandbox.Protocols.PrometheusApi.Query;

/// <summary>Brings series together by labels.</summary>
internal static class Aggregation
{
    /// <summary>One sample for each group; topk and bottomk: the chosen samples.</summary>
    /// <param name="aggregate">What to do.</param>
    /// <param name="samples">Of what.</param>
    /// <param name="parameter">Of quantile, topk and bottomk.</param>
    /// <param name="group">The group of a label set.</param>
    public static IReadOnlyList<Sample> Of(AggregateExpression aggregate, IReadOnlyList<Sample> samples, double parameter, LabelMemo group)
    {
        var groups = Grouped(samples, group);
        return aggregate.Op switch
        {
            "topk" or "bottomk" => [.. groups.SelectMany(g => Chosen(g.Samples, aggregate.Op == "topk", parameter))],
            "count_values" => [.. groups.SelectMany(g => g.Samples.GroupBy(s => s.Value)
                .Select(v => new Sample(g.Key.With(((TextExpression)aggregate.Parameter!).Value, SampleText.Of(v.Key)), v.Count())))],
            _ => [.. groups.Select(g => new Sample(g.Key, Value(aggregate.Op, [.. g.Samples.Select(s => s.Value)], parameter)))],
        };
    }

    // In the order in which they are met.
    private static List<(LabelSet Key, List<Sample> Samples)> Grouped(IReadOnlyList<Sample> samples, LabelMemo group)
    {
        var groups = new List<(LabelSet Key, List<Sample> Samples)>();
        var places = new Dictionary<LabelSet, int>(ReferenceEqualityComparer.Instance);
        foreach (var sample in samples)
        {
            var key = group[sample.Labels];
            if (!places.TryGetValue(key, out var place))
            {
                places[key] = place = groups.Count;
                groups.Add((key, []));
            }
            groups[place].Samples.Add(sample);
        }
        return groups;
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
