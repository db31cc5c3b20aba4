using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.World.Metrics;

/// <summary>
/// What tasks count, as functions of the time they have run: nothing is stored, and the same moment always gives the same number.
/// </summary>
public static class TaskMetrics
{
    private const double BytesPerRecord = 21.5;

    /// <summary>When the present attempt ended; null while it runs.</summary>
    public static DateTimeOffset? Ended(FlinkVertex vertex) =>
        vertex.State is "FINISHED" or "FAILED" or "CANCELED" && vertex.StateTimestamps.TryGetValue(vertex.State, out var at) ? at : null;

    /// <summary>Seconds the present attempt has been RUNNING; 0 before.</summary>
    public static double RunningSeconds(DateTimeOffset now, FlinkVertex vertex) =>
        vertex.StateTimestamps.TryGetValue("RUNNING", out var since) ? Math.Max(0, ((Ended(vertex) ?? now) - since).TotalSeconds) : 0;

    /// <summary>The vertex reads from other tasks.</summary>
    public static bool Reads(FlinkVertex vertex) => vertex.Inputs.Count > 0;

    /// <summary>The vertex writes to other tasks.</summary>
    public static bool Writes(FlinkJob job, FlinkVertex vertex) => job.Vertices.Any(v => v.Inputs.Any(i => i.SourceId == vertex.Id));

    /// <summary>Records that passed one subtask in the last so many seconds.</summary>
    public static double Passed(FlinkJob job, FlinkVertex vertex, DateTimeOffset now, double seconds) =>
        TaskLoad.Count(job, vertex, now - TimeSpan.FromSeconds(seconds), now) / vertex.Parallelism;

    /// <summary>Event time that a subtask has reached: it stays behind by a little, each subtask by its own. Milliseconds since 1970.</summary>
    public static long Watermark(FlinkVertex vertex, int index, DateTimeOffset now) =>
        now.ToUnixTimeMilliseconds() - 450 - (index * 37 % 11 * 20) - (vertex.Inputs.Count * 15);

    /// <summary>All metrics of a subtask, by the ids of Flink's REST API.</summary>
    public static Dictionary<string, double> Subtask(int seed, FlinkJob job, FlinkVertex vertex, int index, DateTimeOffset now)
    {
        var seconds = RunningSeconds(now, vertex);
        // No two subtasks are alike, and no moment is like the next.
        var weight = TaskLoad.Weight(seed, job, vertex, index, now);
        var skew = weight * (1 + (Math.Sin((seconds / 30) + index) * 0.02));
        var rate = TaskLoad.Rate(job, vertex, now) / vertex.Parallelism;
        var passed = Passed(job, vertex, now, seconds) * weight;
        var (read, written) = (Reads(vertex) ? rate : 0, Writes(job, vertex) ? rate : 0);
        var (allRead, allWritten) = (read > 0 ? passed : 0, written > 0 ? passed : 0);
        var (busy, pressed) = (TaskLoad.Busy(job, vertex, now) * 1000, TaskLoad.BackPressured(job, vertex, now) * 1000);
        var worked = TaskLoad.BusySeconds(job, vertex, now - TimeSpan.FromSeconds(seconds), now) / vertex.Parallelism * weight * 1000;
        var values = new Dictionary<string, double>
        {
            ["numRecordsIn"] = Math.Floor(allRead),
            ["numRecordsInPerSecond"] = Math.Round(read * skew, 3),
            ["numRecordsOut"] = Math.Floor(allWritten),
            ["numRecordsOutPerSecond"] = Math.Round(written * skew, 3),
            ["numBytesIn"] = Math.Floor(allRead * BytesPerRecord),
            ["numBytesInPerSecond"] = Math.Round(read * skew * BytesPerRecord, 3),
            ["numBytesOut"] = Math.Floor(allWritten * BytesPerRecord),
            ["numBytesOutPerSecond"] = Math.Round(written * skew * BytesPerRecord, 3),
            ["busyTimeMsPerSecond"] = Math.Round(Math.Min(1000, busy * skew)),
            ["backPressuredTimeMsPerSecond"] = Math.Round(Math.Min(1000, pressed * skew)),
            ["softBackPressuredTimeMsPerSecond"] = Math.Round(Math.Min(1000, pressed * skew)),
            ["hardBackPressuredTimeMsPerSecond"] = 0,
            ["idleTimeMsPerSecond"] = Math.Round(Math.Max(0, 1000 - ((busy + pressed) * skew))),
            ["accumulateBusyTimeMs"] = Math.Floor(worked),
            ["accumulateBackPressuredTimeMs"] = Math.Floor(pressed * seconds),
            ["accumulateIdleTimeMs"] = Math.Floor(Math.Max(0, (1000 * seconds) - worked - (pressed * seconds))),
            ["buffers.inPoolUsage"] = Math.Round(busy / 1000, 3),
            ["buffers.outPoolUsage"] = Math.Round(pressed / 1000, 3),
        };
        if (vertex.Inputs.Count > 0)
            values["currentInputWatermark"] = Watermark(vertex, index, now);
        return values;
    }
}
