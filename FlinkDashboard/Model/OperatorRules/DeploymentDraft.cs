using System.Globalization;
using System.Text.Json.Nodes;

namespace FlinkDashboard.Model.OperatorRules;

/// <summary>A FlinkDeployment to be judged: its name, its spec, and what the operator deployed last.</summary>
/// <param name="Name">metadata.name.</param>
/// <param name="Spec">The spec as the user wants it.</param>
/// <param name="Deployed">The last reconciled spec; null before the first deployment.</param>
/// <param name="Defaults">The operator's default configuration that applies to it, empty if unknown.</param>
public sealed record DeploymentDraft(string Name, JsonObject Spec, JsonObject? Deployed = null, IReadOnlyDictionary<string, string>? Defaults = null)
{
    private readonly Dictionary<string, string> _configuration = Overlay(Defaults, Spec);

    /// <summary>spec.job, null for a session cluster.</summary>
    public JsonObject? Job => Spec["job"] as JsonObject;

    /// <summary>spec.job.upgradeMode with its default.</summary>
    public string UpgradeMode => Job.Text("upgradeMode") ?? "stateless";

    /// <summary>Value of the first of several names of one configuration key; null when unset.</summary>
    public string? Value(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (_configuration.TryGetValue(name, out var value))
                return value;
        }
        return null;
    }

    /// <summary>A configuration key is set to true.</summary>
    public bool IsOn(string name, bool byDefault = false) => Value(name) is { } text ? text.Equals("true", StringComparison.OrdinalIgnoreCase) : byDefault;

    /// <summary>A configuration key as a number; null when unset or no number.</summary>
    public double? Number(params ReadOnlySpan<string> names) =>
        double.TryParse(Value(names), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>High availability is switched on: any mode but NONE, or by Amazon EMR, which does so unless the JobManager says no.</summary>
    public bool HasHighAvailability => Value("high-availability.type", "high-availability") is { } mode
        ? !mode.Equals("NONE", StringComparison.OrdinalIgnoreCase)
        : Spec["emrReleaseLabel"] is not null && Spec.Flag("jobManager", "highAvailabilityEnabled") != false;

    /// <summary>A configuration key with this prefix is set.</summary>
    public bool AnyKey(Func<string, bool> matches) => _configuration.Keys.Any(matches);

    private static Dictionary<string, string> Overlay(IReadOnlyDictionary<string, string>? defaults, JsonObject spec)
    {
        var all = defaults is null ? [] : new Dictionary<string, string>(defaults);
        foreach (var (key, value) in FlinkConfiguration.Flatten(spec["flinkConfiguration"]))
            all[key] = value;
        return all;
    }
}
