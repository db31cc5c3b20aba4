using System.Globalization;
using System.Text.RegularExpressions;
using FlinkDashboard.Model.OperatorRules;

namespace FlinkDashboard.Features.Deploy;

/// <summary>Which Flink belongs to which release.</summary>
public static partial class FlinkReleases
{
    /// <summary>What the operator's kind calls the version that new applications take when nothing else is known.</summary>
    public const string Usual = "v1_20";

    private static readonly Dictionary<string, string> Patches = new()
    {
        ["v1_17"] = "1.17.2",
        ["v1_18"] = "1.18.1",
        ["v1_19"] = "1.19.2",
        ["v1_20"] = "1.20.1",
        ["v2_0"] = "2.0.0",
        ["v2_1"] = "2.1.0",
        ["v2_2"] = "2.2.0",
    };

    /// <summary>A full version of <c>v1_20</c>: files in images are named by it.</summary>
    public static string Patch(string version) => Patches.GetValueOrDefault(version, Patches[Usual]);

    /// <summary>Tag of the official image.</summary>
    public static string Image(string version) => $"flink:{version.TrimStart('v').Replace('_', '.')}";

    /// <summary>An example program for session jobs, of the session cluster's own version: a jar of another version may not load.</summary>
    public static string ExampleJar(string version)
    {
        var (patch, artifact) = (Patch(version), version.StartsWith("v2", StringComparison.Ordinal) ? "flink-examples-streaming" : "flink-examples-streaming_2.12");
        return $"https://repo1.maven.org/maven2/org/apache/flink/{artifact}/{patch}/{artifact}-{patch}-TopSpeedWindowing.jar";
    }

    /// <summary>The Flink of an EMR release label, documented or by the releases around it; null when the label is not read.</summary>
    public static string? OfEmr(string release)
    {
        var match = Emr().Match(release);
        if (!match.Success)
            return null;
        var (major, minor) = (int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture));
        return EmrRelease.Of(release)?.FlinkVersion ?? (major < 7 ? "v1_17" : (major, minor) switch
        {
            (7, <= 3) => "v1_18",
            (7, <= 5) => "v1_19",
            _ => "v1_20",
        });
    }

    /// <summary>The release label that fits an operator of EMR, by the tag of its image; null for other images.</summary>
    public static string? LabelOf(string operatorImage)
    {
        var match = OperatorTag().Match(operatorImage);
        return match.Success ? $"emr-{match.Groups[1].Value}-flink-latest" : null;
    }

    [GeneratedRegex(@"^emr-(\d+)\.(\d+)")]
    private static partial Regex Emr();

    [GeneratedRegex(@"emr-on-eks/flink-kubernetes-operator:(\d+\.\d+\.\d+)")]
    private static partial Regex OperatorTag();
}
