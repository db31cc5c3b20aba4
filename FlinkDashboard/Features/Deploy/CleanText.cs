using FlinkDashboard.Model.Manifests;

namespace FlinkDashboard.Features.Deploy;

/// <summary>Takes out of an object's YAML what its author did not write.</summary>
public static class CleanText
{
    private static readonly string[] ServerFields =
        ["status", "metadata.uid", "metadata.resourceVersion", "metadata.generation", "metadata.creationTimestamp", "metadata.selfLink", "metadata.managedFields", "metadata.deletionTimestamp", "metadata.deletionGracePeriodSeconds"];

    private static readonly string[] Nonces = ["restartNonce", "job.savepointTriggerNonce", "job.checkpointTriggerNonce", "job.savepointRedeployNonce", "job.autoscalerResetNonce"];

    // What deployment tools write to know their objects again; a copy that keeps it would be taken for theirs, and removed.
    private static readonly string[] ToolPrefixes = ["argocd.argoproj.io/", "kustomize.toolkit.fluxcd.io/", "helm.toolkit.fluxcd.io/", "meta.helm.sh/", "helm.sh/", "kubectl.kubernetes.io/", "flink-dashboard/"];

    private static readonly string[] ToolLabels = ["app.kubernetes.io/managed-by", "app.kubernetes.io/instance"];

    /// <summary>The object as its author would write it now, for editing: without status and what the API server adds.</summary>
    public static Manifest ForEdit(string yaml) => Without(Manifest.Parse(yaml), ServerFields.Append("metadata.annotations[kubectl.kubernetes.io/last-applied-configuration]"));

    /// <summary>A copy under another name: no nonces, no marks of tools, and folders named after the original renamed, so that the two share no state.</summary>
    public static Manifest ForClone(string yaml, string ns, string name)
    {
        var manifest = Without(ForEdit(yaml), ["metadata.ownerReferences", "metadata.finalizers"]);
        var spec = Ui.Editing.FormSections.SpecOf(manifest.Kind);
        var old = manifest.Name ?? "";
        manifest = Without(manifest, Nonces.Select(nonce => $"{spec}.{nonce}"));
        foreach (var map in (string[])["metadata.labels", "metadata.annotations"])
            manifest = Without(manifest, manifest.Keys(map).Where(IsTools).Select(key => $"{map}[{key}]").ToArray());
        foreach (var map in (string[])["metadata.labels", "metadata.annotations"])
            if (manifest.Has(map) && manifest.Keys(map).Count == 0)
                manifest = manifest.With(map, null);
        manifest = manifest.With("metadata.name", name, ScalarKind.Text).With("metadata.namespace", ns, ScalarKind.Text);
        return Places(manifest, spec).Aggregate(manifest, (now, path) => now.Value(path) is { } place && Renamed(place, old, name) is var other && other != place ? now.With(path, other, ScalarKind.Text) : now);
    }

    private static IEnumerable<string> Places(Manifest manifest, string spec) =>
    [
        .. manifest.Keys($"{spec}.flinkConfiguration").Where(key => key.Contains("dir", StringComparison.OrdinalIgnoreCase)).Select(key => $"{spec}.flinkConfiguration[{key}]"),
        $"{spec}.jobManager.storageDir",
        $"{spec}.monitoringConfiguration.cloudWatchMonitoringConfiguration.logStreamNamePrefix",
        $"{spec}.podTemplate.metadata.labels[yunikorn.apache.org/app-id]",
    ];

    // The old name as a whole part of a path, or at the end of an id.
    private static string Renamed(string place, string old, string name) => old.Length == 0 ? place
        : place == old ? name
        : place.EndsWith("-" + old, StringComparison.Ordinal) && !place.Contains('/') ? place[..^old.Length] + name
        : string.Join('/', place.Split('/').Select(part => part == old ? name : part));

    private static bool IsTools(string key) => ToolLabels.Contains(key) || ToolPrefixes.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal));

    private static Manifest Without(Manifest manifest, IEnumerable<string> paths) => paths.Aggregate(manifest, (now, path) => now.Has(path) ? now.With(path, null) : now);
}
