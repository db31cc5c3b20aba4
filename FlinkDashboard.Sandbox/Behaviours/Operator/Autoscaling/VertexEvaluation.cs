using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Autoscaling;

/// <summary>An evaluated metric: its newest value and its average over the window; NaN for what it has not.</summary>
internal readonly record struct Evaluated(double Current, double Average)
{
    public static Evaluated Of(double current) => new(Round(current), double.NaN);

    public static Evaluated Mean(double average) => new(double.NaN, Round(average));

    // Three decimals, but never down to zero (ScalingMetrics.roundMetric).
    public static double Round(double value) => double.IsFinite(value) && Math.Round(value, 3) is var rounded && rounded != 0 ? rounded : value;
}

/// <summary>What the window of samples says about a vertex (ScalingMetricEvaluator), by the names of the metrics.</summary>
internal sealed class VertexEvaluation
{
    private VertexEvaluation(FlinkVertex vertex) => Vertex = vertex;

    public FlinkVertex Vertex { get; }

    public Dictionary<string, Evaluated> Metrics { get; } = [];

    public double TrueRate => Metrics["TRUE_PROCESSING_RATE"].Average;

    public double TargetRate => Metrics["TARGET_DATA_RATE"].Average;

    public double CatchUpRate => Metrics["CATCH_UP_DATA_RATE"].Current;

    /// <summary>Outside the band of utilisation in which nothing is done.</summary>
    public bool IsOutsideBand => TrueRate < Metrics["SCALE_UP_RATE_THRESHOLD"].Current || TrueRate > Metrics["SCALE_DOWN_RATE_THRESHOLD"].Current;

    /// <summary>Evaluates all vertices of a job, sources first.</summary>
    public static IReadOnlyList<VertexEvaluation> OfAll(FlinkJob job, SortedDictionary<DateTimeOffset, MetricSample> window, ScalingOptions options, TimeSpan restart)
    {
        var latest = window.Last().Value;
        var backlog = job.Vertices.Any(v => latest.Vertices[v.Id].Lag is { } lag && Rate(window, v.Id, s => s.RecordsIn) is var rate && lag / rate > options.BacklogThreshold.TotalSeconds);
        var done = new Dictionary<string, VertexEvaluation>();
        foreach (var vertex in job.Vertices)
            done[vertex.Id] = Of(vertex, window, done, options, restart, backlog);
        return [.. done.Values];
    }

    /// <summary>Records per second a vertex must be able to process (AutoScalerUtils.getTargetProcessingCapacity).</summary>
    public double Capacity(ScalingOptions options, double utilization, bool withRestart, TimeSpan restart)
    {
        var share = Math.Clamp(utilization, 0, 1);
        if (share == 0)
            return double.PositiveInfinity;
        var catchUp = options.CatchUp.TotalSeconds;
        var restarting = withRestart && catchUp > 0 ? TargetRate * restart.TotalSeconds / catchUp : 0;
        return Math.Round(CatchUpRate + restarting + (TargetRate / share), MidpointRounding.AwayFromZero);
    }

    private static VertexEvaluation Of(FlinkVertex vertex, SortedDictionary<DateTimeOffset, MetricSample> window, Dictionary<string, VertexEvaluation> done,
        ScalingOptions options, TimeSpan restart, bool backlog)
    {
        var result = new VertexEvaluation(vertex);
        var latest = window.Last().Value.Vertices[vertex.Id];
        var rate = Rate(window, vertex.Id, s => s.RecordsIn);
        result.Target(window, done, options, rate, latest);
        var load = window.Values.Average(s => s.Vertices[vertex.Id].Load);
        result.Metrics["TRUE_PROCESSING_RATE"] = Evaluated.Mean(rate == 0 ? double.PositiveInfinity : rate / load);
        result.Metrics["LOAD"] = Evaluated.Mean(load);
        if (latest.Lag is { } lag)
            result.Metrics["LAG"] = Evaluated.Of(lag);
        result.Metrics["PARALLELISM"] = Evaluated.Of(vertex.Parallelism);
        result.Metrics["MAX_PARALLELISM"] = Evaluated.Of(vertex.MaxParallelism);
        result.Metrics["NUM_SOURCE_PARTITIONS"] = Evaluated.Of(0);
        // While a backlog is worked off, full use is fine and nothing is scaled down.
        result.Metrics["SCALE_UP_RATE_THRESHOLD"] = Evaluated.Of(result.Capacity(options, backlog ? 1 : options.UtilizationMax, false, restart));
        result.Metrics["SCALE_DOWN_RATE_THRESHOLD"] = Evaluated.Of(result.Capacity(options, backlog ? 0 : options.UtilizationMin, true, restart));
        return result;
    }

    private void Target(SortedDictionary<DateTimeOffset, MetricSample> window, Dictionary<string, VertexEvaluation> done, ScalingOptions options, double rate, VertexSample latest)
    {
        if (Vertex.Inputs.Count == 0)
        {
            var catchUp = options.CatchUp.TotalSeconds;
            Metrics["TARGET_DATA_RATE"] = Evaluated.Mean(Math.Max(0, rate + Rate(window, Vertex.Id, s => s.Lag ?? 0)));
            Metrics["CATCH_UP_DATA_RATE"] = Evaluated.Of(catchUp == 0 ? 0 : (latest.Lag ?? 0) / catchUp);
            return;
        }
        double target = 0, extra = 0;
        foreach (var input in Vertex.Inputs.Where(i => done.ContainsKey(i.SourceId)))
        {
            var ratio = Ratio(window, input.SourceId, rate);
            target += done[input.SourceId].TargetRate * ratio;
            extra += done[input.SourceId].CatchUpRate * ratio;
        }
        Metrics["TARGET_DATA_RATE"] = Evaluated.Mean(target);
        Metrics["CATCH_UP_DATA_RATE"] = Evaluated.Of(extra);
    }

    // Records out for each record in of the vertex before; with several inputs each has its own share.
    private double Ratio(SortedDictionary<DateTimeOffset, MetricSample> window, string from, double rate)
    {
        var input = Rate(window, from, s => s.RecordsIn);
        if (input == 0)
            return 0;
        var others = Vertex.Inputs.Where(i => i.SourceId != from).Sum(i => Rate(window, i.SourceId, s => s.RecordsOut));
        return Vertex.Inputs.Count == 1 ? rate / input : Math.Max(0, rate - others) / input;
    }

    private static double Rate(SortedDictionary<DateTimeOffset, MetricSample> window, string vertex, Func<VertexSample, double> of)
    {
        var (first, last) = (window.First(), window.Last());
        return (of(last.Value.Vertices[vertex]) - of(first.Value.Vertices[vertex])) / Math.Max(0.001, (last.Key - first.Key).TotalSeconds);
    }
}
