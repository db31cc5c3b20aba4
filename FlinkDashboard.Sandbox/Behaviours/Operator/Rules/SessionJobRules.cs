using FlinkDashboard.Sandbox.Behaviours.Operator.Spec;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Rules;

/// <summary>The operator's validator for FlinkSessionJobs.</summary>
public static class SessionJobRules
{
    /// <summary>The first error, or null.</summary>
    /// <param name="spec">Wanted spec.</param>
    /// <param name="deployed">Last reconciled spec, or null.</param>
    /// <param name="cluster">Spec of the session cluster it names, or null while there is none.</param>
    /// <param name="schemes">Schemes a jar may be loaded from.</param>
    public static string? Error(FlinkSpec spec, FlinkSpec? deployed, FlinkSpec? cluster, IReadOnlyList<string> schemes)
    {
        var name = (string?)spec.Json["deploymentName"] ?? "";
        if (DeploymentRules.NameError(name) is { } nameError)
            return nameError;
        if (spec.Job is null)
            return "The job spec should not be empty";
        if (deployed is not null && (string?)deployed.Json["deploymentName"] != name)
            return "The deploymentName can't be changed";
        if (JarError(spec.JobText("jarURI"), schemes) is { } jarError)
            return jarError;
        if (cluster is null)
            return null;
        if (cluster.Job is not null)
            return "Can not submit session job to application cluster";
        var config = new Dictionary<string, string>(cluster.Configuration);
        foreach (var (key, value) in spec.Configuration)
            config[key] = value;
        return JobRules.Error(spec.Job, null, config) ?? AutoscalerRules.Error(config);
    }

    private static string? JarError(string? jar, IReadOnlyList<string> schemes)
    {
        if (jar is null)
            return null;
        var colon = jar.IndexOf(':');
        if (colon <= 0)
            return "jarURI must have a scheme";
        return schemes.Contains(jar[..colon]) ? null : $"jarURI scheme '{jar[..colon]}' is not in the allowlist [{string.Join(", ", schemes)}]";
    }
}
