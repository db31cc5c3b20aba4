using System.Net;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Sandbox.KubernetesApi;

public class WatchTests : ApiTests
{
    [Fact]
    public async Task Changes_ArriveInOrder_FromTheVersionGiven()
    {
        var version = (await GetAsync(ConfigMaps)).Body["metadata"]!["resourceVersion"];
        await CreateAsync(ConfigMaps, ConfigMap("a"));
        using var watch = await WatchReader.OpenAsync(Http, $"{ConfigMaps}?watch=true&resourceVersion={version}");
        Assert.Equal("ADDED a", await watch.NextTextAsync());
        World.Objects.Update(ResourceTypes.ConfigMaps, "default", "a", o => { o["data"]!["a"] = "2"; return o; });
        var (deleted, _) = World.Objects.Delete(ResourceTypes.ConfigMaps, "default", "a");
        Assert.Equal("MODIFIED a", await watch.NextTextAsync());
        var last = await watch.NextAsync();
        Assert.Equal("DELETED", (string?)last!["type"]);
        Assert.Equal("ConfigMap", (string?)last["object"]!["kind"]);
        Assert.Equal(deleted.ResourceVersion.ToString(), (string?)last["object"]!["metadata"]!["resourceVersion"]);
    }

    [Fact]
    public async Task WithoutVersion_WhatExistsComesFirst()
    {
        await CreateAsync(ConfigMaps, ConfigMap("a"));
        await CreateAsync(ConfigMaps, ConfigMap("b"));
        using var watch = await WatchReader.OpenAsync(Http, $"{ConfigMaps}?watch=1");
        Assert.Equal("ADDED a", await watch.NextTextAsync());
        Assert.Equal("ADDED b", await watch.NextTextAsync());
    }

    [Fact]
    public async Task StreamingList_EndsWithAMarkedBookmark()
    {
        await CreateAsync(Flink, Deployment("a"));
        using var watch = await WatchReader.OpenAsync(Http, $"{Flink}?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true");
        Assert.Equal("ADDED a", await watch.NextTextAsync());
        var bookmark = await watch.NextAsync();
        Assert.Equal("BOOKMARK", (string?)bookmark!["type"]);
        Assert.Equal("true", (string?)bookmark["object"]!["metadata"]!["annotations"]!["k8s.io/initial-events-end"]);
        Assert.Equal("FlinkDeployment", (string?)bookmark["object"]!["kind"]);
    }

    [Fact]
    public async Task Selection_TurnsChangesIntoComingAndGoing()
    {
        var version = World.Objects.Version;
        await CreateAsync(ConfigMaps, ConfigMap("a", ("app", "other")));
        using var watch = await WatchReader.OpenAsync(Http, $"{ConfigMaps}?watch=true&resourceVersion={version}&labelSelector=app%3Dx");
        Relabel("x");
        Assert.Equal("ADDED a", await watch.NextTextAsync());
        Relabel("other");
        var gone = await watch.NextAsync();
        Assert.Equal("DELETED", (string?)gone!["type"]);
        Assert.Equal("x", (string?)gone["object"]!["metadata"]!["labels"]!["app"]);
        Assert.Equal(World.Objects.Version.ToString(), (string?)gone["object"]!["metadata"]!["resourceVersion"]);
    }

    [Fact]
    public async Task ForgottenVersion_EndsWithAnErrorEvent_OrHttp410()
    {
        await CreateAsync(ConfigMaps, ConfigMap("a"));
        World.Objects.Compact();
        using var watch = await WatchReader.OpenAsync(Http, $"{ConfigMaps}?watch=true&resourceVersion=1000");
        Assert.Equal(HttpStatusCode.OK, watch.Code);
        var error = await watch.NextAsync();
        Assert.Equal("ERROR", (string?)error!["type"]);
        Assert.Equal(410, (int?)error["object"]!["code"]);
        Assert.Equal("Expired", (string?)error["object"]!["reason"]);
        Assert.StartsWith("too old resource version: 1000", (string?)error["object"]!["message"], StringComparison.Ordinal);
        Assert.Null(await watch.NextAsync());
        Cluster.Faults.ExpiredAsHttp = true;
        using var refused = await WatchReader.OpenAsync(Http, $"{ConfigMaps}?watch=true&resourceVersion=1000");
        Assert.Equal(HttpStatusCode.Gone, refused.Code);
    }

    [Fact]
    public async Task RunningWatch_ThatFallsBehindACompaction_GetsTheError()
    {
        Cluster.Faults.StallWatches = true;
        using var watch = await WatchReader.OpenAsync(Http, $"{ConfigMaps}?watch=true&resourceVersion={World.Objects.Version}");
        await CreateAsync(ConfigMaps, ConfigMap("a"));
        World.Objects.Compact();
        Cluster.Faults.StallWatches = false;
        using var late = await WatchReader.OpenAsync(Http, $"{ConfigMaps}?watch=true&resourceVersion={World.Objects.Version - 1}");
        Assert.Equal("ERROR", await late.NextTextAsync());
    }

    [Fact]
    public async Task Timeout_EndsTheWatch_WithABookmark()
    {
        using var watch = await WatchReader.OpenAsync(Http, $"{ConfigMaps}?watch=true&resourceVersion={World.Objects.Version}&timeoutSeconds=1&allowWatchBookmarks=true");
        var bookmark = await watch.NextAsync();
        Assert.Equal("BOOKMARK", (string?)bookmark!["type"]);
        Assert.Null(await watch.NextAsync());
    }

    [Fact]
    public async Task CutWatch_BreaksOff()
    {
        using var watch = await WatchReader.OpenAsync(Http, $"{ConfigMaps}?watch=true&resourceVersion={World.Objects.Version}");
        await CreateAsync(ConfigMaps, ConfigMap("a"));
        Assert.Equal("ADDED a", await watch.NextTextAsync());
        Cluster.Faults.CutWatches();
        await Assert.ThrowsAnyAsync<IOException>(() => watch.NextAsync());
    }

    [Fact]
    public async Task Table_IsDefinedOnce()
    {
        await CreateAsync(Flink, Deployment("a"));
        using var watch = await WatchReader.OpenAsync(Http, $"{Flink}?watch=true", "application/json;as=Table;v=v1;g=meta.k8s.io");
        var first = (await watch.NextAsync())!["object"]!;
        World.Objects.Update(ResourceTypes.FlinkDeployments, "default", "a", o => { o["status"] = new JsonObject { ["lifecycleState"] = "STABLE" }; return o; }, WritePart.Status);
        var second = (await watch.NextAsync())!["object"]!;
        Assert.Equal(["Name", "Job Status", "Lifecycle State"], first["columnDefinitions"]!.AsArray().Select(c => (string)c!["name"]!));
        Assert.Empty(second["columnDefinitions"]!.AsArray());
        Assert.Equal("STABLE", (string?)second["rows"]![0]!["cells"]![2]);
    }

    [Fact]
    public async Task DeletionByFinalizer_ShowsTheLastStoredState()
    {
        var body = Deployment("a");
        body["metadata"]!["finalizers"] = new JsonArray("example.com/hold");
        var version = World.Objects.Version;
        await CreateAsync(Flink, body);
        await SendAsync(HttpMethod.Delete, $"{Flink}/a");
        await SendAsync(HttpMethod.Patch, $"{Flink}/a", JsonNode.Parse("""{"metadata":{"finalizers":null}}"""), "application/merge-patch+json");
        using var watch = await WatchReader.OpenAsync(Http, $"{Flink}?watch=true&resourceVersion={version}");
        Assert.Equal("ADDED a", await watch.NextTextAsync());
        var deleting = await watch.NextAsync();
        Assert.Equal("MODIFIED", (string?)deleting!["type"]);
        Assert.Equal(2, (int?)deleting["object"]!["metadata"]!["generation"]);
        var gone = await watch.NextAsync();
        Assert.Equal("DELETED", (string?)gone!["type"]);
        Assert.Equal("example.com/hold", (string?)gone["object"]!["metadata"]!["finalizers"]![0]);
    }

    private void Relabel(string app) => World.Objects.Update(ResourceTypes.ConfigMaps, "default", "a", o =>
    {
        o["metadata"]!["labels"]!["app"] = app;
        return o;
    });
}
