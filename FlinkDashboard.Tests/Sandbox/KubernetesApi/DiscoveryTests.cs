using System.Net;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Sandbox.KubernetesApi;

public class DiscoveryTests : ApiTests
{
    [Fact]
    public async Task Groups_AreListed_WithTheirVersions()
    {
        var groups = (await GetAsync("/apis")).Body["groups"]!.AsArray().Select(g => (string)g!["preferredVersion"]!["groupVersion"]!).ToList();
        Assert.Contains("flink.apache.org/v1beta1", groups);
        Assert.Contains("apps/v1", groups);
        Assert.Contains("authorization.k8s.io/v1", groups);
        Assert.Equal("v1", (string?)(await GetAsync("/api")).Body["versions"]![0]);
    }

    [Fact]
    public async Task Resources_AreListed_WithSubresources()
    {
        var (_, list) = await GetAsync("/apis/flink.apache.org/v1beta1");
        var resources = list["resources"]!.AsArray().ToDictionary(r => (string)r!["name"]!, r => r!.AsObject());
        Assert.Equal("FlinkDeployment", (string?)resources["flinkdeployments"]["kind"]);
        Assert.Equal("flinkdep", (string?)resources["flinkdeployments"]["shortNames"]![0]);
        Assert.Equal("autoscaling", (string?)resources["flinkdeployments/scale"]["group"]);
        Assert.Contains("flinksessionjobs/status", resources.Keys);
        var core = (await GetAsync("/api/v1")).Body["resources"]!.AsArray().Select(r => (string)r!["name"]!).ToList();
        Assert.Contains("pods/log", core);
        Assert.Contains("services/proxy", core);
        Assert.DoesNotContain("pods/exec", core);
    }

    [Fact]
    public async Task AggregatedForm_IsGiven_WhenAskedFor()
    {
        const string accept = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";
        using var request = new HttpRequestMessage(HttpMethod.Get, "/apis");
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await Http.SendAsync(request);
        Assert.Contains("as=APIGroupDiscoveryList", response.Content.Headers.ContentType!.ToString(), StringComparison.Ordinal);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        var apps = body["items"]!.AsArray().Single(i => (string?)i!["metadata"]!["name"] == "apps")!;
        var deployments = apps["versions"]![0]!["resources"]!.AsArray().Single(r => (string?)r!["resource"] == "deployments")!;
        Assert.Equal("Namespaced", (string?)deployments["scope"]);
        Assert.Equal(["scale", "status"], deployments["subresources"]!.AsArray().Select(s => (string)s!["subresource"]!));
    }

    [Fact]
    public async Task CustomKind_WithoutItsDefinition_IsNotServed()
    {
        World.Objects.Delete(ResourceTypes.CustomResourceDefinitions, "", "flinkstatesnapshots.flink.apache.org");
        using var answer = await Http.GetAsync("/apis/flink.apache.org/v1beta1/namespaces/default/flinkstatesnapshots");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("404 page not found\n", await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(Flink)).Code);
    }

    [Fact]
    public async Task VersionAndHealth_Answer()
    {
        Assert.Equal("v1.36.2", (string?)(await GetAsync("/version")).Body["gitVersion"]);
        Assert.Equal("ok", await Http.GetStringAsync("/readyz"));
        Assert.EndsWith("livez check passed\n", await Http.GetStringAsync("/livez?verbose"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/metrics")]
    [InlineData("/api/v1/watch/pods")]
    public async Task UnsupportedPath_IsRefusedByName(string path)
    {
        var (code, body) = await GetAsync(path);
        Assert.Equal(HttpStatusCode.NotImplemented, code);
        Assert.Contains($"GET {path}", (string?)body["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task RefusalSwitch_Answers429InPlainText()
    {
        Cluster.Faults.RefuseNext(1);
        using var refused = await Http.GetAsync("/version");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);
        Assert.StartsWith("Too many requests", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/version")).Code);
    }

    [Fact]
    public async Task UnreachableSwitch_DropsConnections()
    {
        Cluster.Faults.Unreachable = true;
        await Assert.ThrowsAsync<HttpRequestException>(() => Http.GetAsync("/version"));
        Cluster.Faults.Unreachable = false;
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/version")).Code);
    }
}
