using System.Diagnostics.Metrics;

namespace FlinkDashboard.State.Logs;

/// <summary>What is measured of reading logs.</summary>
internal static class LogTally
{
    private static readonly Meter Meter = new("FlinkDashboard.State");

    /// <summary>Views that are being read.</summary>
    public static readonly UpDownCounter<long> Feeds = Meter.CreateUpDownCounter<long>("flinkdashboard.logs.feeds", "{feed}", "Log views that are being read");

    /// <summary>Live Tail sessions that are open: billed by the minute.</summary>
    public static readonly UpDownCounter<long> Tails = Meter.CreateUpDownCounter<long>("flinkdashboard.logs.tails", "{session}", "Live Tail sessions that are open");

    /// <summary>Lines read.</summary>
    public static readonly Counter<long> Lines = Meter.CreateCounter<long>("flinkdashboard.logs.lines", "{line}", "Log lines read");

    /// <summary>Lines that views no longer keep.</summary>
    public static readonly Counter<long> Dropped = Meter.CreateCounter<long>("flinkdashboard.logs.dropped", "{line}", "Log lines that views no longer keep");
}
