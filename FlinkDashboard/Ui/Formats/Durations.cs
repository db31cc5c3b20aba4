namespace FlinkDashboard.Ui.Formats;

/// <summary>Spans of time in words, two units at most: "45 s", "4 min", "1 h 04 min", "3 d 4 h", "23 d". wwwroot/js/ages.js says the same; a test compares both.</summary>
public static class Durations
{
    /// <summary>The words for a span; a negative span reads as zero.</summary>
    public static string Text(TimeSpan span)
    {
        var seconds = (long)Math.Max(0, Math.Floor(span.TotalSeconds));
        if (seconds < 60)
            return $"{seconds} s";
        var minutes = seconds / 60;
        if (minutes < 60)
            return $"{minutes} min";
        var hours = minutes / 60;
        if (hours < 24)
            return $"{hours} h {minutes % 60:00} min";
        var days = hours / 24;
        return days < 7 ? $"{days} d {hours % 24} h" : $"{days} d";
    }

    /// <summary>How long ago an instant was, seen from <paramref name="now"/>: "4 min ago"; "in 4 min" when it lies ahead by more than a second; a dash when unknown.</summary>
    public static string Ago(DateTimeOffset? instant, DateTimeOffset now)
    {
        if (instant is not { } at)
            return Dash;
        var span = now - at;
        return span < TimeSpan.FromSeconds(-1) ? $"in {Text(-span)}" : $"{Text(span)} ago";
    }

    /// <summary>The exact instant as shown on hover: ISO 8601 with seconds and zone.</summary>
    public static string Exact(DateTimeOffset instant) => instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");

    /// <summary>Shown where a fact is not known; zero is only for zero.</summary>
    public const string Dash = "–";
}
