using System.Collections.Concurrent;
using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Manifests;

namespace FlinkDashboard.State;

/// <summary>
/// Schemas of the installed kinds, read when first asked for and again when the definition has changed. Callers share one request. A schema has half a
/// megabyte: only those that somebody edits by are held.
/// </summary>
public sealed class InstalledSchemas(KubernetesApi api, ClusterState state, ILogger<InstalledSchemas> logger)
{
    private readonly ConcurrentDictionary<string, Held> held = new(StringComparer.Ordinal);

    /// <summary>The schema; null when the kind is not installed, has none, or cannot be read now (the log says why).</summary>
    public async Task<CrdSchema?> OfAsync(KindInfo kind, CancellationToken stop)
    {
        var version = state.Now<CustomResourceDefinition>().Find(null, kind.QualifiedName)?.Metadata.ResourceVersion ?? "";
        var one = held.AddOrUpdate(kind.QualifiedName, _ => Read(kind, version), (_, now) => now.Version == version && !now.Failed ? now : Read(kind, version));
        return await one.Task.Value.WaitAsync(stop);
    }

    /// <summary>The schema if it has been read already; null when nobody has asked for it yet or it could not be read.</summary>
    public CrdSchema? Known(KindInfo kind) => held.GetValueOrDefault(kind.QualifiedName)?.Schema;

    private Held Read(KindInfo kind, string version) => new(version, one => ReadAsync(kind, one));

    private async Task<CrdSchema?> ReadAsync(KindInfo kind, Held one)
    {
        try
        {
            return one.Schema = await api.ReadSchemaAsync(kind, CancellationToken.None);
        }
        catch (KubernetesApiException e)
        {
            logger.LogWarning("The schema of {Kind} could not be read: {Message}", kind.Kind, e.Message);
            return null;
        }
    }

    private sealed class Held
    {
        public Held(string version, Func<Held, Task<CrdSchema?>> read) => (Version, Task) = (version, new(() => read(this)));

        public string Version { get; }

        public Lazy<Task<CrdSchema?>> Task { get; }

        public CrdSchema? Schema { get; set; }

        // A schema that could not be read is asked for again.
        public bool Failed => Task is { IsValueCreated: true, Value.IsCompleted: true } && Schema is null;
    }
}
