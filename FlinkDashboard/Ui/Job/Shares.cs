using System.Globalization;
using FlinkDashboard.Model.Flink;
using FlinkDashboard.Ui.Formats;

namespace FlinkDashboard.Ui.Job;

/// <summary>Words for the numbers of a job.</summary>
public static class Shares
{
    /// <summary>A share of time, "42 %"; a dash when not known.</summary>
    public static string Text(double share) => double.IsFinite(share) ? string.Create(CultureInfo.InvariantCulture, $"{Math.Round(Math.Clamp(share, 0, 1) * 100):0} %") : Durations.Dash;

    /// <summary>A percentage that is one already.</summary>
    public static string Percent(double percent) => double.IsFinite(percent) ? string.Create(CultureInfo.InvariantCulture, $"{percent:0} %") : Durations.Dash;

    /// <summary>Width of a part of a bar.</summary>
    public static string Width(double share) => double.IsFinite(share) ? string.Create(CultureInfo.InvariantCulture, $"{Math.Clamp(share, 0, 1) * 100:0.#}%") : "0";

    /// <summary>How far event time is behind the clock, or which end it stands at.</summary>
    public static string Behind(Watermark? watermark, DateTimeOffset now) => watermark switch
    {
        null => Durations.Dash,
        { IsNone: true } => "none yet",
        { IsEnd: true } => "end of input",
        { Time: { } time } when time > now => "ahead",
        { Time: { } time } => now - time < TimeSpan.FromSeconds(1) ? "< 1 s behind" : $"{Durations.Text(now - time)} behind",
        _ => watermark.Milliseconds.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>A duration that may be below a second: "240 ms", "3.2 s", "4 min 05 s".</summary>
    public static string Fine(TimeSpan? span) => span switch
    {
        null => Durations.Dash,
        { TotalMilliseconds: < 1000 } => string.Create(CultureInfo.InvariantCulture, $"{span.Value.TotalMilliseconds:0} ms"),
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{span.Value.TotalSeconds:0.#} s"),
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(span.Value.TotalMinutes):0} min {span.Value.Seconds:00} s"),
        _ => Durations.Text(span.Value),
    };

    /// <summary>Milliseconds as a duration.</summary>
    public static string Milliseconds(double milliseconds) => double.IsFinite(milliseconds) && milliseconds >= 0 ? Fine(TimeSpan.FromMilliseconds(milliseconds)) : Durations.Dash;
}
