using System.Globalization;
using System.Text;

namespace FlinkDashboard.Sandbox.Protocols.CloudWatchLogs;

/// <summary>What stands in <c>nextToken</c>: where the next page begins, and when it was told, for it is good for a day only.</summary>
internal static class PageToken
{
    /// <summary>How long a token is good, in milliseconds of simulated time.</summary>
    public const long Life = 24 * 3_600_000;

    /// <summary>Writes one.</summary>
    /// <param name="place">Where the next page begins.</param>
    /// <param name="now">In milliseconds.</param>
    public static string Write(string place, long now) => Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{now}/{place}")));

    /// <summary>The place in one; null when it is none, or none any more.</summary>
    public static string? Read(string token, long now)
    {
        var bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out var count) && Encoding.UTF8.GetString(bytes, 0, count).Split('/', 2) is [var told, var place]
            && long.TryParse(told, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && now < at + Life ? place : null;
    }
}
