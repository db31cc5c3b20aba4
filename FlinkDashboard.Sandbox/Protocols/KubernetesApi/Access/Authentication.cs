using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Access;

/// <summary>Turns a request's headers into a user: bearer token, then impersonation.</summary>
public sealed class Authentication(Authorizer authorizer)
{
    /// <summary>What a request without token is.</summary>
    private static readonly UserInfo Admin = User("admin", UserInfo.Masters);

    private static readonly Dictionary<string, UserInfo> Tokens = new()
    {
        ["admin"] = Admin,
        ["team-a"] = User("team-a", "flink-team-a"),
        ["team-b"] = User("team-b", "flink-team-b"),
        ["viewer"] = User("viewer", "flink-viewers"),
        [DefaultAccess.DashboardAccount] = new(UserInfo.ServiceAccountName(DefaultAccess.DashboardNamespace, DefaultAccess.DashboardAccount),
            [.. UserInfo.ServiceAccountGroups(DefaultAccess.DashboardNamespace), UserInfo.Authenticated]),
    };

    /// <summary>
    /// The user of a request. Without an Authorization header it is <c>admin</c>: the sandbox listens on loopback, like <c>kubectl proxy</c>.
    /// 401 for an unknown token; 400 and 403 for impersonation headers that are incomplete or not allowed.
    /// </summary>
    /// <param name="headers">Values of a header by name, empty when absent; names are compared without case.</param>
    /// <param name="names">Names of all headers.</param>
    /// <param name="request">What is asked for: since Kubernetes 1.36 the right to impersonate may depend on it.</param>
    public UserInfo Identify(Func<string, IReadOnlyList<string>> headers, IEnumerable<string> names, AccessRequest? request = null)
    {
        var caller = Admin;
        if (headers("Authorization") is [{ Length: > 0 } authorization, ..])
        {
            caller = (authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? ByToken(authorization["Bearer ".Length..].Trim()) : null)
                ?? throw new ApiError(401, "Unauthorized", "Unauthorized");
        }
        return ImpersonatedUser.Wanted(headers, names) is { } wanted ? ImpersonatedUser.Become(authorizer, caller, wanted, request) : caller;
    }

    /// <summary>The user of a bearer token; null when there is none.</summary>
    public static UserInfo? ByToken(string token) => Tokens.GetValueOrDefault(token);

    private static UserInfo User(string name, string group) => new(name, [group, UserInfo.Authenticated]);
}
