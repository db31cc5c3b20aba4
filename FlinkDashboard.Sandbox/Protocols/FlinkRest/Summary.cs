using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.Protocols.FlinkRest;

/// <summary>Minimum, maximum, average and percentiles of a checkpoint measure; percentiles are the text NaN before the first value.</summary>
internal static class Summary
{
    private static readonly (string Name, double Percent)[] Percentiles = [("p50", 50), ("p90", 90), ("p95", 95), ("p99", 99), ("p999", 99.9)];

    /// <summary>Of all values.</summary>
    public static JsonObject Of(IEnumerable<long> values)
    {
        var sorted = values.Order().ToList();
        var summary = new JsonObject
        {
            ["min"] = sorted.Count > 0 ? sorted[0] : 0,
            ["max"] = sorted.Count > 0 ? sorted[^1] : 0,
            ["avg"] = sorted.Count > 0 ? sorted.Sum() / sorted.Count : 0,
        };
        foreach (var (name, percent) in Percentiles)
            summary[name] = sorted.Count == 0 ? (JsonNode)"NaN" : JsonNumber.Of(Percentile(sorted, percent));
        return summary;
    }

    // Between the two neighbours of position p(n+1), as commons-math does, whose numbers were recorded.
    private static double Percentile(List<long> sorted, double percent)
    {
        var position = percent * (sorted.Count + 1) / 100;
        var below = (int)Math.Floor(position);
        return below < 1 ? sorted[0]
            : below >= sorted.Count ? sorted[^1]
            : sorted[below - 1] + ((position - below) * (sorted[below] - sorted[below - 1]));
    }
}
