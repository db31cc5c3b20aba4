using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model.Manifests;

namespace FlinkDashboard.Operations;

/// <summary>An object to be created.</summary>
/// <param name="Target">Where.</param>
/// <param name="Manifest">The whole of it.</param>
/// <param name="Reason">Why, in the user's words.</param>
/// <param name="Command">The kubectl command that does the same.</param>
/// <param name="Then">What happens now, for the user.</param>
/// <param name="Explain">The end when the API server refuses.</param>
internal sealed record Creation(ObjectName Target, Manifest Manifest, string? Reason, string Command, string Then, Func<KubernetesApiException, OperationResult> Explain)
{
    /// <summary>A rule that refuses it; null when none does.</summary>
    public OperationResult? Refusal { get; init; }
}
