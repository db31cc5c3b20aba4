#pragma warning disable CS9113
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Access;

/// <summary>Turns a request's headers into a user: bearer token, then impersonation.</summary>
public sealed class Authentication(ObjectStore objects, Authorizer authorizer)
{
    /// <summary>
    /// The user of a request. Without an Authorization header it is <c>admin</c>: the sandbox listens on loopback, like <c>kubectl proxy</c>.
    /// 401 for an unknown token; 400 and 403 for impersonation headers that are incomplete or not allowed.
    /// </summary>
    /// <param name="headers">Values of a header by name, empty when absent; names are compared without case.</param>
    /// <param name="names">Names of all headers.</param>
    public UserInfo Identify(Func<string, IReadOnlyList<string>> headers, IEnumerable<string> names) => throw new NotImplementedException();
}
