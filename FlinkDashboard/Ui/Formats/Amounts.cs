using System.Globalization;

namespace FlinkDashboard.Ui.Formats;

/// <summary>Numbers with their units: bytes (binary, as Kubernetes counts), cores, rates, shares. Unknown is a dash.</summary>
public static class Amounts
{
    private static readonly string[] ByteUnits = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
    private static readonly string[] CountUnits = ["", " k", " M", " G", " T"];

    /// <summary>Bytes as "512 B", "1.5 GiB".</summary>
    public static string Bytes(double? bytes) => bytes is { } value && double.IsFinite(value) ? Scaled(value, 1024, ByteUnits, " ") : Durations.Dash;

    /// <summary>CPU cores as "0.25", "4", "12.5"; below a hundredth as millicores: "3m".</summary>
    public static string Cores(double? cores) => cores switch
    {
        null => Durations.Dash,
        { } value when !double.IsFinite(value) => Durations.Dash,
        > 0 and < 0.01 => $"{Math.Ceiling(cores.Value * 1000)}m",
        < 10 => Number(cores.Value, "0.##"),
        < 100 => Number(cores.Value, "0.#"),
        _ => Number(cores.Value, "#,0"),
    };

    /// <summary>A count with thousands separated: "7,946,558"; a dash when unknown.</summary>
    public static string Count(long? count) => count is { } value ? value.ToString("#,0", CultureInfo.InvariantCulture) : Durations.Dash;

    /// <summary>A rate per second: "12.3 k/s".</summary>
    public static string Rate(double? perSecond) => perSecond is { } value && double.IsFinite(value) ? Scaled(value, 1000, CountUnits, "") + "/s" : Durations.Dash;

    /// <summary>A count with three digits at most: "12.3 k"; a dash when unknown.</summary>
    public static string Short(double? count) => count is { } value && double.IsFinite(value) ? Scaled(value, 1000, CountUnits, "") : Durations.Dash;

    /// <summary>A share of a whole as "42 %"; a dash when either is unknown or the whole is zero.</summary>
    public static string Percent(double? part, double? whole) =>
        part is { } p && whole is { } w and > 0 ? Number(Math.Round(100 * p / w), "#,0") + " %" : Durations.Dash;

    /// <summary>"1 application", "2 applications".</summary>
    public static string Plural(long count, string one, string? many = null) => $"{Count(count)} {(count == 1 ? one : many ?? one + "s")}";

    private static string Scaled(double value, double step, string[] units, string gap)
    {
        var unit = 0;
        var rest = Math.Abs(value);
        while (rest >= step - 0.05 && unit < units.Length - 1)
        {
            rest /= step;
            unit++;
        }

        var text = unit == 0 || rest >= 100 ? Number(rest, "#,0") : Number(rest, "0.#");
        return (value < 0 ? "−" : "") + text + gap + units[unit];
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
