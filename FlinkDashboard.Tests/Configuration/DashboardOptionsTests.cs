using FlinkDashboard.Configuration;
using FlinkDashboard.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace FlinkDashboard.Tests.Configuration;

public class DashboardOptionsTests
{
    [Fact]
    public void NoSettings_AreValid() => Assert.Equal("busy", Read().Sandbox.World);

    [Theory]
    [InlineData("Cluster:Source=Foo", "Cluster:Source", "Sandbox, KubeConfig, InCluster")]
    [InlineData("Cluster:Source=Sandbox;Cluster:Context=prod", "Cluster:Context", "only for Cluster:Source KubeConfig")]
    [InlineData("Cluster:Source=InCluster;Cluster:KubeConfig=/x", "Cluster:KubeConfig", "only for Cluster:Source KubeConfig")]
    [InlineData("Cluster:Namespaces:0=Team_A", "Cluster:Namespaces", "lower-case")]
    [InlineData("Cluster:Namespace=team-a", "Cluster:Namespace", "is not a setting")]
    [InlineData("Sandbox:World=loud", "Sandbox:World", "quiet, busy, failing, thousand or recording:FOLDER")]
    [InlineData("Sandbox:World=recording:/no/such/folder", "Sandbox:World", "does not exist")]
    [InlineData("Sandbox:Speed=-1", "Sandbox:Speed", "between 0 and 3600")]
    [InlineData("Sandbox:Speed=fast", "Sandbox:Speed", "")]
    [InlineData("Access:Mode=Nobody", "Access:Mode", "None, Header")]
    [InlineData("Access:Mode=Header", "Access:TrustedProxies", "Access:SharedSecret")]
    [InlineData("Access:Mode=Header;Access:SharedSecret=short", "Access:SharedSecret", "16 characters")]
    [InlineData("Access:Mode=Header;Access:TrustedProxies:0=proxy.local", "Access:TrustedProxies", "IP address or a CIDR range")]
    [InlineData("urls=http://0.0.0.0:8080", "Urls", "loopback")]
    [InlineData("urls=http://localhost:1;http://*:8080", "Urls", "loopback")]
    [InlineData("http_ports=8080", "HTTP_PORTS", "loopback")]
    [InlineData("Kestrel:Endpoints:Main:Url=https://[::]:8443", "Kestrel:Endpoints:Main:Url", "loopback")]
    [InlineData("Prometheus:Url=prometheus:9090", "Prometheus:Url", "an address such as http")]
    [InlineData("Prometheus:Url=http://user:word@prometheus:9090", "Prometheus:Url", "an address such as http")]
    [InlineData("Prometheus:Url=http://prometheus:9090/api/v1", "Prometheus:Url", "before /api/v1")]
    [InlineData("Prometheus:Timeout=0", "Prometheus:Timeout", "between 1 and 120")]
    [InlineData("Prometheus:ScrapeInterval=900", "Prometheus:ScrapeInterval", "between 1 and 300")]
    [InlineData("Prometheus:Headers:0=tenant", "Prometheus:Headers", "Name: value")]
    [InlineData("Prometheus:TokenFile=/no/such/file", "Prometheus:TokenFile", "does not exist")]
    [InlineData("Logs:Endpoint=logs", "Logs:Endpoint", "an address such as")]
    [InlineData("Logs:Lines=10", "Logs:Lines", "between 1,000 and 200,000")]
    [InlineData("Logs:Account=123", "Logs:Account", "12 digits")]
    [InlineData("Logs:ApplicationGroups:0=/emr/{namespace}-*", "Logs:ApplicationGroups", "same part between slashes")]
    [InlineData("Logs:ApplicationGroups:0=/emr/shared:{namespace}", "Logs:ApplicationGroups", "must end with *")]
    [InlineData("Logs:ApplicationGroups:0=/emr/{team}/*", "Logs:ApplicationGroups", "GROUP, GROUP:STREAMS or NAMESPACE=GROUP")]
    [InlineData("Logs:ApplicationGroups:0=Team_A=/emr/a", "Logs:ApplicationGroups", "GROUP, GROUP:STREAMS or NAMESPACE=GROUP")]
    [InlineData("Storage:Locations:0=my-bucket", "Storage:Locations", "s3://bucket/prefix")]
    [InlineData("Storage:Jars=http://bucket", "Storage:Jars", "s3://bucket/prefix")]
    [InlineData("Storage:UploadLimit=0", "Storage:UploadLimit", "5,120 MiB")]
    [InlineData("Telemetry:Otlp=collector", "Telemetry:Otlp", "an address such as")]
    public void WrongSetting_IsRefused_NamingKeyAndRule(string settings, string key, string rule)
    {
        var error = Assert.Throws<SettingsException>(() => Read(Split(settings)));
        Assert.Contains(key, error.Message, StringComparison.Ordinal);
        Assert.Contains(rule, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("urls=http://localhost:5000;http://127.0.0.1:5001;http://[::1]:5002")]
    [InlineData("Access:Mode=Header;Access:TrustedProxies:0=10.0.0.0/8;urls=http://*:8080")]
    [InlineData("Access:Mode=Header;Access:SharedSecret=0123456789abcdef;http_ports=8080")]
    [InlineData("Cluster:Source=KubeConfig;Cluster:Context=prod;Cluster:Namespaces:0=team-a")]
    [InlineData("Prometheus:Url=https://aps-workspaces.us-west-2.amazonaws.com/workspaces/ws-1/;Storage:Locations:0=s3://bucket;Storage:Locations:1=team-a=s3://bucket/team-a")]
    [InlineData("Logs:ApplicationGroups:0=/emr/{namespace}/*;Logs:ApplicationGroups:1=team-a=/emr/shared;Logs:ApplicationGroups:2=/emr/shared:{namespace}/*")]
    public void GoodSettings_AreRead(string settings) => Assert.NotNull(Read(Split(settings)));

    [Fact]
    public void SeveralMistakes_AreToldAtOnce()
    {
        var error = Assert.Throws<SettingsException>(() => Read(("Sandbox:World", "loud"), ("Sandbox:Speed", "-1")));
        Assert.Equal(3, error.Message.Split('\n').Length);
    }

    [Fact]
    public void Readme_ListsEveryKey_WithItsDefault()
    {
        var table = File.ReadLines(Path.Combine(Repository.Root, "README.md")).Where(l => l.StartsWith("| `", StringComparison.Ordinal))
            .Select(l => l.Split('|', StringSplitOptions.TrimEntries)).Where(c => c.Length > 3).Select(c => (Key: c[1].Trim('`'), Default: c[2].Trim('`'))).ToList();
        Assert.Equal(SettingKeys.All.Order(), table.Where(r => r.Key.Contains(':', StringComparison.Ordinal) || r.Key == "Urls").Order());
    }

    private static DashboardOptions Read(params (string Key, string Value)[] settings) =>
        Settings.Read(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build());

    // Semicolons stand between settings and, in addresses, between addresses.
    private static (string, string)[] Split(string settings)
    {
        var parts = new List<(string, string)>();
        foreach (var part in settings.Split(';'))
        {
            if (part.Contains('=', StringComparison.Ordinal))
                parts.Add((part.Split('=', 2)[0], part.Split('=', 2)[1]));
            else
                parts[^1] = (parts[^1].Item1, parts[^1].Item2 + ";" + part);
        }
        return [.. parts];
    }
}
