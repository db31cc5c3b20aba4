using System.Text;

namespace FlinkDashboard.Sandbox;

/// <summary>A kubeconfig for a running sandbox: one context per token, the first one current.</summary>
public static class KubeConfigFile
{
    /// <summary>Bearer tokens the sandbox knows; each is the name of its user too.</summary>
    public static IReadOnlyList<string> Tokens { get; } = ["admin", "team-a", "team-b", "viewer"];

    /// <summary>Writes the file, readable by the current user only.</summary>
    /// <param name="cluster">A cluster that serves HTTPS: clients send no tokens over plain HTTP.</param>
    /// <param name="path">File to write.</param>
    public static void Write(SandboxCluster cluster, string path)
    {
        var server = cluster.SecureAddress ?? throw new ArgumentException("The cluster serves no HTTPS.", nameof(cluster));
        var authority = Convert.ToBase64String(Encoding.ASCII.GetBytes(cluster.Certificate!.ExportCertificatePem()));
        var text = new StringBuilder($"""
            apiVersion: v1
            kind: Config
            current-context: {Tokens[0]}
            clusters:
            - name: sandbox
              cluster:
                server: {server.ToString().TrimEnd('/')}
                certificate-authority-data: {authority}
            contexts:

            """);
        foreach (var token in Tokens)
            text.Append($"- name: {token}\n  context: {{cluster: sandbox, user: {token}}}\n");
        text.Append("users:\n");
        foreach (var token in Tokens)
            text.Append($"- name: {token}\n  user: {{token: {token}}}\n");
        using var file = new FileStream(path, OperatingSystem.IsWindows()
            ? new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write }
            : new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        file.Write(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
