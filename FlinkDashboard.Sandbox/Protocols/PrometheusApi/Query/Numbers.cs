namespace FlinkDashboard.Sandbox.Protocols.PrometheusApi.Query;

/// <summary>Functions of one number.</summary>
internal static class Numbers
{
    private static readonly Dictionary<string, Func<double, double>> Plain = new()
    {
        ["abs"] = Math.Abs,
        ["ceil"] = Math.Ceiling,
        ["floor"] = Math.Floor,
        ["sqrt"] = Math.Sqrt,
        ["exp"] = Math.Exp,
        ["ln"] = Math.Log,
        ["log2"] = Math.Log2,
        ["log10"] = Math.Log10,
        ["sgn"] = v => double.IsNaN(v) ? v : Math.Sign(v),
        ["sin"] = Math.Sin,
        ["cos"] = Math.Cos,
        ["tan"] = Math.Tan,
        ["asin"] = Math.Asin,
        ["acos"] = Math.Acos,
        ["atan"] = Math.Atan,
        ["sinh"] = Math.Sinh,
        ["cosh"] = Math.Cosh,
        ["tanh"] = Math.Tanh,
        ["asinh"] = Math.Asinh,
        ["acosh"] = Math.Acosh,
        ["atanh"] = Math.Atanh,
        ["deg"] = v => v * 180 / Math.PI,
        ["rad"] = v => v * Math.PI / 180,
    };

    /// <summary>Those that take nothing else.</summary>
    public static IEnumerable<string> Names => Plain.Keys;

    /// <summary>Applies one of <see cref="Names"/>, <c>clamp</c>, <c>clamp_min</c>, <c>clamp_max</c> or <c>round</c>.</summary>
    public static double Of(string name, double value, double[] numbers) => name switch
    {
        "clamp" => Math.Max(numbers[0], Math.Min(numbers[1], value)),
        "clamp_min" => Math.Max(numbers[0], value),
        "clamp_max" => Math.Min(numbers[0], value),
        "round" => 1 / (numbers.Length > 0 ? numbers[0] : 1) is var inverse ? Math.Floor((value * inverse) + 0.5) / inverse : value,
        _ => Plain[name](value),
    };
}

/// <summary>Functions of a moment in UTC, given in seconds since 1970.</summary>
internal static class Calendar
{
    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["minute", "hour", "day_of_week", "day_of_month", "day_of_year", "days_in_month", "month", "year"];

    /// <summary>Applies one.</summary>
    public static double Of(string name, double seconds)
    {
        if (!(Math.Abs(seconds) < 2e11))
            return double.NaN;
        var time = DateTimeOffset.UnixEpoch.AddSeconds(Math.Truncate(seconds));
        return name switch
        {
            "minute" => time.Minute,
            "hour" => time.Hour,
            "day_of_week" => (int)time.DayOfWeek,
            "day_of_month" => time.Day,
            "day_of_year" => time.DayOfYear,
            "days_in_month" => DateTime.DaysInMonth(time.Year, time.Month),
            "month" => time.Month,
            _ => time.Year,
        };
    }
}
