using System.Globalization;
using System.Text.RegularExpressions;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Model.OperatorRules;

/// <summary>A release of the operator, as far as its rules are known: 1.15 was recorded, older ones differ as its release notes say, newer ones are not known.</summary>
/// <param name="Minor">The 15 of 1.15.</param>
public sealed partial record OperatorRelease(int Minor)
{
    /// <summary>The release that was recorded.</summary>
    public static readonly OperatorRelease Recorded = new(15);

    /// <summary>Oldest release whose rules are known (the first under Amazon EMR).</summary>
    private const int Oldest = 5;

    /// <summary>Newest release whose rules are known.</summary>
    private const int Newest = 16;

    // Releases whose rules differ from those of the release before: rescaling, redeploying, cancelling for last-state, blue/green.
    private static readonly int[] Changed = [7, 8, 10, 14];

    // Which operator Amazon's charts contain, as far as AWS documents it.
    private static readonly (int Major, int Minor, int Operator)[] Emr = [(6, 13, 5), (6, 14, 6), (6, 15, 6), (7, 0, 6), (7, 1, 6), (7, 2, 8)];

    /// <summary>Reads a version such as <c>1.15.0</c>; null when its rules are not known.</summary>
    public static OperatorRelease? Of(string? version) =>
        Number().Match(version ?? "") is { Success: true } match && match.Groups[1].Value == "1" && Part(match, 2) is >= Oldest and <= Newest and var minor ? new(minor) : null;

    /// <summary>A text that names a version, known or not; <c>latest</c> or a commit names none.</summary>
    public static bool IsVersion(string? text) => Number().IsMatch(text ?? "");

    /// <summary>Of this release and the later ones whose rules are known: those by which all others go.</summary>
    public IReadOnlyList<OperatorRelease> AndLater => [.. Changed.Append(Newest).Where(minor => minor > Minor).Prepend(Minor).Select(minor => new OperatorRelease(minor))];

    /// <summary>
    /// The version that the operator's Deployment names: its label <c>app.kubernetes.io/version</c>, else the tag of its image; for Amazon EMR's image the
    /// version it is based on. Null when neither tells.
    /// </summary>
    public static string? VersionOf(Deployment operatorDeployment)
    {
        var image = operatorDeployment.Spec.Template?.Spec?.Containers.FirstOrDefault()?.Image ?? "";
        var tag = image.LastIndexOf(':') is var colon and > 0 && !image[colon..].Contains('/', StringComparison.Ordinal) ? image[(colon + 1)..].Split('@')[0] : null;
        var label = operatorDeployment.Metadata.Labels["app.kubernetes.io/version"];
        return image.Contains("emr", StringComparison.OrdinalIgnoreCase) ? OfEmr(tag ?? label) : Number().IsMatch(label ?? "") ? label : tag;
    }

    /// <summary>Cancelling with the newest checkpoint, <c>upgradeSavepointPath</c> and FlinkStateSnapshots exist (1.10).</summary>
    public bool CancelsForLastState => Minor >= 10;

    /// <summary><c>job.savepointRedeployNonce</c> exists (1.8).</summary>
    public bool CanRedeploy => Minor >= 8;

    /// <summary>Rescaling in place through the adaptive scheduler exists (1.7).</summary>
    public bool CanRescaleInPlace => Minor >= 7;

    /// <summary>1.15.</summary>
    public override string ToString() => $"1.{Minor}";

    private static string? OfEmr(string? version)
    {
        if (Number().Match(version ?? "") is not { Success: true } match)
            return null;
        var (major, minor) = (Part(match, 1), Part(match, 2));
        return Emr.FirstOrDefault(e => e.Major == major && e.Minor == minor) is { Operator: > 0 } known ? $"1.{known.Operator}" : null;
    }

    private static int Part(Match match, int group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?:emr-|v)?(\d{1,4})\.(\d{1,4})\b")]
    private static partial Regex Number();
}
