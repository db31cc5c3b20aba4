using System.Net;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Sandbox.KubernetesApi;

public class WriteTests : ApiTests
{
    private const string Merge = "application/merge-patch+json";
    private const string JsonPatch = "application/json-patch+json";

    [Fact]
    public async Task Created_HasWhatTheServerAdds_AndLosesItsStatus()
    {
        var body = Deployment("a");
        body["status"] = new JsonObject { ["lifecycleState"] = "STABLE" };
        var created = await CreateAsync(Flink, body);
        var meta = created["metadata"]!;
        Assert.Equal(1, (int?)meta["generation"]);
        Assert.Equal("2026-11-24T16:00:00Z", (string?)meta["creationTimestamp"]);
        Assert.Equal(36, ((string?)meta["uid"])!.Length);
        Assert.Null(created["status"]);
        AssertStatus(409, "AlreadyExists", "flinkdeployments.flink.apache.org \"a\" already exists", await SendAsync(HttpMethod.Post, Flink, Deployment("a")));
    }

    [Fact]
    public async Task GenerateName_MakesANewNameEachTime()
    {
        var body = ConfigMap("x");
        body["metadata"] = new JsonObject { ["generateName"] = "job-" };
        var first = await CreateAsync(ConfigMaps, body);
        var second = await CreateAsync(ConfigMaps, body);
        Assert.Matches("^job-[a-z0-9]{5}$", (string?)first["metadata"]!["name"]);
        Assert.NotEqual((string?)first["metadata"]!["name"], (string?)second["metadata"]!["name"]);
    }

    [Fact]
    public async Task Namespace_MustExist_AndNotEnd()
    {
        AssertStatus(404, "NotFound", "namespaces \"nowhere\" not found", await SendAsync(HttpMethod.Post, "/api/v1/namespaces/nowhere/configmaps", ConfigMap("a")));
        World.Objects.Create(ResourceTypes.Namespaces, new JsonObject { ["metadata"] = new JsonObject { ["name"] = "ending", ["finalizers"] = new JsonArray("x/y") } });
        World.Objects.Delete(ResourceTypes.Namespaces, "", "ending");
        AssertStatus(403, "Forbidden", "configmaps \"a\" is forbidden: unable to create new content in namespace ending because it is being terminated",
            await SendAsync(HttpMethod.Post, "/api/v1/namespaces/ending/configmaps", ConfigMap("a")));
    }

    [Fact]
    public async Task DryRun_AnswersAndStoresNothing()
    {
        var version = World.Objects.Version;
        var (code, created) = await SendAsync(HttpMethod.Post, $"{Flink}?dryRun=All", Deployment("a"));
        Assert.Equal(HttpStatusCode.Created, code);
        Assert.NotNull(created["metadata"]!["uid"]);
        Assert.Null(created["metadata"]!["resourceVersion"]);
        Assert.Equal(version, World.Objects.Version);
        await CreateAsync(Flink, Deployment("a"));
        var (_, patched) = await SendAsync(HttpMethod.Patch, $"{Flink}/a?dryRun=All", JsonNode.Parse("""{"spec":{"job":{"parallelism":9}}}"""), Merge);
        Assert.Equal(9, (int?)patched["spec"]!["job"]!["parallelism"]);
        Assert.Equal(2, (int?)patched["metadata"]!["generation"]);
        Assert.Equal(2, (int?)(await GetAsync($"{Flink}/a")).Body["spec"]!["job"]!["parallelism"]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(HttpMethod.Post, $"{Flink}?dryRun=Some", Deployment("b"))).Code);
    }

    [Fact]
    public async Task Replacement_NeedsTheNewestVersion()
    {
        var created = await CreateAsync(Flink, Deployment("a"));
        var changed = created.DeepClone().AsObject();
        changed["spec"]!["job"]!["parallelism"] = 3;
        var (code, updated) = await SendAsync(HttpMethod.Put, $"{Flink}/a", changed);
        Assert.Equal(HttpStatusCode.OK, code);
        Assert.Equal(2, (int?)updated["metadata"]!["generation"]);
        AssertStatus(409, "Conflict", "Operation cannot be fulfilled on flinkdeployments.flink.apache.org \"a\": the object has been modified; please apply your changes to the latest version and try again",
            await SendAsync(HttpMethod.Put, $"{Flink}/a", created));
        changed["metadata"]!.AsObject().Remove("resourceVersion");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(HttpMethod.Put, $"{Flink}/a", changed)).Code);
    }

    [Fact]
    public async Task Status_IsWrittenApart()
    {
        await CreateAsync(Flink, Deployment("a"));
        var (_, viaMain) = await SendAsync(HttpMethod.Patch, $"{Flink}/a", JsonNode.Parse("""{"status":{"lifecycleState":"STABLE"}}"""), Merge);
        Assert.Null(viaMain["status"]);
        var (_, viaStatus) = await SendAsync(HttpMethod.Patch, $"{Flink}/a/status", JsonNode.Parse("""{"spec":{"image":"other"},"status":{"lifecycleState":"STABLE"}}"""), Merge);
        Assert.Equal("STABLE", (string?)viaStatus["status"]!["lifecycleState"]);
        Assert.Equal("flink:1.20", (string?)viaStatus["spec"]!["image"]);
        Assert.Equal(1, (int?)viaStatus["metadata"]!["generation"]);
    }

    [Fact]
    public async Task MergePatch_DeletesWithNull_ReplacesArrays_AndLocksByVersion()
    {
        var created = await CreateAsync(ConfigMaps, ConfigMap("a", ("app", "x")));
        var (_, patched) = await SendAsync(HttpMethod.Patch, $"{ConfigMaps}/a", JsonNode.Parse("""{"metadata":{"labels":{"app":null,"b":"c"}},"data":{"d":"e"}}"""), Merge);
        Assert.Equal("""{"b":"c"}""", patched["metadata"]!["labels"]!.ToJsonString());
        Assert.Equal("e", (string?)patched["data"]!["d"]);
        Assert.Equal("1", (string?)patched["data"]!["a"]);
        var stale = new JsonObject { ["metadata"] = new JsonObject { ["resourceVersion"] = (string?)created["metadata"]!["resourceVersion"] }, ["data"] = new JsonObject { ["d"] = "f" } };
        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync(HttpMethod.Patch, $"{ConfigMaps}/a", stale, Merge)).Code);
    }

    [Fact]
    public async Task JsonPatch_Works_AndFailsWhole()
    {
        await CreateAsync(Flink, Deployment("a"));
        var (_, patched) = await SendAsync(HttpMethod.Patch, $"{Flink}/a", JsonNode.Parse("""[{"op":"test","path":"/spec/image","value":"flink:1.20"},{"op":"replace","path":"/spec/job/state","value":"suspended"},{"op":"add","path":"/metadata/annotations","value":{"a/b":"c"}}]"""), JsonPatch);
        Assert.Equal("suspended", (string?)patched["spec"]!["job"]!["state"]);
        Assert.Equal("c", (string?)patched["metadata"]!["annotations"]!["a/b"]);
        var (_, removed) = await SendAsync(HttpMethod.Patch, $"{Flink}/a", JsonNode.Parse("""[{"op":"remove","path":"/metadata/annotations/a~1b"}]"""), JsonPatch);
        Assert.Null(removed["metadata"]!["annotations"]?["a/b"]);
        var version = World.Objects.Version;
        var failed = await SendAsync(HttpMethod.Patch, $"{Flink}/a", JsonNode.Parse("""[{"op":"replace","path":"/spec/image","value":"x"},{"op":"test","path":"/spec/job/state","value":"running"}]"""), JsonPatch);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, failed.Code);
        Assert.Equal(version, World.Objects.Version);
    }

    [Fact]
    public async Task OtherPatches_AreRefused()
    {
        await CreateAsync(Flink, Deployment("a"));
        var patch = new JsonObject();
        AssertStatus(415, "UnsupportedMediaType", "the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml",
            await SendAsync(HttpMethod.Patch, $"{Flink}/a", patch, "application/strategic-merge-patch+json"));
        var (code, body) = await SendAsync(HttpMethod.Patch, $"{Flink}/a?fieldManager=x", patch, "application/apply-patch+yaml");
        Assert.Equal(HttpStatusCode.NotImplemented, code);
        Assert.Contains("server-side apply", (string?)body["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scale_ReadsAndWritesReplicas()
    {
        await CreateAsync(Flink, Deployment("a"));
        var (_, scale) = await GetAsync($"{Flink}/a/scale");
        Assert.Equal("Scale", (string?)scale["kind"]);
        Assert.Equal(1, (int?)scale["spec"]!["replicas"]);
        var (_, scaled) = await SendAsync(HttpMethod.Patch, $"{Flink}/a/scale", JsonNode.Parse("""{"spec":{"replicas":4}}"""), Merge);
        Assert.Equal(4, (int?)scaled["spec"]!["replicas"]);
        var (_, stored) = await GetAsync($"{Flink}/a");
        Assert.Equal(4, (int?)stored["spec"]!["taskManager"]!["replicas"]);
        Assert.Equal(2, (int?)stored["metadata"]!["generation"]);
        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync(HttpMethod.Put, $"{Flink}/a/scale", scale)).Code);
    }

    [Fact]
    public async Task RecordedWorld_RefusesWrites()
    {
        World.ReadOnlyBecause = "this is a recording";
        AssertStatus(403, "Forbidden", "flinkdeployments.flink.apache.org \"a\" is forbidden: this is a recording",
            await SendAsync(HttpMethod.Patch, $"{Flink}/a", new JsonObject(), Merge));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(Flink)).Code);
    }

    [Fact]
    public async Task MethodsThatARealServerHasNot_Are405()
    {
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await SendAsync(HttpMethod.Post, "/api/v1/pods", new JsonObject())).Code);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await SendAsync(HttpMethod.Put, ConfigMaps, new JsonObject())).Code);
        Assert.Equal(HttpStatusCode.NotImplemented, (await SendAsync(HttpMethod.Post, $"{Pods}/x/exec", new JsonObject())).Code);
    }
}
