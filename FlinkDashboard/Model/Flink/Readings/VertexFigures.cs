namespace FlinkDashboard.Model.Flink.Readings;

/// <summary>One vertex with everything the graph and its table show. Shares are 0 to 1 and NaN where not known; rates are per second and NaN where not known.</summary>
/// <param name="Id">32 hexadecimal digits.</param>
/// <param name="Name">The chained operators, joined by arrows as Flink does.</param>
/// <param name="Chain">The chained operators, the first of them first.</param>
/// <param name="Busy">Share at work, mean over subtasks.</param>
/// <param name="Busiest">Share at work of the busiest subtask.</param>
/// <param name="Pressed">Share waiting for a slower successor, mean over subtasks.</param>
/// <param name="MostPressed">The same of the subtask that waits most.</param>
/// <param name="Idle">Share without input, mean over subtasks.</param>
/// <param name="RecordsIn">Records received by all subtasks of the present attempt; null while Flink does not know.</param>
/// <param name="Skew">Mean deviation of records received from their mean over subtasks, in percent, at most 100.</param>
/// <param name="Watermark">The lowest watermark of its subtasks; null for sources and while not known.</param>
public sealed record VertexFigures(string Id, string Name, IReadOnlyList<string> Chain, int Parallelism, int MaxParallelism, TaskState State, StateCounts Tasks,
    double Busy, double Busiest, double Pressed, double MostPressed, double Idle, long? RecordsIn, long? RecordsOut, long? BytesIn, long? BytesOut,
    double RecordsInRate, double RecordsOutRate, double BytesInRate, double BytesOutRate, double Skew, Watermark? Watermark, DateTimeOffset? Start, DateTimeOffset? End, TimeSpan? Duration)
{
    /// <summary>Name of the first operator, which stands large.</summary>
    public string Title => Chain[0];

    /// <summary>The operators chained behind it; empty for none.</summary>
    public string Rest => string.Join(" → ", Chain.Skip(1));

    /// <summary>The largest share of back pressure that is known.</summary>
    public double WorstPressed => Largest(Pressed, MostPressed);

    /// <summary>The largest share of work that is known.</summary>
    public double WorstBusy => Largest(Busy, Busiest);

    /// <summary>Puts together what is known of one vertex.</summary>
    /// <param name="rates">From two observations of the whole job; null before the second.</param>
    /// <param name="load">From the metrics of its subtasks; null before they were asked.</param>
    /// <param name="watermark">The lowest of its subtasks.</param>
    public static VertexFigures Of(JobVertex vertex, VertexRates? rates, VertexLoad? load, Watermark? watermark)
    {
        var metrics = vertex.Metrics;
        var (busy, pressed) = (rates?.Busy ?? load?.BusyShare ?? double.NaN, rates?.BackPressured ?? load?.BackPressured ?? double.NaN);
        return new(vertex.Id, vertex.Name, ChainOf(vertex.Name), vertex.Parallelism, vertex.MaxParallelism, vertex.Status, vertex.Tasks,
            busy, load?.BusiestShare ?? double.NaN, pressed, load?.MostBackPressured ?? double.NaN, rates?.Idle ?? Math.Max(0, 1 - busy - pressed),
            Known(metrics.ReadRecords, metrics.ReadRecordsComplete), Known(metrics.WriteRecords, metrics.WriteRecordsComplete), Known(metrics.ReadBytes, metrics.ReadBytesComplete), Known(metrics.WriteBytes, metrics.WriteBytesComplete),
            rates?.RecordsIn ?? load?.RecordsIn ?? double.NaN, rates?.RecordsOut ?? load?.RecordsOut ?? double.NaN, rates?.BytesIn ?? double.NaN, rates?.BytesOut ?? double.NaN,
            load?.Skew ?? double.NaN, watermark, vertex.StartTime, vertex.EndTime, vertex.Duration);
    }

    /// <summary>The operators of a vertex's name.</summary>
    public static IReadOnlyList<string> ChainOf(string name)
    {
        var parts = name.Split(" -> ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return parts.Length == 0 ? ["(no name)"] : parts;
    }

    private static long? Known(long count, bool complete) => complete ? count : null;

    private static double Largest(double one, double other) => double.IsNaN(one) ? other : double.IsNaN(other) ? one : Math.Max(one, other);
}

/// <summary>How unlike numbers are: mean deviation in percent of the mean, at most 100, as Flink counts it since 1.20.</summary>
public static class SkewOf
{
    /// <summary>NaN without numbers or when all are zero.</summary>
    public static double Numbers(IReadOnlyCollection<double> numbers)
    {
        if (numbers.Count == 0 || numbers.Average() is not (> 0 and var mean))
            return double.NaN;
        return Math.Min(100, numbers.Average(n => Math.Abs(n - mean)) / mean * 100);
    }
}
