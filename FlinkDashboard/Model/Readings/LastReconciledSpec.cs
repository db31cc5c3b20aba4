using System.Text.Json;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Model.Readings;

/// <summary>
/// <c>lastReconciledSpec</c> or <c>lastStableSpec</c>: what the operator put into effect. It is the user's spec except for
/// <c>job.state</c> and <c>job.upgradeMode</c>, which say what was done, and trigger nonces, which say what was handled.
/// </summary>
/// <param name="Deployment">The spec as of a FlinkDeployment; for a session job only Job, RestartNonce and FlinkConfiguration are set.</param>
/// <param name="FirstDeployment">No upgrade has happened since the first deployment; null when not told.</param>
public sealed record LastReconciledSpec(FlinkDeploymentSpec Deployment, bool? FirstDeployment)
{
    /// <summary>Reads the text; null when absent or no JSON object. Older forms, without <c>spec</c> and <c>resource_metadata</c> around, are read too.</summary>
    public static LastReconciledSpec? Of(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return null;
            var spec = root.TryGetProperty("spec", out var inner) && inner.ValueKind == JsonValueKind.Object ? inner : root;
            bool? first = root.TryGetProperty("resource_metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object
                && metadata.TryGetProperty("firstDeployment", out var flag) && flag.ValueKind is JsonValueKind.True or JsonValueKind.False
                    ? flag.GetBoolean()
                    : null;
            return spec.Deserialize(KindsJson.Default.FlinkDeploymentSpec) is { } read ? new(read, first) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The operator has stopped the job (or is between stop and start of an upgrade).</summary>
    public bool IsSuspended => Deployment.Job?.IsSuspended ?? false;
}
