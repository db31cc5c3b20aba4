using FlinkDashboard.Sandbox.Behaviours.Operator.Rules;
using FlinkDashboard.Sandbox.Behaviours.Operator.Spec;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Operator;

/// <summary>The operator's validator as its passes and its webhook call it: rules over the defaults overlaid with the resource's own configuration.</summary>
internal static class SpecValidation
{
    /// <summary>The message of the first rule a FlinkDeployment breaks, or null.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="spec">Its wanted spec.</param>
    /// <param name="last">Last reconciled spec, or null before the first deployment.</param>
    /// <param name="options">The operator's configuration.</param>
    public static string? OfDeployment(WorldObject resource, FlinkSpec spec, FlinkSpec? last, OperatorOptions options)
    {
        var config = new Dictionary<string, string>(options.DefaultConfiguration);
        foreach (var (key, value) in spec.Configuration)
            config[key] = value;
        return DeploymentRules.Error(new DeploymentCase(resource.Namespace, resource.Name, spec, last, config, last?.JobState));
    }
}

/// <summary>Resources by which the operator checks its own health: never validated, never deployed (health/CanaryResourceManager).</summary>
internal static class Canaries
{
    private const string Label = "flink.apache.org/canary";

    /// <summary>It is one.</summary>
    public static bool Contains(WorldObject resource) => resource.Labels.GetValueOrDefault(Label) == "true";
}
