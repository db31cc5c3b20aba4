using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Sandbox.KubernetesApi;

public class ProxyTests : ApiTests
{
    private const string Services = "/api/v1/namespaces/default/services";

    [Theory]
    [InlineData("orders-rest:8081")]
    [InlineData("orders-rest:rest")]
    [InlineData("http:orders-rest:8081")]
    public async Task Request_ReachesTheServerInThePod_AsItWasEncoded(string name)
    {
        AddService();
        SetEndpoints("addresses");
        Serve();
        Assert.Equal("""{"path":"/jobs/a%20b/","query":"?x=%2F","port":8081}""", await Http.GetStringAsync($"{Services}/{name}/proxy/jobs/a%20b/?x=%2F"));
    }

    [Fact]
    public async Task Pod_IsReachedByItsPort()
    {
        AddService();
        Serve();
        Assert.Equal("""{"path":"/overview","query":"","port":8081}""", await Http.GetStringAsync($"{Pods}/orders-0:8081/proxy/overview"));
        Assert.Equal("""{"path":"/overview","query":"","port":8081}""", await Http.GetStringAsync($"{Pods}/orders-0/proxy/overview"));
    }

    [Fact]
    public async Task EachStepTowardsThePod_FailsInItsOwnWords()
    {
        AssertStatus(404, "NotFound", "services \"orders-rest\" not found", await GetAsync($"{Services}/orders-rest:8081/proxy/jobs"));
        AddService();
        AssertStatus(503, "ServiceUnavailable", "no endpoints available for service \"orders-rest\"", await GetAsync($"{Services}/orders-rest:8081/proxy/jobs"));
        AssertStatus(503, "ServiceUnavailable", "no service port 9 found for service \"orders-rest\"", await GetAsync($"{Services}/orders-rest:9/proxy/jobs"));
        SetEndpoints("notReadyAddresses");
        AssertStatus(503, "ServiceUnavailable", "no endpoints available for service \"orders-rest:8081\"", await GetAsync($"{Services}/orders-rest:8081/proxy/jobs"));
        SetEndpoints("addresses");
        AssertStatus(503, "ServiceUnavailable", "error trying to reach service: dial tcp 10.0.0.7:8081: connect: connection refused", await GetAsync($"{Services}/orders-rest:8081/proxy/jobs"));
    }

    [Fact]
    public async Task OtherMethods_AreRefusedByName()
    {
        AddService();
        var (code, body) = await SendAsync(HttpMethod.Post, $"{Services}/orders-rest:8081/proxy/jars/upload", new JsonObject());
        Assert.Equal(HttpStatusCode.NotImplemented, code);
        Assert.Contains("GET only", (string?)body["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task BareProxy_RedirectsToItsRoot()
    {
        AddService();
        SetEndpoints("addresses");
        Serve();
        using var answer = await Http.GetAsync($"{Services}/orders-rest:8081/proxy");
        Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
        Assert.Equal($"{Services}/orders-rest:8081/proxy/", answer.Headers.Location!.OriginalString);
        Assert.Contains("\"/\"", await Http.GetStringAsync($"{Services}/orders-rest:8081/proxy/"), StringComparison.Ordinal);
    }

    private void AddService()
    {
        World.Objects.Create(ResourceTypes.Services, JsonNode.Parse("""{"metadata":{"name":"orders-rest","namespace":"default"},"spec":{"ports":[{"name":"rest","port":8081,"targetPort":8081,"protocol":"TCP"}]}}""")!.AsObject());
        World.Objects.Create(ResourceTypes.Endpoints, JsonNode.Parse("""{"metadata":{"name":"orders-rest","namespace":"default"}}""")!.AsObject());
        World.Objects.Create(ResourceTypes.Pods, JsonNode.Parse("""
            {"metadata":{"name":"orders-0","namespace":"default"},"spec":{"containers":[{"name":"main","ports":[{"name":"rest","containerPort":8081}]}]},"status":{"podIP":"10.0.0.7"}}
            """)!.AsObject(), part: WritePart.All);
    }

    private void SetEndpoints(string kind) => World.Objects.Update(ResourceTypes.Endpoints, "default", "orders-rest", o =>
    {
        o["subsets"] = JsonNode.Parse("""[{"KIND":[{"ip":"10.0.0.7","targetRef":{"kind":"Pod","name":"orders-0"}}],"ports":[{"name":"rest","port":8081,"protocol":"TCP"}]}]""".Replace("KIND", kind));
        return o;
    });

    private void Serve() => World.Servers.Add((request, _) => Task.FromResult<PodResponse?>(request.Pod.Name != "orders-0" ? null
        : new PodResponse(200, "application/json", Encoding.UTF8.GetBytes($"{{\"path\":\"{request.Path}\",\"query\":\"{request.Query}\",\"port\":{request.Port}}}"))));
}
