using System.Text;
using FlinkDashboard.Configuration;
using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Sandbox;

namespace FlinkDashboard.Tests.Gateways.Kubernetes;

/// <summary>Ways to sign in, against the sandbox behind TLS. Its token <c>viewer</c> may read nodes, <c>team-a</c> may not.</summary>
public sealed class CredentialTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("credentials-").FullName;
    private SandboxCluster cluster = null!;

    public async Task InitializeAsync() => cluster = await SandboxCluster.StartAsync(new() { World = "quiet", Speed = 0, HttpsPort = 0 });

    public async Task DisposeAsync()
    {
        await cluster.DisposeAsync();
        Directory.Delete(folder, true);
    }

    [Fact]
    public async Task InCluster_ReadsTokenAndAuthority_OfThePod()
    {
        File.WriteAllText(Path.Combine(folder, "token"), "viewer\n");
        File.WriteAllText(Path.Combine(folder, "ca.crt"), cluster.Certificate!.ExportCertificatePem());
        await ReadsNodesAsync(new() { Source = ClusterSource.InCluster, Server = cluster.SecureAddress, ServiceAccountFolder = folder });
    }

    [Fact]
    public async Task InCluster_WithoutMountedToken_NamesTheFile()
    {
        var error = await Assert.ThrowsAsync<KubernetesApiException>(() => ReadsNodesAsync(new() { Source = ClusterSource.InCluster, Server = cluster.SecureAddress, ServiceAccountFolder = folder }));
        Assert.Contains(Path.Combine(folder, "token") + " does not exist", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExecPlugin_GivesTheToken_AndIsAskedAgain_WhenItIsRefused()
    {
        // As aws eks get-token answers; the second run gives a token that the cluster knows.
        var script = Path.Combine(folder, "get-token");
        var state = Path.Combine(folder, "ran");
        File.WriteAllText(script, $$"""
            #!/bin/sh
            if [ -e {{state}} ]; then T=viewer; else T=rotated-away; touch {{state}}; fi
            echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"'$T'","expirationTimestamp":"2099-01-01T00:00:00Z"} }'
            """);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        await ReadsNodesAsync(KubeConfig($"exec: {{apiVersion: client.authentication.k8s.io/v1, command: {script}, interactiveMode: Never}}"));
    }

    [Fact]
    public async Task TokenFile_IsRead()
    {
        File.WriteAllText(Path.Combine(folder, "tok"), "viewer");
        await ReadsNodesAsync(KubeConfig($"tokenFile: {Path.Combine(folder, "tok")}"));
    }

    [Fact]
    public async Task ProxyOfTheKubeConfig_IsUsed()
    {
        var error = await Assert.ThrowsAsync<KubernetesApiException>(() => ReadsNodesAsync(KubeConfig("token: viewer", "proxy-url: \"http://127.0.0.1:9\"")));
        Assert.Equal(KubernetesApiException.Unreachable, error.Reason);
        Assert.Contains("127.0.0.1:9", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ForeignAuthority_IsNotTrusted()
    {
        var path = KubeConfig("token: viewer");
        File.WriteAllText(path.KubeConfigPath!, File.ReadAllText(path.KubeConfigPath!).Replace("certificate-authority-data", "ignored", StringComparison.Ordinal));
        Assert.Equal(KubernetesApiException.Unreachable, (await Assert.ThrowsAsync<KubernetesApiException>(() => ReadsNodesAsync(path))).Reason);
    }

    [Fact]
    public async Task UnknownToken_IsUnauthorized_AfterOneNewAttempt() =>
        Assert.Equal(401, (await Assert.ThrowsAsync<KubernetesApiException>(() => ReadsNodesAsync(KubeConfig("token: nobody-knows")))).Code);

    private ClusterAddress KubeConfig(string user, string cluster_ = "ignored: x")
    {
        var path = Path.Combine(folder, "config");
        File.WriteAllText(path, $$"""
            apiVersion: v1
            kind: Config
            current-context: c
            clusters:
            - name: k
              cluster:
                server: {{cluster.SecureAddress}}
                certificate-authority-data: {{Convert.ToBase64String(Encoding.ASCII.GetBytes(cluster.Certificate!.ExportCertificatePem()))}}
                {{cluster_}}
            contexts:
            - {name: c, context: {cluster: k, user: u} }
            users:
            - name: u
              user:
                {{user}}
            """);
        return new() { Source = ClusterSource.KubeConfig, KubeConfigPath = path };
    }

    private static async Task ReadsNodesAsync(ClusterAddress address)
    {
        using var connector = new ClusterConnector(address);
        await new KubernetesApi(connector, TimeProvider.System).ListAsync(Node.Info, null, default);
    }
}
