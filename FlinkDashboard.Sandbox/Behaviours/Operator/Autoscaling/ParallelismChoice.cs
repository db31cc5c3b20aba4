namespace FlinkDashboard.Sandbox.Behaviours.Operator.Autoscaling;

/// <summary>Chooses the parallelism of a vertex by its evaluated metrics (JobVertexScaler).</summary>
/// <param name="options">Options.</param>
/// <param name="memory">What was decided and put off before.</param>
/// <param name="now">The moment.</param>
/// <param name="restart">How long a restart takes.</param>
/// <param name="ineffective">Told when the last scale-up did not help: expected and actual increase.</param>
internal sealed class ParallelismChoice(ScalingOptions options, ScalingMemory memory, DateTimeOffset now, TimeSpan restart, Action<string, double, double> ineffective)
{
    /// <summary>The decision, or null for no change.</summary>
    public (ScalingSummary Summary, bool IsOutsideBand)? Of(VertexEvaluation vertex)
    {
        var rate = vertex.TrueRate;
        var target = vertex.Capacity(options, options.Target, true, restart);
        if (double.IsNaN(rate) || double.IsNaN(target))
            return null;
        // A vertex without input is thought infinitely fast: it goes down as far as it may.
        var factor = Math.Clamp(target / rate, 1 - options.MaxScaleDown, 1 + options.MaxScaleUp);
        var current = vertex.Vertex.Parallelism;
        var wanted = Scale(vertex, current, factor);
        if (wanted == current)
        {
            memory.Delayed.Remove(vertex.Vertex.Id);
            return null;
        }
        vertex.Metrics["EXPECTED_PROCESSING_RATE"] = Evaluated.Of(rate * factor);
        return wanted > current ? Up(vertex, current, wanted) : Down(vertex, current, wanted);
    }

    private int Scale(VertexEvaluation vertex, int current, double factor)
    {
        var maximum = vertex.Vertex.MaxParallelism;
        var lower = Math.Min(current, options.MinParallelism);
        var upper = Math.Min(maximum, Math.Max(current, options.MaxParallelism));
        var wanted = Math.Min(Math.Max(lower, (int)Math.Min(Math.Ceiling(factor * current), int.MaxValue)), upper);
        return wanted == current || options.Alignment == "OFF" || vertex.Vertex.Inputs.All(i => i.ShipStrategy != "HASH") ? wanted : Aligned(wanted, current, maximum, upper);
    }

    // To the first parallelism that spreads the key groups evenly or, balanced, at least gives a subtask fewer of them (BuiltInAlignmentMode).
    private int Aligned(int wanted, int current, int groups, int upper)
    {
        var end = wanted > current ? upper : Math.Min(current, upper);
        for (var p = wanted; p <= end; p++)
        {
            if (groups % p == 0 || (options.Alignment != "EVENLY_SPREAD" && groups / p < groups / wanted))
                return p;
        }
        return wanted;
    }

    private (ScalingSummary, bool)? Up(VertexEvaluation vertex, int current, int wanted)
    {
        memory.Delayed.Remove(vertex.Vertex.Id);
        if (memory.History.TryGetValue(vertex.Vertex.Id, out var history) && history.Count > 0 && history.Last().Value is var last
            && last.To == current && last.To > last.From && IsIneffective(vertex, last) && options.BlocksIneffective)
            return null;
        return (new ScalingSummary(current, wanted, vertex.Metrics), vertex.IsOutsideBand);
    }

    private bool IsIneffective(VertexEvaluation vertex, ScalingSummary last)
    {
        var before = last.Metrics["TRUE_PROCESSING_RATE"].Average;
        var expected = last.Metrics["EXPECTED_PROCESSING_RATE"].Current - before;
        var actual = vertex.TrueRate - before;
        if (actual / expected >= options.EffectivenessThreshold)
            return false;
        ineffective(vertex.Vertex.Id, expected, actual);
        return true;
    }

    // Down only when it has been wanted for the whole interval, and then to the greatest parallelism wanted within it.
    private (ScalingSummary, bool)? Down(VertexEvaluation vertex, int current, int wanted)
    {
        var interval = options.ScaleDownInterval;
        if (interval <= TimeSpan.Zero)
            return (new ScalingSummary(current, wanted, vertex.Metrics), vertex.IsOutsideBand);
        if (!memory.Delayed.TryGetValue(vertex.Vertex.Id, out var delayed))
            memory.Delayed[vertex.Vertex.Id] = delayed = new DelayedScaleDown(now);
        memory.HasDelayed = true;
        while (delayed.Recommendations.Last is { } newest && newest.Value.Parallelism <= wanted)
            delayed.Recommendations.RemoveLast();
        delayed.Recommendations.AddLast(new Recommendation(now, wanted, vertex.IsOutsideBand));
        var from = now - interval;
        if (from < delayed.First)
            return null;
        while (delayed.Recommendations.First!.Value.At < from)
            delayed.Recommendations.RemoveFirst();
        var greatest = delayed.Recommendations.First.Value;
        return (new ScalingSummary(current, greatest.Parallelism, vertex.Metrics), greatest.IsOutsideBand);
    }
}
