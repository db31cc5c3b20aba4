using FlinkDashboard.Configuration;

namespace FlinkDashboard.Tests.Configuration;

public class ClusterChoiceTests
{
    private const string Home = "/home/jane/.kube/config";
    private const string PodToken = "/var/run/secrets/kubernetes.io/serviceaccount/token";

    [Theory]
    [InlineData("", "", ClusterSource.Sandbox, null)]
    [InlineData("", Home, ClusterSource.KubeConfig, Home)]
    [InlineData("KUBECONFIG=/etc/kc", "", ClusterSource.KubeConfig, "/etc/kc")]
    [InlineData("KUBERNETES_SERVICE_HOST=10.0.0.1", PodToken, ClusterSource.InCluster, null)]
    [InlineData("KUBERNETES_SERVICE_HOST=10.0.0.1", "", ClusterSource.Sandbox, null)]
    [InlineData("KUBERNETES_SERVICE_HOST=10.0.0.1,KUBECONFIG=/etc/kc", PodToken, ClusterSource.InCluster, null)]
    public void WithoutSetting_SurroundingsDecide(string environment, string file, ClusterSource source, string? path)
    {
        var choice = Choose(new(), environment, file);
        Assert.Equal((source, path), (choice.Source, choice.KubeConfigPath));
        Assert.NotEmpty(choice.Reason);
    }

    [Fact]
    public void NamedKubeConfigThatIsMissing_NeverBecomesTheSandbox()
    {
        Assert.Equal(ClusterSource.KubeConfig, Choose(new() { KubeConfig = "/gone" }, "", "").Source);
        Assert.Equal(ClusterSource.KubeConfig, Choose(new() { Context = "prod" }, "", "").Source);
        Assert.Equal(ClusterSource.KubeConfig, Choose(new(), "KUBECONFIG=/gone", "").Source);
    }

    [Fact]
    public void Setting_WinsOverSurroundings() =>
        Assert.Equal(ClusterSource.Sandbox, Choose(new() { Source = ClusterSource.Sandbox }, "KUBERNETES_SERVICE_HOST=10.0.0.1", PodToken).Source);

    private static ClusterChoice Choose(ClusterOptions options, string environment, string file)
    {
        var variables = $"HOME=/home/jane,{environment}".Split(',', StringSplitOptions.RemoveEmptyEntries).Select(v => v.Split('=')).ToDictionary(v => v[0], v => v[1]);
        return ClusterChoice.Of(options, variables.GetValueOrDefault, path => path == file);
    }
}
