using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Sandbox.Protocols.KubernetesApi.Validation;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Model.Previews;

/// <summary>Schemas of the CRDs that the sandbox serves: the operator's own files.</summary>
internal static class RecordedSchemas
{
    private static readonly Lazy<IReadOnlyDictionary<string, CrdSchema>> All = new(Read);

    /// <summary>The schema of a kind by its plural; null when it is none of the operator's.</summary>
    public static CrdSchema? Of(string plural) => All.Value.GetValueOrDefault(plural);

    private static Dictionary<string, CrdSchema> Read()
    {
        var objects = new ObjectStore(TimeProvider.System, () => Guid.NewGuid().ToString());
        Crds.AddTo(objects);
        return ResourceTypes.All.Where(t => t.IsCustom && t.Group == "flink.apache.org")
            .ToDictionary(t => t.Plural, t => CrdSchema.Of(objects.Get(ResourceTypes.CustomResourceDefinitions, "", t.QualifiedName).Read())!);
    }
}
