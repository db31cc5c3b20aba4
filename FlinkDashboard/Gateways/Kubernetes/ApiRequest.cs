using FlinkDashboard.Model;

namespace FlinkDashboard.Gateways.Kubernetes;

/// <summary>One request to the API server.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path and query, beginning with a slash.</param>
internal sealed record ApiRequest(string Method, string Path)
{
    /// <summary>Body text, or null.</summary>
    public string? Body { get; init; }

    /// <summary>Media type of the body.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>Accepted answer.</summary>
    public string Accept { get; init; } = "application/json";

    /// <summary>Sent as this user by impersonation; null as the dashboard itself.</summary>
    public UserIdentity? As { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Method} {Path.Split('?')[0]}";
}
