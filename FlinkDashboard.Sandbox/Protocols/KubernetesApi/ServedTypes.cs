using FlinkDashboard.Sandbox.Protocols.KubernetesApi.Validation;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>
/// Which kinds this world serves: the built-in ones, and custom ones whose CustomResourceDefinition stands in the store, so that
/// deleting a CRD (or a world of an older operator) makes its kind 404.
/// </summary>
internal sealed class ServedTypes(SandboxWorld world)
{
    /// <summary>All served kinds, in discovery order.</summary>
    public IEnumerable<ResourceType> All => ResourceTypes.All.Where(t => Crds.IsServed(world.Objects, t));

    /// <summary>The served kind at these URL coordinates, or null.</summary>
    public ResourceType? Find(string group, string version, string plural) =>
        ResourceTypes.Find(group, version, plural) is { } type && Crds.IsServed(world.Objects, type) ? type : null;

    /// <summary>The definition of a custom kind, or null.</summary>
    public WorldObject? Definition(ResourceType type) => world.Objects.Find(ResourceTypes.CustomResourceDefinitions, "", type.QualifiedName);
}
