using System.Globalization;
using System.Text.RegularExpressions;

namespace FlinkDashboard.Model.OperatorRules;

/// <summary>A release of Amazon EMR, out of a label such as <c>emr-7.12.0-flink-latest</c>.</summary>
internal sealed partial record EmrRelease(int Major, int Minor)
{
    /// <summary>Reads a label or a version; null when it is neither.</summary>
    public static EmrRelease? Of(string? text) => Number().Match(text ?? "") is { Success: true } m
        ? new(int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture))
        : null;

    /// <summary>The Flink it ships, as far as AWS documents it; null when not known.</summary>
    public string? FlinkVersion => (Major, Minor) switch
    {
        (7, 2) => "v1_18",
        (7, >= 9 and <= 13) => "v1_20",
        _ => null,
    };

    public bool IsAtLeast(int major, int minor) => (Major, Minor).CompareTo((major, minor)) >= 0;

    public override string ToString() => $"{Major}.{Minor}";

    [GeneratedRegex(@"^(?:emr-)?(\d{1,3})\.(\d{1,3})\b")]
    private static partial Regex Number();
}
