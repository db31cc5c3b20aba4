using System.Globalization;
using System.Text.RegularExpressions;

namespace FlinkDashboard.Sandbox.Protocols.PrometheusApi.Query;

/// <summary>Prometheus' durations: <c>1h30m</c>, units y w d h m s ms, greatest first, each once.</summary>
internal static partial class Durations
{
    /// <summary>Reads one into milliseconds.</summary>
    public static bool TryParse(string text, out long milliseconds)
    {
        milliseconds = 0;
        if (text.Length == 0 || Form().Match(text) is not { Success: true } match)
            return false;
        long[] units = [31_536_000_000, 604_800_000, 86_400_000, 3_600_000, 60_000, 1000, 1];
        for (var i = 0; i < units.Length; i++)
        {
            if (match.Groups[i + 1].Value is { Length: > 0 } number)
                milliseconds += long.Parse(number, CultureInfo.InvariantCulture) * units[i];
        }
        return true;
    }

    [GeneratedRegex("^(?:([0-9]+)y)?(?:([0-9]+)w)?(?:([0-9]+)d)?(?:([0-9]+)h)?(?:([0-9]+)m)?(?:([0-9]+)s)?(?:([0-9]+)ms)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
