using System.Net;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Sandbox.KubernetesApi;

public class PodLogTests : ApiTests
{
    [Theory]
    [InlineData("", "one\ntwo\nthree\n")]
    [InlineData("tailLines=2", "two\nthree\n")]
    [InlineData("tailLines=0", "")]
    [InlineData("limitBytes=5", "one\nt")]
    [InlineData("sinceSeconds=25", "two\nthree\n")]
    [InlineData("sinceTime=2026-11-24T16:00:20.9Z", "three\n")]
    [InlineData("timestamps=true&tailLines=1", "2026-11-24T16:00:20.000000000Z three\n")]
    [InlineData("container=main&previous=true", "before\n")]
    [InlineData("container=side", "beside\n")]
    public async Task Options_ChooseLines(string query, string expected)
    {
        AddPod("p", two: query.Contains("container=", StringComparison.Ordinal));
        World.Timeline.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(expected, await Http.GetStringAsync($"{Pods}/p/log?{query}"));
    }

    [Fact]
    public async Task Follow_EndsWithTheContainer()
    {
        AddPod("p");
        using var response = await Http.GetAsync($"{Pods}/p/log?follow=true&tailLines=1", HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal("three", await lines.ReadLineAsync());
        World.Logs.Append("uid-p", "main", 1, World.Now, "four");
        Assert.Equal("four", await lines.ReadLineAsync());
        World.Logs.Close("uid-p", "main", 1);
        Assert.Null(await lines.ReadLineAsync());
    }

    [Fact]
    public async Task WrongContainer_IsRefused_InTheServersWords()
    {
        AddPod("p", two: true);
        AssertStatus(400, "BadRequest", "a container name must be specified for pod p, choose one of: [main side]", await GetAsync($"{Pods}/p/log"));
        AssertStatus(400, "BadRequest", "container x is not valid for pod p", await GetAsync($"{Pods}/p/log?container=x"));
        AssertStatus(400, "BadRequest", "previous terminated container \"side\" in pod \"p\" not found", await GetAsync($"{Pods}/p/log?container=side&previous=true"));
        AssertStatus(404, "NotFound", "pods \"q\" not found", await GetAsync($"{Pods}/q/log"));
    }

    [Theory]
    [InlineData("ContainerCreating", "ContainerCreating")]
    [InlineData("ErrImagePull", "image can't be pulled")]
    [InlineData("ImagePullBackOff", "trying and failing to pull image")]
    public async Task WaitingContainer_HasNoLogYet(string reason, string words)
    {
        AddPod("p");
        World.Objects.Update(ResourceTypes.Pods, "default", "p", o =>
        {
            var status = o["status"]!["containerStatuses"]![0]!;
            status["state"] = new JsonObject { ["waiting"] = new JsonObject { ["reason"] = reason } };
            status["lastState"] = new JsonObject();
            return o;
        }, WritePart.Status);
        AssertStatus(400, "BadRequest", $"container \"main\" in pod \"p\" is waiting to start: {words}", await GetAsync($"{Pods}/p/log"));
    }

    [Fact]
    public async Task CrashLoop_ShowsTheLogOfTheEndedContainer()
    {
        AddPod("p");
        World.Objects.Update(ResourceTypes.Pods, "default", "p", o =>
        {
            o["status"]!["containerStatuses"]![0]!["state"] = new JsonObject { ["waiting"] = new JsonObject { ["reason"] = "CrashLoopBackOff" } };
            return o;
        }, WritePart.Status);
        Assert.Equal("one\ntwo\nthree\n", await Http.GetStringAsync($"{Pods}/p/log"));
    }

    [Fact]
    public async Task UnscheduledPod_HasAnEmptyLog()
    {
        AddPod("p", node: null);
        Assert.Equal("", await Http.GetStringAsync($"{Pods}/p/log"));
    }

    [Theory]
    [InlineData("tailLines=-1", "PodLogOptions \"p\" is invalid: tailLines: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("sinceSeconds=0", "PodLogOptions \"p\" is invalid: sinceSeconds: Invalid value: 0: must be greater than 0")]
    [InlineData("sinceSeconds=1&sinceTime=2026-11-24T16:00:00Z", "PodLogOptions \"p\" is invalid: <nil>: Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified")]
    public async Task WrongOptions_AreInvalid(string query, string message)
    {
        AddPod("p");
        AssertStatus(422, "Invalid", message, await GetAsync($"{Pods}/p/log?{query}"));
    }

    [Fact]
    public async Task OtherMethods_AreRefused() => Assert.Equal(HttpStatusCode.MethodNotAllowed, (await SendAsync(HttpMethod.Post, $"{Pods}/p/log")).Code);

    private void AddPod(string name, bool two = false, string? node = "n1")
    {
        string[] containers = two ? ["main", "side"] : ["main"];
        var spec = new JsonObject { ["containers"] = new JsonArray([.. containers.Select(c => (JsonNode)new JsonObject { ["name"] = c })]) };
        if (node is not null)
            spec["nodeName"] = node;
        World.Objects.Create(ResourceTypes.Pods, new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "default", ["uid"] = $"uid-{name}" },
            ["spec"] = spec,
            ["status"] = new JsonObject
            {
                ["phase"] = "Running",
                ["containerStatuses"] = new JsonArray([.. containers.Select(c => JsonNode.Parse(c == "main"
                    ? """{"name":"main","ready":true,"restartCount":1,"state":{"running":{}},"lastState":{"terminated":{"exitCode":1}}}"""
                    : """{"name":"side","ready":true,"restartCount":0,"state":{"running":{}},"lastState":{}}"""))]),
            },
        }, part: WritePart.All);
        World.Logs.Append($"uid-{name}", "main", 0, Start, "before");
        World.Logs.Append($"uid-{name}", "main", 1, Start, "one");
        World.Logs.Append($"uid-{name}", "main", 1, Start.AddSeconds(10), "two");
        World.Logs.Append($"uid-{name}", "main", 1, Start.AddSeconds(20), "three");
        World.Logs.Append($"uid-{name}", "side", 0, Start, "beside");
    }
}
