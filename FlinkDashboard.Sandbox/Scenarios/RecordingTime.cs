using System.Globalization;
using System.Text.RegularExpressions;

namespace FlinkDashboard.Sandbox.Scenarios;

/// <summary>
/// Moves the times inside recorded JSON by whole seconds, so that a recording played today (or for the second time) has consistent ages.
/// Moved are RFC 3339 times and epoch milliseconds that stand as whole values and lie within two days of the recording; names that hold
/// a time stay as they are.
/// </summary>
public sealed partial class RecordingTime
{
    private static readonly TimeSpan Near = TimeSpan.FromDays(2);
    private readonly DateTimeOffset _recorded;
    private readonly TimeSpan _shift;

    /// <summary>Shifts times around <paramref name="recorded"/> so that it becomes the next whole second from <paramref name="played"/> on.</summary>
    public RecordingTime(DateTimeOffset recorded, DateTimeOffset played)
    {
        _recorded = recorded;
        _shift = TimeSpan.FromSeconds(Math.Ceiling((played - recorded).TotalSeconds));
    }

    /// <summary>When the recording's first moment is played.</summary>
    public DateTimeOffset Start => _recorded + _shift;

    /// <summary>The JSON with its times moved.</summary>
    public string Moved(string json) => _shift == TimeSpan.Zero ? json : Milliseconds().Replace(Seconds().Replace(json, MovedSeconds), MovedMilliseconds);

    private string MovedSeconds(Match match) =>
        DateTimeOffset.TryParseExact(match.Value, "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && IsNear(time)
            ? (time + _shift).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)
            : match.Value;

    private string MovedMilliseconds(Match match)
    {
        var value = long.Parse(match.ValueSpan, CultureInfo.InvariantCulture);
        return IsNear(DateTimeOffset.FromUnixTimeMilliseconds(value))
            ? (value + (long)_shift.TotalMilliseconds).ToString(CultureInfo.InvariantCulture)
            : match.Value;
    }

    private bool IsNear(DateTimeOffset time) => (time - _recorded).Duration() <= Near;

    [GeneratedRegex(@"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?=(?:\.\d+)?Z)")]
    private static partial Regex Seconds();

    [GeneratedRegex(@"(?<=[:\[,]\s*""?)\d{13}(?=""?\s*[,}\]])")]
    private static partial Regex Milliseconds();
}
