using System.Text;

namespace FlinkDashboard.Model.Storage;

/// <summary>
/// Which keys this dashboard asks for. S3 takes keys letter by letter, but what lies between (URL libraries, proxies, servers on a disk) does not: keys that one
/// of them might read as another place are refused altogether.
/// </summary>
public static class StoragePath
{
    /// <summary>Longest key, bytes of UTF-8 (S3's limit).</summary>
    public const int Longest = 1_024;

    // What a server that decodes once more would take for a slash, a dot, a backslash, a percent sign or an end.
    private static readonly string[] Encoded = ["%2f", "%2e", "%5c", "%25", "%00"];

    /// <summary>Why a key is not asked for; null when it may be.</summary>
    public static string? Refusal(string key)
    {
        if (Encoding.UTF8.GetByteCount(key) > Longest)
            return "A key has at most 1,024 bytes.";
        if (key.Any(c => char.IsControl(c) || c is '\\' or '\u2028' or '\u2029') || key.EnumerateRunes().Any(r => r == Rune.ReplacementChar))
            return "The key holds control characters, backslashes or broken letters.";
        if (Encoded.Any(e => key.Contains(e, StringComparison.OrdinalIgnoreCase)))
            return "The key holds encoded slashes, dots or percent signs.";
        var parts = key.Split('/');
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i] is "." or "..")
                return "The key holds the parts . or .., which lead elsewhere on some servers.";
            if (parts[i].Length == 0 && i < parts.Length - 1)
                return "The key holds an empty part.";
        }
        return null;
    }

    /// <summary>A name that a bucket can have: letters, digits, dots, hyphens (S3's rule, old buckets included).</summary>
    public static bool IsBucket(string name) =>
        name.Length is >= 3 and <= 255 && !name.Contains("..", StringComparison.Ordinal) && char.IsAsciiLetterOrDigit(name[0]) && char.IsAsciiLetterOrDigit(name[^1])
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');
}
