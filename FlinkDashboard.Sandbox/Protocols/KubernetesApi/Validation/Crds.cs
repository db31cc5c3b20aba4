using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Validation;

/// <summary>The CustomResourceDefinitions of the sandbox.</summary>
public static class Crds
{
    /// <summary>Installs all definitions, but those of <paramref name="without"/> (an older operator has no FlinkStateSnapshot, no cluster need have Karpenter).</summary>
    public static void AddTo(ObjectStore objects, params ResourceType[] without) => throw new NotImplementedException();

    /// <summary>True for built-in kinds and for custom kinds whose definition is in the store: only those are served.</summary>
    public static bool IsServed(ObjectStore objects, ResourceType type) =>
        !type.IsCustom || objects.Find(ResourceTypes.CustomResourceDefinitions, "", type.QualifiedName) is not null;
}
