namespace FlinkDashboard.Sandbox.World.Metrics.Kubernetes;

/// <summary>What a running container has used: the same curves as metrics-server's answers, summed up since its start.</summary>
internal sealed record ContainerUse(PodState Pod, ContainerState Container, DateTimeOffset Since)
{
    private const double DefaultCores = 0.05;
    private const double DefaultBytes = 96 * 1024 * 1024;
    private readonly double _slow = UsageMetrics.Phase(Pod.Uid, Container.Name);
    private readonly double _fast = UsageMetrics.Phase(Container.Name, Pod.Uid);

    private double Seconds(DateTimeOffset moment) => Math.Max(0, (moment - Since).TotalSeconds);

    /// <summary>Seconds of CPU.</summary>
    public double CpuSeconds(DateTimeOffset moment)
    {
        var seconds = Seconds(moment);
        var from = (moment.ToUnixTimeMilliseconds() / 1000.0) - seconds;
        // 0.25 and the mean of the noise, then the two waves.
        return (Container.CpuRequest is > 0 and var cores ? cores : DefaultCores)
            * ((0.3 * seconds) + (0.35 * Wave(from, from + seconds, 3600, _slow)) + (0.15 * Wave(from, from + seconds, 420, _fast)));
    }

    /// <summary>Bytes in memory.</summary>
    public double WorkingSet(DateTimeOffset moment) =>
        UsageMetrics.MemoryAt(Pod.Uid, Container.Name, (long)(Container.MemoryRequest is > 0 and var bytes ? bytes : DefaultBytes), moment);

    /// <summary>Periods of 100 ms in which it ran.</summary>
    public double Periods(DateTimeOffset moment) => Math.Floor(Seconds(moment) * 9.5);

    /// <summary>Periods in which it was held back: some containers often, most never.</summary>
    public double ThrottledPeriods(DateTimeOffset moment) => Math.Floor(Periods(moment) * Math.Max(0, _slow - 0.6) * 0.3);

    /// <summary>Bytes on the node's disk: logs and what it unpacked.</summary>
    public double DiskBytes(DateTimeOffset moment) => Math.Floor((2_000_000 + (Seconds(moment) * 900 % 80_000_000)) / 4096) * 4096;

    /// <summary>Bytes received.</summary>
    public double Received(DateTimeOffset moment) => Math.Floor(Seconds(moment) * (4_000 + (60_000 * _fast)));

    /// <summary>Bytes sent.</summary>
    public double Sent(DateTimeOffset moment) => Math.Floor(Seconds(moment) * (3_000 + (55_000 * _slow)));

    // Area under a wave between 0 and 1.
    private static double Wave(double from, double to, double period, double phase)
    {
        double Cos(double at) => Math.Cos(((at / period) + phase) * 2 * Math.PI);
        return (0.5 * (to - from)) + (0.5 * period / (2 * Math.PI) * (Cos(from) - Cos(to)));
    }
}
