namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Access;

/// <summary>Who asks.</summary>
/// <param name="Name">User name, for instance <c>admin</c> or <c>system:serviceaccount:ns:name</c>.</param>
/// <param name="Groups">Groups, with those the server adds.</param>
/// <param name="Uid">UID, empty when there is none.</param>
/// <param name="Extra">Further attributes; null when there are none.</param>
public sealed record UserInfo(string Name, IReadOnlyList<string> Groups, string Uid = "", IReadOnlyDictionary<string, IReadOnlyList<string>>? Extra = null);
