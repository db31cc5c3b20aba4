namespace FlinkDashboard.Model.Flink.Readings;

/// <summary>A stretch of time in one state.</summary>
/// <param name="State">JobStatus or ExecutionState.</param>
/// <param name="From">When it was entered.</param>
/// <param name="To">When the next was entered; null while it lasts.</param>
public sealed record StateSpan(string State, DateTimeOffset From, DateTimeOffset? To);

/// <summary>A vertex over time: from the deployment of its present attempt on.</summary>
public sealed record VertexSpan(string Id, string Name, TaskState State, DateTimeOffset? From, DateTimeOffset? To);

/// <summary>
/// When a job and its vertices changed their states. Flink keeps the last time each state was entered, so a job that was in a state twice shows the later
/// stay only; restarts before that are told by its exceptions.
/// </summary>
/// <param name="From">Left edge: the start of the job.</param>
/// <param name="To">Right edge: its end, or now.</param>
/// <param name="States">Of the job, in order.</param>
/// <param name="Vertices">In topological order.</param>
public sealed record JobTimeline(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<StateSpan> States, IReadOnlyList<VertexSpan> Vertices)
{
    private static readonly HashSet<string> Final = ["FINISHED", "CANCELED", "FAILED", "SUSPENDED"];

    /// <summary>Reads a job; null when it has no time at all.</summary>
    public static JobTimeline? Of(JobDetails job)
    {
        var states = Spans(job.Timestamps, job.EndTime);
        if ((job.StartTime ?? states.FirstOrDefault()?.From) is not { } start)
            return null;
        var end = job.EndTime ?? job.Now ?? start;
        return new(start < end ? start : end, end, states, [.. job.Vertices.Select(v => new VertexSpan(v.Id, v.Name, v.Status, v.StartTime, v.EndTime))]);
    }

    /// <summary>States from the times they were entered; the last one goes on unless it is final.</summary>
    public static IReadOnlyList<StateSpan> Spans(IReadOnlyDictionary<string, DateTimeOffset?> entered, DateTimeOffset? end)
    {
        var order = entered.Where(e => e.Value is not null).Select(e => (State: e.Key, At: e.Value!.Value)).OrderBy(e => e.At).ThenBy(e => Final.Contains(e.State)).ToList();
        return [.. order.Select((e, i) => new StateSpan(e.State, e.At, i + 1 < order.Count ? order[i + 1].At : Final.Contains(e.State) ? e.At : end))];
    }

    /// <summary>Place of a moment on the line, 0 to 1.</summary>
    public double Place(DateTimeOffset at) => To <= From ? 0 : Math.Clamp((at - From) / (To - From), 0, 1);
}
