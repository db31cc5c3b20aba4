using FlinkDashboard.Sandbox.World.Metrics;

namespace FlinkDashboard.Sandbox.Protocols.PrometheusApi.Query;

/// <summary>
/// What an expression makes of label sets. A query meets the same ones at each of its moments: each is worked out once, and equal results are one object.
/// </summary>
/// <param name="make">Works it out.</param>
internal sealed class LabelMemo(Func<LabelSet, LabelSet> make)
{
    private readonly Dictionary<LabelSet, LabelSet> _known = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<LabelSet, LabelSet> _results = [];

    /// <summary>What it makes of a label set.</summary>
    public LabelSet this[LabelSet labels]
    {
        get
        {
            if (_known.TryGetValue(labels, out var known))
                return known;
            var made = make(labels);
            if (!_results.TryGetValue(made, out var result))
                _results[made] = result = made;
            return _known[labels] = result;
        }
    }
}
