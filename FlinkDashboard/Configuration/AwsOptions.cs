namespace FlinkDashboard.Configuration;

/// <summary>
/// Settings below <c>Aws</c>. Credentials come from the default chain: environment, profile, web identity (IRSA), container credentials (Pod Identity),
/// instance role. A secret is never a setting.
/// </summary>
public sealed class AwsOptions
{
    /// <summary>Region of everything that has none of its own. Not set: the chain's (variable AWS_REGION, profile).</summary>
    public string? Region { get; set; }

    /// <summary>Profile of the shared AWS files. Not set: the chain decides.</summary>
    public string? Profile { get; set; }
}
