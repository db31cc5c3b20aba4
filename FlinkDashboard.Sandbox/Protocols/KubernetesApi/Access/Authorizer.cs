#pragma warning disable CS9113
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Access;

/// <summary>Role-based access control over the Role, ClusterRole and binding objects of a store.</summary>
public sealed class Authorizer(ObjectStore objects)
{
    /// <summary>May the user do this?</summary>
    public Decision Decide(UserInfo user, AccessRequest request) => throw new NotImplementedException();

    /// <summary>403 with the API server's text when the user may not.</summary>
    public void Require(UserInfo user, AccessRequest request) => throw new NotImplementedException();
}

/// <summary>An answer of the authorizer.</summary>
/// <param name="Allowed">True when a rule allows it.</param>
/// <param name="Reason">Which binding allowed it, or empty.</param>
public sealed record Decision(bool Allowed, string Reason);
