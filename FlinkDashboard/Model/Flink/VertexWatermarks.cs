namespace FlinkDashboard.Model.Flink;

/// <summary>The lowest watermark of each vertex, each as old as its question: one vertex is asked at a time, the oldest first.</summary>
/// <param name="ByVertex">By vertex id; vertices without watermarks (sources) and those not asked yet are missing.</param>
/// <param name="Asked">When each was asked.</param>
public sealed record VertexWatermarks(IReadOnlyDictionary<string, Watermark> ByVertex, IReadOnlyDictionary<string, DateTimeOffset> Asked)
{
    /// <summary>Nothing asked yet.</summary>
    public static VertexWatermarks None { get; } = new(new Dictionary<string, Watermark>(), new Dictionary<string, DateTimeOffset>());

    /// <summary>Which to ask next; null when there is none.</summary>
    public string? Next(IEnumerable<string> vertices) => vertices.MinBy(v => Asked.TryGetValue(v, out var at) ? at : DateTimeOffset.MinValue);

    /// <summary>With one more answer: the lowest of its subtasks.</summary>
    public VertexWatermarks With(string vertex, IReadOnlyList<Watermark> subtasks, DateTimeOffset at)
    {
        var lowest = new Dictionary<string, Watermark>(ByVertex, StringComparer.Ordinal);
        if (subtasks.MinBy(w => w.Milliseconds) is { } found)
            lowest[vertex] = found;
        else
            lowest.Remove(vertex);
        return new(lowest, new Dictionary<string, DateTimeOffset>(Asked, StringComparer.Ordinal) { [vertex] = at });
    }
}
