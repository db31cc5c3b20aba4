namespace FlinkDashboard.Model.Readings;

/// <summary>Durations and times in words: <c>4 s</c>, <c>12 min</c>, <c>1 h 04 min</c>, <c>2 d 3 h</c>.</summary>
public static class AgeText
{
    /// <summary>A duration; negative ones (clocks differ) are 0 s.</summary>
    public static string Of(TimeSpan span) => span switch
    {
        { TotalSeconds: < 1 } => "0 s",
        { TotalMinutes: < 1 } => $"{span.Seconds} s",
        { TotalHours: < 1 } => $"{span.Minutes} min",
        { TotalDays: < 1 } => span.Minutes == 0 ? $"{span.Hours} h" : $"{span.Hours} h {span.Minutes:00} min",
        _ => span.Hours == 0 ? $"{(int)span.TotalDays} d" : $"{(int)span.TotalDays} d {span.Hours} h",
    };

    /// <summary>Time of day in UTC, with the date when it is another day than now.</summary>
    public static string Clock(DateTimeOffset time, DateTimeOffset now) =>
        time.UtcDateTime.ToString(time.UtcDateTime.Date == now.UtcDateTime.Date ? "HH:mm:ss" : "yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
}
