using System.Globalization;
using FlinkDashboard.Model.Metrics;
using FlinkDashboard.Ui.Formats;

namespace FlinkDashboard.Ui.Charts;

/// <summary>Values of charts in words, three digits that count: "12.3 k/s", "1.5 GiB", "240 ms", "34 %". Scripts/src/parts/units.js says the same; a test compares both.</summary>
public static class ChartWords
{
    private static readonly string[] Counts = ["", " k", " M", " G", " T", " P"];
    private static readonly string[] Bytes = [" B", " KiB", " MiB", " GiB", " TiB", " PiB", " EiB"];

    /// <summary>A value in a unit; a dash for NaN and infinities.</summary>
    public static string Value(ChartUnit unit, double value)
    {
        if (!double.IsFinite(value))
            return Durations.Dash;
        return unit switch
        {
            ChartUnit.RecordsPerSecond or ChartUnit.PerSecond => Scaled(value, 1000, Counts) + "/s",
            ChartUnit.Bytes => Scaled(value, 1024, Bytes),
            ChartUnit.BytesPerSecond => Scaled(value, 1024, Bytes) + "/s",
            ChartUnit.Seconds => Seconds(value),
            ChartUnit.Ratio => Number(value * 100) + " %",
            ChartUnit.Cores => Number(value),
            _ => Math.Abs(value) < 10_000 ? Number(value) : Scaled(value, 1000, Counts),
        };
    }

    /// <summary>What the numbers of an axis are, beside the title; empty where the numbers say it themselves.</summary>
    public static string Of(ChartUnit unit) => unit switch
    {
        ChartUnit.RecordsPerSecond => "records per second",
        ChartUnit.PerSecond => "per second",
        ChartUnit.Cores => "cores",
        _ => "",
    };

    private static string Number(double value)
    {
        var size = Math.Abs(value);
        var decimals = size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : Math.Min(6, 2 - (int)Math.Floor(Math.Log10(size)));
        var text = size.ToString($"N{decimals}", CultureInfo.InvariantCulture);
        if (decimals > 0)
            text = text.TrimEnd('0').TrimEnd('.');
        return value < 0 && text != "0" ? "−" + text : text;
    }

    private static string Scaled(double value, double step, string[] names)
    {
        var (size, unit) = (Math.Abs(value), 0);
        while (size >= step * 0.9995 && unit < names.Length - 1)
        {
            size /= step;
            unit++;
        }
        return (value < 0 ? "−" : "") + Number(size) + names[unit];
    }

    private static string Seconds(double value)
    {
        if (value < 0)
            return "−" + Seconds(-value);
        if (value == 0)
            return "0 s";
        if (value < 0.9995)
            return Number(value * 1000) + " ms";
        if (value < 59.95)
            return Number(value) + " s";
        var seconds = (long)Math.Round(value, MidpointRounding.AwayFromZero);
        if (seconds < 3600)
            return seconds % 60 == 0 ? $"{seconds / 60} min" : $"{seconds / 60} min {seconds % 60:00} s";
        var minutes = seconds / 60;
        if (minutes < 1440)
            return minutes % 60 == 0 ? $"{minutes / 60} h" : $"{minutes / 60} h {minutes % 60:00} min";
        var hours = minutes / 60;
        var days = (hours / 24).ToString("#,0", CultureInfo.InvariantCulture);
        return hours % 24 == 0 ? $"{days} d" : $"{days} d {hours % 24} h";
    }
}
