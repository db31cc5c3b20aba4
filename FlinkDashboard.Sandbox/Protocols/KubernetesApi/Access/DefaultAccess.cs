using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Access;

/// <summary>The roles, bindings and service accounts that every world starts with.</summary>
public static class DefaultAccess
{
    /// <summary>Puts them into a store; what is already there stays.</summary>
    public static void AddTo(ObjectStore objects) => throw new NotImplementedException();
}
