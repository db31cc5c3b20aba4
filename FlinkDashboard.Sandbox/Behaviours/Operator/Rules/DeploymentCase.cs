using FlinkDashboard.Sandbox.Behaviours.Operator.Spec;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Rules;

/// <summary>What the rules for a FlinkDeployment look at.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Spec">Wanted spec.</param>
/// <param name="Deployed">Last reconciled spec, or null before the first deployment.</param>
/// <param name="Config">The operator's defaults overlaid with spec.flinkConfiguration.</param>
/// <param name="LastState">job.state recorded last, or null.</param>
public sealed record DeploymentCase(string Namespace, string Name, FlinkSpec Spec, FlinkSpec? Deployed, IReadOnlyDictionary<string, string> Config, string? LastState);
