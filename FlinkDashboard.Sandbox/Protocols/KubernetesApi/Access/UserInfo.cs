namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Access;

/// <summary>Who asks.</summary>
/// <param name="Name">User name, for instance <c>admin</c> or <c>system:serviceaccount:ns:name</c>.</param>
/// <param name="Groups">Groups, with those the server adds.</param>
/// <param name="Uid">UID, empty when there is none.</param>
/// <param name="Extra">Further attributes; null when there are none.</param>
public sealed record UserInfo(string Name, IReadOnlyList<string> Groups, string Uid = "", IReadOnlyDictionary<string, IReadOnlyList<string>>? Extra = null)
{
    /// <summary>Group of everyone who has said who they are.</summary>
    public const string Authenticated = "system:authenticated";

    /// <summary>Group of everyone else.</summary>
    public const string Unauthenticated = "system:unauthenticated";

    /// <summary>Group that may do everything.</summary>
    public const string Masters = "system:masters";

    private const string Accounts = "system:serviceaccount:";

    /// <summary>User name of a service account.</summary>
    public static string ServiceAccountName(string ns, string name) => $"{Accounts}{ns}:{name}";

    /// <summary>Groups of every service account of a namespace.</summary>
    public static IReadOnlyList<string> ServiceAccountGroups(string ns) => ["system:serviceaccounts", $"system:serviceaccounts:{ns}"];

    /// <summary>Namespace and name of the service account with a user name; null for other users.</summary>
    public static (string Namespace, string Name)? ServiceAccount(string user) =>
        user.StartsWith(Accounts, StringComparison.Ordinal) && user[Accounts.Length..].Split(':') is [{ Length: > 0 } ns, { Length: > 0 } name] ? (ns, name) : null;
}
