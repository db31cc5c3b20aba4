namespace FlinkDashboard.Model.Flink.Readings;

/// <summary>One checkpoint of the trend.</summary>
/// <param name="Height">Duration as a share of the longest, 0 to 1.</param>
/// <param name="Full">State size as a share of the largest, 0 to 1.</param>
/// <param name="Written">Bytes written as a share of the largest state, 0 to 1: less than <paramref name="Full"/> for incremental ones.</param>
public sealed record TrendPoint(Checkpoint Checkpoint, double Height, double Full, double Written);

/// <summary>How duration and size of the kept checkpoints went, oldest first, and what that means in words.</summary>
/// <param name="Points">Oldest first.</param>
/// <param name="Longest">The longest duration.</param>
/// <param name="Largest">The largest state in bytes.</param>
public sealed record CheckpointTrend(IReadOnlyList<TrendPoint> Points, TimeSpan Longest, long Largest)
{
    /// <summary>From the kept history, in any order.</summary>
    public static CheckpointTrend Of(IReadOnlyList<Checkpoint> history)
    {
        var ended = history.OrderBy(c => c.TriggerTimestamp).ThenBy(c => c.Id).ToList();
        var longest = ended.Count == 0 ? TimeSpan.Zero : ended.Max(c => c.EndToEndDuration ?? TimeSpan.Zero);
        var largest = ended.Count == 0 ? 0 : ended.Max(c => c.StateSize);
        double Part(double part, double whole) => whole <= 0 ? 0 : Math.Clamp(part / whole, 0, 1);
        return new([.. ended.Select(c => new TrendPoint(c, Part((c.EndToEndDuration ?? TimeSpan.Zero).TotalMilliseconds, longest.TotalMilliseconds), Part(c.StateSize, largest), Part(c.CheckpointedSize, largest)))], longest, largest);
    }

    /// <summary>
    /// How the newer half compares with the older half of the completed ones: a factor above 1 when it grows; null with fewer than four, or savepoints only.
    /// </summary>
    public double? Growth(Func<Checkpoint, double> measure)
    {
        var all = Points.Select(p => p.Checkpoint).Where(c => c.IsCompleted && !c.IsSavepoint).Select(measure).ToList();
        if (all.Count < 4)
            return null;
        var (older, newer) = (all.Take(all.Count / 2).Average(), all.Skip(all.Count - (all.Count / 2)).Average());
        return older > 0 ? newer / older : null;
    }
}
