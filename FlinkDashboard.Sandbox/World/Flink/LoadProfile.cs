namespace FlinkDashboard.Sandbox.World.Flink;

/// <summary>
/// How much comes in: a wave over the time of day, <see cref="Low"/> at its beginning and <see cref="High"/> half a period later, what comes on top for some minutes
/// of each hour, and noise. A function of the moment alone whose area can be told for any span without adding it up.
/// </summary>
/// <param name="Period">Length of the wave; it begins anew at midnight UTC of 1970 and <see cref="Shift"/>, so that every cluster and every restart is on the same one.</param>
/// <param name="Low">Least factor on the program's records per second.</param>
/// <param name="High">Greatest factor.</param>
public sealed record LoadProfile(TimeSpan Period, double Low, double High)
{
    private const double Hour = 3_600_000;
    private const double SurgeMean = 35 / 128.0;

    // Swings that each fill a span of this many milliseconds, and their share of the noise. A whole one leaves no area, so sums need only look at the ends.
    private static readonly (long Span, double Share)[] Swings = [(660_000, 0.5), (170_000, 0.3), (47_000, 0.2)];

    /// <summary>How much later than midnight the wave begins.</summary>
    public TimeSpan Shift { get; init; }

    /// <summary>What comes on top at the height of an hourly surge, which lasts about a quarter of the hour.</summary>
    public double Surge { get; init; }

    /// <summary>How far noise goes up and down.</summary>
    public double Noise { get; init; }

    /// <summary>Decides on the noise, and when in an hour the surge comes.</summary>
    public uint Seed { get; init; }

    /// <summary>No factor is greater.</summary>
    public double Most => High + Surge + Noise;

    /// <summary>A day of an object that a seed and a name tell from others: least in the small hours, most in the afternoon.</summary>
    /// <param name="seed">Of the world.</param>
    /// <param name="name">Of the object.</param>
    /// <param name="swing">How far it goes up and down from 1.</param>
    /// <param name="surge">What comes on top in a surge.</param>
    public static LoadProfile Daily(int seed, string name, double swing, double surge)
    {
        var hash = (uint)seed ^ 2166136261u;
        foreach (var c in name)
            hash = (hash ^ c) * 16777619u;
        return new(TimeSpan.FromDays(1), 1 - swing, 1 + swing) { Shift = TimeSpan.FromHours(1 + (4 * Chance(hash, 1))), Surge = surge, Noise = 0.12, Seed = hash };
    }

    /// <summary>Factor at a moment.</summary>
    public double At(DateTimeOffset moment)
    {
        var ms = moment.ToUnixTimeMilliseconds();
        var factor = Low + ((High - Low) * (1 - Math.Cos(Phase(ms))) / 2);
        if (Surge > 0)
        {
            var half = (1 + Math.Cos(Surging(ms))) / 2;
            factor += Surge * half * half * half * half;
        }
        if (Noise > 0)
        {
            foreach (var (span, share) in Swings)
                factor += Noise * share * Height(ms, span) * Math.Sin(2 * Math.PI * (ms % span) / span);
        }
        return factor;
    }

    /// <summary>Mean factor over a span.</summary>
    public double Mean(DateTimeOffset from, DateTimeOffset to)
    {
        var span = (to - from).TotalSeconds;
        return span <= 0 ? At(to) : ((Low + High) / 2) + (Surge * SurgeMean) + ((Area(to.ToUnixTimeMilliseconds()) - Area(from.ToUnixTimeMilliseconds())) / span);
    }

    // What swings around the mean, summed up to a moment but for a constant; seconds.
    private double Area(long ms)
    {
        var area = -(High - Low) / 2 * Period.TotalSeconds / (2 * Math.PI) * Math.Sin(Phase(ms));
        if (Surge > 0)
        {
            // ((1 + cos x) / 2)^4 as a sum of cosines.
            var x = Surging(ms);
            area += Surge * (Hour / 1000) / (2 * Math.PI) * ((7 * Math.Sin(x)) + (7 / 4.0 * Math.Sin(2 * x)) + (Math.Sin(3 * x) / 3) + (Math.Sin(4 * x) / 32)) / 16;
        }
        if (Noise > 0)
        {
            foreach (var (span, share) in Swings)
                area += Noise * share * Height(ms, span) * (span / 1000.0) / (2 * Math.PI) * (1 - Math.Cos(2 * Math.PI * (ms % span) / span));
        }
        return area;
    }

    private double Phase(long ms) => 2 * Math.PI * ((ms - Shift.TotalMilliseconds) / Period.TotalMilliseconds);

    private double Surging(long ms) => 2 * Math.PI * ((ms / Hour) - Chance(Seed, 2));

    // -1 to 1, another one for each swing.
    private double Height(long ms, long span) => (2 * Chance(Seed ^ (uint)span, (uint)(ms / span))) - 1;

    private static double Chance(uint seed, uint number)
    {
        var hash = (seed ^ number) * 2654435769u;
        hash = (hash ^ (hash >> 15)) * 2246822519u;
        hash = (hash ^ (hash >> 13)) * 3266489917u;
        return ((hash ^ (hash >> 16)) >> 8) / (double)(1 << 24);
    }
}
