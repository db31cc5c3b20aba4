using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World.Flink;
using FlinkDashboard.Sandbox.World.Metrics.Flink;

namespace FlinkDashboard.Sandbox.Protocols.FlinkRest;

/// <summary>
/// What tasks count, as functions of the time they have run: nothing is stored, and the same moment always gives the same number.
/// The JobManager fetches metrics every ten seconds, so until then they are unknown (incomplete).
/// </summary>
internal static class TaskNumbers
{
    private const double BytesPerRecord = 21.5;
    private static readonly TimeSpan Fetched = TimeSpan.FromSeconds(10);

    /// <summary>The <c>metrics</c> of some subtasks of a vertex together.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="job">The job.</param>
    /// <param name="vertex">The vertex, or an earlier attempt of it.</param>
    /// <param name="subtasks">How many.</param>
    /// <param name="weight">Their weights together (<see cref="TaskLoad.Weight"/>); those of all subtasks add up to their number.</param>
    public static JsonObject Io(DateTimeOffset now, FlinkJob job, FlinkVertex vertex, int subtasks, double weight)
    {
        var seconds = TaskMetrics.RunningSeconds(now, vertex);
        var known = seconds > Fetched.TotalSeconds;
        var time = known ? seconds * subtasks : 0;
        var end = JobAnswers.Ended(vertex) ?? now;
        var passed = known ? (long)(TaskMetrics.Passed(job, vertex, end, seconds) * weight) : 0;
        var (read, written) = (TaskMetrics.Reads(vertex) ? passed : 0, TaskMetrics.Writes(job, vertex) ? passed : 0);
        var busy = known ? TaskLoad.BusySeconds(job, vertex, end - TimeSpan.FromSeconds(seconds), end) / vertex.Parallelism * weight : 0;
        var pressed = known ? TaskLoad.BackPressuredSeconds(job, vertex, end - TimeSpan.FromSeconds(seconds), end) * subtasks : 0;
        return new JsonObject
        {
            ["read-bytes"] = (long)(read * BytesPerRecord),
            ["read-bytes-complete"] = known,
            ["write-bytes"] = (long)(written * BytesPerRecord),
            ["write-bytes-complete"] = known,
            ["read-records"] = read,
            ["read-records-complete"] = known,
            ["write-records"] = written,
            ["write-records-complete"] = known,
            ["accumulated-backpressured-time"] = (long)(pressed * 1000),
            ["accumulated-idle-time"] = (long)(Math.Max(0, time - busy - pressed) * 1000),
            ["accumulated-busy-time"] = JsonNumber.Of(Math.Floor(busy * 1000)),
        };
    }
}
