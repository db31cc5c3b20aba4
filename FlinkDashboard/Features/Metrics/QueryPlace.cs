using System.Globalization;
using System.Text.RegularExpressions;

namespace FlinkDashboard.Features.Metrics;

/// <summary>Where in a query Prometheus found an error: its messages say <c>1:4: parse error: …</c>.</summary>
public static partial class QueryPlace
{
    /// <summary>Line and column, from 1; null when the message names no place.</summary>
    public static (int Line, int Column)? Of(string? message) => message is not null && Place().Match(message) is { Success: true } match
        ? (int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture))
        : null;

    [GeneratedRegex(@"(?<!\d)(\d{1,5}):(\d{1,5}): ")]
    private static partial Regex Place();
}
