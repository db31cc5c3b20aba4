using System.Globalization;
using System.IO.Compression;
using System.Text;
using FlinkDashboard.Sandbox.Behaviours.Operator.Spec;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Autoscaling;

/// <summary>
/// The autoscaler's memory as its ConfigMap holds it (KubernetesAutoScalerStateStore): YAML as Jackson writes it, the large ones gzipped
/// and in base64.
/// </summary>
internal static class ScalingMemoryText
{
    /// <summary>The ConfigMap's data; a key is there once there is something to say.</summary>
    public static SortedDictionary<string, string> Of(ScalingMemory memory)
    {
        var data = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (memory.Samples.Count > 0)
            data["collectedMetrics"] = Packed(Samples(memory));
        if (memory.History.Count > 0)
            data["scalingHistory"] = Packed(History(memory));
        if (memory.Restarts.Count > 0)
            data["scalingTracking"] = Packed(Restarts(memory));
        if (memory.Overrides.Count > 0)
        {
            data["parallelismOverrides"] = ParallelismOverrides.Write(memory.Overrides);
            data["configOverrides"] = "---\noverrides: {}\nremovals: []\n";
        }
        if (memory.HasDelayed)
            data["delayedScaleDown"] = Delayed(memory);
        return data;
    }

    private static string Samples(ScalingMemory memory)
    {
        var text = new StringBuilder("---\n");
        foreach (var (at, sample) in memory.Samples)
        {
            text.Append(Moment(at)).Append(":\n  vertexMetrics:\n");
            foreach (var (vertex, values) in sample.Vertices)
            {
                text.Append("    ").Append(vertex).Append(":\n");
                Line(text, "      LOAD", values.Load);
                if (values.Lag is { } lag)
                    Line(text, "      LAG", lag);
                Line(text, "      NUM_RECORDS_IN", values.RecordsIn);
                Line(text, "      NUM_RECORDS_OUT", values.RecordsOut);
                Line(text, "      ACCUMULATED_BUSY_TIME", values.BusyTime);
            }
            text.Append("  globalMetrics:\n");
            Line(text, "    GC_PRESSURE", sample.GcPressure);
            Line(text, "    HEAP_MAX_USAGE_RATIO", sample.HeapUsage);
            Line(text, "    NUM_TASK_SLOTS_USED", sample.SlotsUsed);
        }
        return text.ToString();
    }

    private static string History(ScalingMemory memory)
    {
        var text = new StringBuilder("---\n");
        foreach (var (vertex, decisions) in memory.History)
        {
            text.Append(vertex).Append(":\n");
            foreach (var (at, decision) in decisions)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {Moment(at)}:\n    currentParallelism: {decision.From}\n    newParallelism: {decision.To}\n    metrics:\n");
                foreach (var (name, value) in decision.Metrics)
                {
                    text.Append("      ").Append(name).Append(":\n");
                    Line(text, "        current", value.Current);
                    Line(text, "        average", value.Average);
                }
            }
        }
        return text.ToString();
    }

    private static string Restarts(ScalingMemory memory)
    {
        var text = new StringBuilder("---\nscalingRecords:\n");
        foreach (var (at, took) in memory.Restarts)
            text.Append("  ").Append(Moment(at)).Append(took is { } span ? $":\n    restartDuration: {Seconds(span)}\n" : ": {}\n");
        return text.ToString();
    }

    private static string Delayed(ScalingMemory memory)
    {
        if (memory.Delayed.Count == 0)
            return "---\ndelayedVertices: {}\n";
        var text = new StringBuilder("---\ndelayedVertices:\n");
        foreach (var (vertex, delayed) in memory.Delayed)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {vertex}:\n    firstTriggerTime: {Seconds(delayed.First - DateTimeOffset.UnixEpoch)}\n    recommendedParallelisms:\n");
            foreach (var one in delayed.Recommendations)
                text.Append(CultureInfo.InvariantCulture, $"    - triggerTime: {Seconds(one.At - DateTimeOffset.UnixEpoch)}\n      parallelism: {one.Parallelism}\n      outsideUtilizationBound: {(one.IsOutsideBand ? "true" : "false")}\n");
        }
        return text.ToString();
    }

    private static string Packed(string text)
    {
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Fastest))
            zip.Write(Encoding.UTF8.GetBytes(text));
        return Convert.ToBase64String(bytes.ToArray());
    }

    private static void Line(StringBuilder text, string name, double value) => text.Append(name).Append(": ").Append(Java(Evaluated.Round(value))).Append('\n');

    // java.time.Instant.toString: no fraction on a whole second, else milli-, micro- or nanoseconds.
    private static string Moment(DateTimeOffset at)
    {
        var format = at.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-ddTHH:mm:ssZ" : at.Ticks % TimeSpan.TicksPerMillisecond == 0 ? "yyyy-MM-ddTHH:mm:ss.fffZ" : "yyyy-MM-ddTHH:mm:ss.ffffffZ";
        return at.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
    }

    private static string Seconds(TimeSpan span) => (span.Ticks / (decimal)TimeSpan.TicksPerSecond).ToString("0.000000000", CultureInfo.InvariantCulture);

    // java.lang.Double.toString: at least one decimal, an exponent from ten million on and below a thousandth.
    private static string Java(double value)
    {
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
        var size = Math.Abs(value);
        if (size is 0 or (>= 1e-3 and < 1e7))
            return value.ToString("0.0##############", CultureInfo.InvariantCulture);
        return value.ToString("0.0##############E0", CultureInfo.InvariantCulture);
    }
}
