namespace FlinkDashboard.Sandbox.World.Flink;

/// <summary>How much comes in, as a wave over the time of day: <see cref="Low"/> at its beginning, <see cref="High"/> half a period later.</summary>
/// <param name="Period">Length of the wave; it begins anew at midnight UTC of 1970, so that every cluster and every restart is on the same one.</param>
/// <param name="Low">Least factor on the program's records per second.</param>
/// <param name="High">Greatest factor.</param>
public sealed record LoadProfile(TimeSpan Period, double Low, double High)
{
    /// <summary>Factor at a moment.</summary>
    public double At(DateTimeOffset moment) => Low + ((High - Low) * (1 - Math.Cos(Phase(moment))) / 2);

    /// <summary>Mean factor over a span.</summary>
    public double Mean(DateTimeOffset from, DateTimeOffset to)
    {
        var span = (to - from).TotalSeconds;
        if (span <= 0)
            return At(to);
        var wave = (Math.Sin(Phase(to)) - Math.Sin(Phase(from))) * Period.TotalSeconds / (2 * Math.PI * span);
        return ((Low + High) / 2) - ((High - Low) / 2 * wave);
    }

    private double Phase(DateTimeOffset moment) => 2 * Math.PI * (moment.ToUnixTimeMilliseconds() / Period.TotalMilliseconds);
}
