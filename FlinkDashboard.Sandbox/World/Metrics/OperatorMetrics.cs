using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.World.Metrics;

/// <summary>Metrics of one operator of a subtask, by the ids of Flink's REST API. They agree with those of the task.</summary>
public static class OperatorMetrics
{
    /// <summary>The metrics at a moment.</summary>
    /// <param name="seed">Of the world.</param>
    /// <param name="job">The job.</param>
    /// <param name="vertex">The vertex.</param>
    /// <param name="index">The subtask.</param>
    /// <param name="position">The operator's place in the chain, from 0.</param>
    /// <param name="now">The moment.</param>
    public static Dictionary<string, double> Of(int seed, FlinkJob job, FlinkVertex vertex, int index, int position, DateTimeOffset now)
    {
        var weight = TaskLoad.Weight(seed, job, vertex, index, now);
        var passed = Math.Floor(TaskMetrics.Passed(job, vertex, now, TaskMetrics.RunningSeconds(now, vertex)) * weight);
        var rate = Math.Round(TaskLoad.Rate(job, vertex, now) / vertex.Parallelism * weight, 3);
        // What ends a chain without a task behind it is a sink.
        var writes = position < vertex.Name.Split(" -> ").Length - 1 || TaskMetrics.Writes(job, vertex);
        var values = new Dictionary<string, double>
        {
            ["numRecordsIn"] = passed,
            ["numRecordsInPerSecond"] = rate,
            ["numRecordsOut"] = writes ? passed : 0,
            ["numRecordsOutPerSecond"] = writes ? rate : 0,
            ["numLateRecordsDropped"] = 0,
            ["currentOutputWatermark"] = TaskMetrics.Watermark(vertex, index, now),
        };
        if (position == 0 && vertex.Inputs.Count == 0)
        {
            values["pendingRecords"] = Math.Floor(TaskLoad.Lag(job, vertex, now) / vertex.Parallelism);
            values["watermarkLag"] = now.ToUnixTimeMilliseconds() - TaskMetrics.Watermark(vertex, index, now);
        }
        else
        {
            values["currentInputWatermark"] = TaskMetrics.Watermark(vertex, index, now);
        }
        return values;
    }
}
