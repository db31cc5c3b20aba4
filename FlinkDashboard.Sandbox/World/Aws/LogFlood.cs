using System.Globalization;

namespace FlinkDashboard.Sandbox.World.Aws;

/// <summary>
/// A Flink container that logs very much, for load tests: numbered lines in Flink's layout, so that a reader can tell exactly which it did not
/// get. They go into the container's log, and from there to CloudWatch and S3 if the pod's logs are shipped.
/// </summary>
/// <param name="world">Where the pod is.</param>
/// <param name="real">Real time, which sets the pace; the lines bear simulated time.</param>
public sealed class LogFlood(SandboxWorld world, TimeProvider real)
{
    private const string FlinkContainer = "flink-main-container";
    private const string Marker = " [] - line ";
    private const int MostAtOnce = 500;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    /// <summary>One line of a flood.</summary>
    /// <param name="time">When it is written.</param>
    /// <param name="number">Its number in the flood, from 1.</param>
    public static string Line(DateTimeOffset time, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.UtcDateTime:yyyy-MM-dd HH:mm:ss,fff} INFO  {"org.example.flood.Source",-60}{Marker}{number:d8}");

    /// <summary>The number of a line of a flood; null for any other line.</summary>
    public static long? NumberOf(string line) =>
        line.LastIndexOf(Marker, StringComparison.Ordinal) is var at and >= 0 && long.TryParse(line.AsSpan(at + Marker.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Writes until the time is over.</summary>
    /// <param name="pod">Name of the pod.</param>
    /// <param name="linesPerSecond">Lines per real second.</param>
    /// <param name="duration">Real time.</param>
    /// <param name="cancel">Ends it early, without an exception.</param>
    /// <returns>How many lines were written: the highest number.</returns>
    /// <exception cref="ArgumentException">There is no such pod.</exception>
    public async Task<long> RunAsync(string pod, int linesPerSecond, TimeSpan duration, CancellationToken cancel = default)
    {
        var found = world.Objects.List(ResourceTypes.Pods).Items.FirstOrDefault(p => p.Name == pod) ?? throw new ArgumentException($"There is no pod {pod}.", nameof(pod));
        var restart = (int)(found.Read().Items("status", "containerStatuses").FirstOrDefault(c => c.Text("name") == FlinkContainer).Number("restartCount") ?? 0);
        var (begin, written, total) = (real.GetTimestamp(), 0L, (long)(linesPerSecond * duration.TotalSeconds));
        using var timer = new PeriodicTimer(Tick, real);
        while (written < total && !cancel.IsCancellationRequested)
        {
            var due = Math.Min(total, (long)(linesPerSecond * real.GetElapsedTime(begin).TotalSeconds));
            for (; written < due; written += MostAtOnce)
            {
                var (now, first) = (world.Now, written + 1);
                world.Logs.Append(found.Uid, FlinkContainer, restart, now, string.Join('\n', Enumerable.Range(0, (int)Math.Min(MostAtOnce, due - written)).Select(i => Line(now, first + i))));
            }
            written = due;
            if (written < total)
                await ((Task)timer.WaitForNextTickAsync(cancel).AsTask()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return written;
    }
}
