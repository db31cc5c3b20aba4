using System.Net;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Sandbox.KubernetesApi;

public class ListTests : ApiTests
{
    [Fact]
    public async Task Items_CarryTheirKind_OnlyWhenCustom()
    {
        await CreateAsync(ConfigMaps, ConfigMap("a"));
        await CreateAsync(Flink, Deployment("a"));
        var (_, builtIn) = await GetAsync(ConfigMaps);
        Assert.Equal("ConfigMapList", (string?)builtIn["kind"]);
        Assert.False(builtIn["items"]![0]!.AsObject().ContainsKey("kind"));
        Assert.Equal("a", (string?)builtIn["items"]![0]!["metadata"]!["name"]);
        var (_, custom) = await GetAsync(Flink);
        Assert.Equal("flink.apache.org/v1beta1", (string?)custom["items"]![0]!["apiVersion"]);
    }

    [Fact]
    public async Task Pages_ShowOneVersion_WhateverHappensBetween()
    {
        for (var i = 0; i < 5; i++)
            await CreateAsync(ConfigMaps, ConfigMap($"m{i}"));
        var (_, first) = await GetAsync($"{ConfigMaps}?limit=2");
        Assert.Equal(["m0", "m1"], Names(first));
        Assert.Equal(3, (int?)first["metadata"]!["remainingItemCount"]);
        World.Objects.Delete(ResourceTypes.ConfigMaps, "default", "m3");
        await CreateAsync(ConfigMaps, ConfigMap("m25"));
        var (_, second) = await GetAsync($"{ConfigMaps}?limit=2&continue={first["metadata"]!["continue"]}");
        var (_, third) = await GetAsync($"{ConfigMaps}?limit=2&continue={second["metadata"]!["continue"]}");
        Assert.Equal(["m2", "m3", "m4"], Names(second).Concat(Names(third)));
        Assert.Equal((string?)first["metadata"]!["resourceVersion"], (string?)third["metadata"]!["resourceVersion"]);
        Assert.Null(third["metadata"]!["continue"]);
    }

    [Fact]
    public async Task Page_OfAForgottenVersion_IsExpiredWithAWayOn()
    {
        for (var i = 0; i < 3; i++)
            await CreateAsync(ConfigMaps, ConfigMap($"m{i}"));
        var (_, first) = await GetAsync($"{ConfigMaps}?limit=1");
        await CreateAsync(ConfigMaps, ConfigMap("m3"));
        World.Objects.Compact();
        var (code, expired) = await GetAsync($"{ConfigMaps}?limit=1&continue={first["metadata"]!["continue"]}");
        Assert.Equal(HttpStatusCode.Gone, code);
        Assert.Equal("Expired", (string?)expired["reason"]);
        var (_, rest) = await GetAsync($"{ConfigMaps}?continue={expired["metadata"]!["continue"]}");
        Assert.Equal(["m1", "m2", "m3"], Names(rest));
    }

    [Theory]
    [InlineData("tier=front", "a,b")]
    [InlineData("tier==front,app!=x", "b")]
    [InlineData("tier", "a,b,c")]
    [InlineData("!tier", "d")]
    [InlineData("app in (x,z)", "a,c")]
    [InlineData("app notin (x)", "b,c,d")]
    [InlineData("size>3", "b")]
    [InlineData("size<3", "a")]
    [InlineData("tier!=front", "c,d")]
    public async Task LabelSelector_Selects(string selector, string expected)
    {
        await CreateAsync(ConfigMaps, ConfigMap("a", ("tier", "front"), ("app", "x"), ("size", "2")));
        await CreateAsync(ConfigMaps, ConfigMap("b", ("tier", "front"), ("app", "y"), ("size", "4")));
        await CreateAsync(ConfigMaps, ConfigMap("c", ("tier", "back"), ("app", "z")));
        await CreateAsync(ConfigMaps, ConfigMap("d"));
        var (_, list) = await GetAsync($"{ConfigMaps}?labelSelector={Uri.EscapeDataString(selector)}");
        Assert.Equal(expected.Split(','), Names(list));
    }

    [Theory]
    [InlineData("spec.nodeName=n1", "p1")]
    [InlineData("spec.nodeName!=n1", "p2")]
    [InlineData("status.phase=Running,metadata.name=p1", "p1")]
    [InlineData("spec.nodeName=", "p2")]
    public async Task FieldSelector_SelectsPods(string selector, string expected)
    {
        AddPod("p1", "n1", "Running");
        AddPod("p2", null, "Pending");
        var (_, list) = await GetAsync($"{Pods}?fieldSelector={Uri.EscapeDataString(selector)}");
        Assert.Equal(expected.Split(','), Names(list));
    }

    [Fact]
    public async Task UnknownField_IsRefused_AsEachKindWordsIt()
    {
        AssertStatus(400, "BadRequest", "field label not supported: spec.foo", await GetAsync($"{Pods}?fieldSelector=spec.foo%3D1"));
        AssertStatus(400, "BadRequest", "\"spec.foo\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"", await GetAsync($"{ConfigMaps}?fieldSelector=spec.foo%3D1"));
    }

    [Fact]
    public async Task ExactVersion_ShowsThePast()
    {
        var created = await CreateAsync(ConfigMaps, ConfigMap("a"));
        var version = (string?)created["metadata"]!["resourceVersion"];
        World.Objects.Delete(ResourceTypes.ConfigMaps, "default", "a");
        Assert.Empty(Names((await GetAsync(ConfigMaps)).Body));
        Assert.Equal(["a"], Names((await GetAsync($"{ConfigMaps}?resourceVersion={version}&resourceVersionMatch=Exact")).Body));
    }

    [Fact]
    public async Task VersionOfTheFuture_TimesOut()
    {
        var (code, body) = await GetAsync($"{ConfigMaps}?resourceVersion=999999&resourceVersionMatch=NotOlderThan");
        Assert.Equal(HttpStatusCode.GatewayTimeout, code);
        Assert.Equal("ResourceVersionTooLarge", (string?)body["details"]!["causes"]![0]!["reason"]);
    }

    [Fact]
    public async Task MetadataForm_GivesMetadataOnly()
    {
        await CreateAsync(ConfigMaps, ConfigMap("a", ("app", "x")));
        var (_, list) = await GetAsync(ConfigMaps, "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io");
        Assert.Equal("PartialObjectMetadataList", (string?)list["kind"]);
        var item = list["items"]![0]!.AsObject();
        Assert.Equal("x", (string?)item["metadata"]!["labels"]!["app"]);
        Assert.False(item.ContainsKey("data"));
    }

    [Fact]
    public async Task Missing_Unacceptable_AndUnknownPaths_AreRefused()
    {
        AssertStatus(404, "NotFound", "configmaps \"x\" not found", await GetAsync($"{ConfigMaps}/x"));
        AssertStatus(406, "NotAcceptable", "only the following media types are accepted: application/json", await GetAsync(ConfigMaps, "application/vnd.kubernetes.protobuf"));
        using var unknown = await Http.GetAsync("/apis/example.com/v1/things");
        Assert.Equal("404 page not found\n", await unknown.Content.ReadAsStringAsync());
    }

    private void AddPod(string name, string? node, string phase)
    {
        var spec = new JsonObject { ["containers"] = new JsonArray(new JsonObject { ["name"] = "c" }) };
        if (node is not null)
            spec["nodeName"] = node;
        World.Objects.Create(ResourceTypes.Pods, new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "default" },
            ["spec"] = spec,
            ["status"] = new JsonObject { ["phase"] = phase },
        }, part: WritePart.All);
    }
}
