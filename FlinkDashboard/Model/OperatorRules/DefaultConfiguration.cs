using System.Text.RegularExpressions;
using FlinkDashboard.Model.Manifests;

namespace FlinkDashboard.Model.OperatorRules;

/// <summary>The operator's own configuration: what applies to every resource that does not say otherwise (FlinkConfigManager of the operator).</summary>
/// <param name="All">Flat keys and values as they stand there.</param>
public sealed partial record DefaultConfiguration(IReadOnlyDictionary<string, string> All)
{
    /// <summary>Name of its ConfigMap, as the operator's chart makes it.</summary>
    public const string ConfigMapName = "flink-operator-config";

    private const string Layer = "kubernetes.operator.default-configuration.";

    /// <summary>Reads the ConfigMap; null when it holds no configuration that can be read.</summary>
    public static DefaultConfiguration? Parse(Manifest configMap) =>
        (configMap.Value("data[config.yaml]") ?? configMap.Value("data[flink-conf.yaml]")) is { } text && Manifest.Parse(text) is { Problem: null } inner ? new(FlinkConfiguration.Flatten(inner.Json)) : null;

    /// <summary>What applies in a namespace to a Flink version: the common part, the namespace's, that of the version and of earlier ones marked <c>+</c>; later ones win.</summary>
    /// <param name="ns">Namespace of the resource.</param>
    /// <param name="flinkVersion">For instance <c>v1_20</c>; null when not known.</param>
    public IReadOnlyDictionary<string, string> For(string ns, string? flinkVersion)
    {
        var applied = All.Where(one => !one.Key.StartsWith(Layer, StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal);
        Put($"{Layer}namespace.{ns}.");
        if (Rank(flinkVersion) is { } rank)
        {
            var versions = All.Keys.Select(key => Version().Match(key)).Where(match => match.Success).Select(match => (Version: match.Groups[1].Value, Newer: match.Groups[2].Length > 0)).Distinct();
            foreach (var (version, newer) in versions.Where(one => one.Newer ? Rank(one.Version) <= rank : one.Version == flinkVersion).OrderBy(one => Rank(one.Version)).ThenByDescending(one => one.Newer))
                Put($"{Layer}flink-version.{version}{(newer ? "+" : "")}.");
        }
        return applied;

        void Put(string prefix)
        {
            foreach (var (key, value) in All.Where(one => one.Key.StartsWith(prefix, StringComparison.Ordinal)))
                applied[key[prefix.Length..]] = value;
        }
    }

    /// <summary>What applies to what a manifest describes.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="sessionVersion">For a session job: Flink version of its cluster; null when not known.</param>
    public IReadOnlyDictionary<string, string> Of(Manifest manifest, string? sessionVersion = null) =>
        For(manifest.Namespace ?? "", manifest.Value("spec.flinkVersion") ?? manifest.Value("spec.template.spec.flinkVersion") ?? sessionVersion);

    private static int? Rank(string? version) => Number().Match(version ?? "") is { Success: true } match ? (int.Parse(match.Groups[1].Value) * 1000) + int.Parse(match.Groups[2].Value) : null;

    [GeneratedRegex(@"^kubernetes\.operator\.default-configuration\.flink-version\.(v\d{1,3}_\d{1,3})(\+?)\.")]
    private static partial Regex Version();

    [GeneratedRegex(@"^v(\d{1,3})_(\d{1,3})$")]
    private static partial Regex Number();
}
