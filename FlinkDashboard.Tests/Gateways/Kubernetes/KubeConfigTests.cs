using FlinkDashboard.Configuration;
using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Sandbox;

namespace FlinkDashboard.Tests.Gateways.Kubernetes;

public sealed class KubeConfigTests : IDisposable
{
    private const string Good = """
        apiVersion: v1
        kind: Config
        current-context: dev
        clusters:
        - {name: one, cluster: {server: "https://127.0.0.1:1"}}
        contexts:
        - {name: dev, context: {cluster: one, user: jane}}
        - {name: lost, context: {cluster: gone, user: jane}}
        - {name: nobody, context: {cluster: one, user: ghost}}
        - {name: exec, context: {cluster: one, user: exec}}
        - {name: failing, context: {cluster: one, user: failing}}
        - {name: cert, context: {cluster: one, user: cert}}
        users:
        - {name: jane, user: {token: t}}
        - {name: exec, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: no-such-program, interactiveMode: Never, installHint: "Install it from example.org."}}}
        - {name: failing, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: "false", interactiveMode: Never}}}
        - {name: cert, user: {client-certificate: /no/such/cert.pem, client-key: /no/such/key.pem}}
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("kubeconfig-").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    [Theory]
    [InlineData("lost", "\"lost\"", "cluster \"gone\"")]
    [InlineData("nobody", "\"nobody\"", "user \"ghost\"")]
    [InlineData("prod", "no context \"prod\"", "dev, lost, nobody")]
    [InlineData("exec", "the program \"no-such-program\"", "Install it from example.org.")]
    [InlineData("failing", "the program \"false\"", "context \"failing\"")]
    [InlineData("cert", "context \"cert\"", "/no/such/")]
    public async Task WrongKubeConfig_IsToldWithFileContextAndProgram(string context, string first, string second)
    {
        var path = Write(Good);
        var error = await FailureAsync(path, context);
        Assert.Equal(KubernetesApiException.Unreachable, error.Reason);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(first, error.Message, StringComparison.Ordinal);
        Assert.Contains(second, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MissingFile_IsNamed() => Assert.Contains("/no/such/config does not exist", (await FailureAsync("/no/such/config", null)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task BrokenYaml_NamesTheFile()
    {
        var path = Write("clusters: [");
        Assert.Contains($"{path} cannot be read", (await FailureAsync(path, null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoCurrentContext_ListsThoseThereAre() =>
        Assert.Contains("set Cluster:Context to one of: dev", (await FailureAsync(Write(Good.Replace("current-context: dev\n", "", StringComparison.Ordinal)), null)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task NothingListening_SaysThatTheServerCannotBeReached()
    {
        var error = await FailureAsync(Write(Good), null);
        Assert.Contains("dev cannot be reached", error.Message, StringComparison.Ordinal);
        Assert.True(error.IsTransient);
    }

    [Fact]
    public async Task RepairedFile_IsUsedByTheNextRequest()
    {
        await using var cluster = await SandboxCluster.StartAsync(new() { World = "quiet", Speed = 0, HttpsPort = 0 });
        var path = Path.Combine(folder, "later");
        using var connector = new ClusterConnector(new() { Source = ClusterSource.KubeConfig, KubeConfigPath = path });
        var api = new KubernetesApi(connector, TimeProvider.System);
        await Assert.ThrowsAsync<KubernetesApiException>(() => api.VersionAsync(default));
        FlinkDashboard.Sandbox.KubeConfigFile.Write(cluster, path);
        Assert.StartsWith("v1.", await api.VersionAsync(default), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClusterBehindTls_IsTrustedByTheFilesAuthority_AndTheContextSignsIn()
    {
        await using var cluster = await SandboxCluster.StartAsync(new() { World = "quiet", Speed = 0, HttpsPort = 0 });
        var path = Path.Combine(folder, "config");
        FlinkDashboard.Sandbox.KubeConfigFile.Write(cluster, path);
        using var connector = new ClusterConnector(new() { Source = ClusterSource.KubeConfig, KubeConfigPath = path, Context = "team-a" });
        var api = new KubernetesApi(connector, TimeProvider.System);
        Assert.StartsWith("v1.", await api.VersionAsync(default), StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<KubernetesApiException>(() => api.ListAsync(ClusterRole.Info, null, default));
        Assert.True(refused.IsForbidden);
        Assert.Contains("User \"team-a\" cannot list resource \"clusterroles\"", refused.Message, StringComparison.Ordinal);
    }

    private string Write(string text)
    {
        var path = Path.Combine(folder, "config");
        File.WriteAllText(path, text);
        return path;
    }

    private static async Task<KubernetesApiException> FailureAsync(string path, string? context)
    {
        using var connector = new ClusterConnector(new() { Source = ClusterSource.KubeConfig, KubeConfigPath = path, Context = context });
        return await Assert.ThrowsAsync<KubernetesApiException>(() => new KubernetesApi(connector, TimeProvider.System).VersionAsync(default));
    }
}
