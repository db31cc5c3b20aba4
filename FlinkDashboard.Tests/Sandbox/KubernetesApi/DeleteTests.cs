using System.Net;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Sandbox.KubernetesApi;

public class DeleteTests : ApiTests
{
    [Fact]
    public async Task PlainObject_IsGone_WithASuccessStatus()
    {
        var created = await CreateAsync(Flink, Deployment("a"));
        var (code, status) = await SendAsync(HttpMethod.Delete, $"{Flink}/a");
        Assert.Equal(HttpStatusCode.OK, code);
        Assert.Equal("Success", (string?)status["status"]);
        Assert.Equal((string?)created["metadata"]!["uid"], (string?)status["details"]!["uid"]);
        AssertStatus(404, "NotFound", "flinkdeployments.flink.apache.org \"a\" not found", await SendAsync(HttpMethod.Delete, $"{Flink}/a"));
    }

    [Fact]
    public async Task HeldObject_IsAnsweredWithItsDeletionTime()
    {
        var body = Deployment("a");
        body["metadata"]!["finalizers"] = new JsonArray("x/y");
        await CreateAsync(Flink, body);
        var (_, answered) = await SendAsync(HttpMethod.Delete, $"{Flink}/a");
        Assert.Equal("2026-11-24T16:00:00Z", (string?)answered["metadata"]!["deletionTimestamp"]);
        Assert.Equal(0, (int?)answered["metadata"]!["deletionGracePeriodSeconds"]);
    }

    [Fact]
    public async Task Foreground_AddsItsFinalizer()
    {
        await CreateAsync(Flink, Deployment("a"));
        var (_, answered) = await SendAsync(HttpMethod.Delete, $"{Flink}/a", JsonNode.Parse("""{"kind":"DeleteOptions","apiVersion":"v1","propagationPolicy":"Foreground"}"""));
        Assert.Equal("foregroundDeletion", (string?)answered["metadata"]!["finalizers"]![0]);
    }

    [Fact]
    public async Task Preconditions_MustHold()
    {
        var created = await CreateAsync(Flink, Deployment("a"));
        var uid = (string?)created["metadata"]!["uid"];
        var (code, refused) = await SendAsync(HttpMethod.Delete, $"{Flink}/a", new JsonObject { ["preconditions"] = new JsonObject { ["uid"] = "other" } });
        Assert.Equal(HttpStatusCode.Conflict, code);
        Assert.Contains("UID in the precondition (other)", (string?)refused["message"], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Delete, $"{Flink}/a", new JsonObject { ["preconditions"] = new JsonObject { ["uid"] = uid } })).Code);
    }

    [Fact]
    public async Task DryRun_DeletesNothing()
    {
        await CreateAsync(Flink, Deployment("a"));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Delete, $"{Flink}/a", JsonNode.Parse("""{"dryRun":["All"]}"""))).Code);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync($"{Flink}/a")).Code);
    }

    [Fact]
    public async Task Collection_DeletesWhatIsSelected()
    {
        await CreateAsync(ConfigMaps, ConfigMap("a", ("app", "x")));
        await CreateAsync(ConfigMaps, ConfigMap("b"));
        var (_, deleted) = await SendAsync(HttpMethod.Delete, $"{ConfigMaps}?labelSelector=app%3Dx");
        Assert.Equal(["a"], Names(deleted));
        Assert.Equal(["b"], Names((await GetAsync(ConfigMaps)).Body));
    }

    [Fact]
    public async Task RunningPod_GetsItsGracePeriod_UnlessToldOtherwise()
    {
        World.Objects.Create(ResourceTypes.Pods, new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "p", ["namespace"] = "default" },
            ["spec"] = new JsonObject { ["nodeName"] = "n", ["terminationGracePeriodSeconds"] = 30, ["containers"] = new JsonArray() },
            ["status"] = new JsonObject { ["phase"] = "Running" },
        }, part: WritePart.All);
        var (_, terminating) = await SendAsync(HttpMethod.Delete, $"{Pods}/p");
        Assert.Equal("2026-11-24T16:00:30Z", (string?)terminating["metadata"]!["deletionTimestamp"]);
        var (_, gone) = await SendAsync(HttpMethod.Delete, $"{Pods}/p?gracePeriodSeconds=0");
        Assert.Equal("Pod", (string?)gone["kind"]);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync($"{Pods}/p")).Code);
    }
}
