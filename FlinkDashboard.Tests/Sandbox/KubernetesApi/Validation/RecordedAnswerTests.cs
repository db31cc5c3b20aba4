using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FlinkDashboard.Sandbox.Scenarios;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Sandbox.KubernetesApi.Validation;

/// <summary>The steps of every recorded scenario, sent over HTTP, are accepted or refused as the real API server did.</summary>
public partial class RecordedAnswerTests : ApiTests
{
    private JsonObject? _last;

    [RecordedTheory]
    [MemberData(nameof(Recording.Names), MemberType = typeof(Recording))]
    public async Task Steps_OfAScenario_GetTheRecordedAnswers(string scenario)
    {
        Platform.AddNamespace(World, scenario);
        foreach (var step in JsonNode.Parse(File.ReadAllText(Path.Combine(Recording.Folder(scenario), "scenario.json")))!["steps"]!.AsArray().OfType<JsonObject>())
        {
            if (step["status"] is null || await SendAsync(scenario, step) is not { } answer)
                continue;
            var what = $"{(string?)step["do"]} {(string?)step["name"]} at {step["t"]}";
            Assert.True((int)step["status"]! == (int)answer.Code, $"{what}: {answer.Body.ToJsonString()}");
            if (step["answer"] is { } expected)
                Assert.True(JsonNode.DeepEquals(expected, answer.Body), $"{what}: {string.Join("; ", JsonDifference.Of(expected, answer.Body))}");
        }
    }

    private async Task<(HttpStatusCode Code, JsonObject Body)?> SendAsync(string ns, JsonObject step)
    {
        var what = (string)step["do"]!;
        if (what.Contains("strict", StringComparison.Ordinal))
            return await SendStrictAsync(ns, step);
        if (what.Contains("old resourceVersion", StringComparison.Ordinal))
            return await SendStaleAsync(ns);
        // What the operator and Flink would have made is not there: nothing acts on this cluster.
        var type = ResourceTypes.All.First(t => t.Plural == (string?)step["resource"] && t.Group != "metrics.k8s.io");
        if (!type.IsCustom)
            return null;
        var collection = Collection(type, ns);
        switch (what)
        {
            case "create":
                _last = step["object"]!.DeepClone().AsObject();
                return await SendAsync(HttpMethod.Post, collection + (string?)step["query"], step["object"]!.DeepClone());
            case "patch":
                return await SendAsync(HttpMethod.Patch, $"{collection}/{(string?)step["name"]}{(string?)step["query"]}", step["patch"]!.DeepClone(), "application/merge-patch+json");
            case "delete":
                return await SendAsync(HttpMethod.Delete, $"{collection}/{(string?)step["name"]}{(string?)step["query"]}");
            default:
                return null;
        }
    }

    // These two steps were recorded without their bodies: a valid object with the unknown fields that the answer names, and a replacement of an older version.
    private async Task<(HttpStatusCode, JsonObject)?> SendStrictAsync(string ns, JsonObject step)
    {
        var body = _last!.DeepClone().AsObject();
        body["metadata"]!["name"] = "strict";
        foreach (var path in UnknownField().Matches((string)step["answer"]!["message"]!).Select(m => m.Groups[1].Value.Split('.')))
            path[..^1].Aggregate((JsonNode)body, (node, key) => node[key]!)[path[^1]] = new JsonObject();
        return await SendAsync(HttpMethod.Post, Collection(ResourceTypes.FlinkDeployments, ns) + "?dryRun=All&fieldValidation=Strict", body);
    }

    private async Task<(HttpStatusCode, JsonObject)?> SendStaleAsync(string ns)
    {
        var path = $"{Collection(ResourceTypes.FlinkDeployments, ns)}/{(string?)_last!["metadata"]!["name"]}";
        var (_, old) = await GetAsync(path);
        var (code, _) = await SendAsync(HttpMethod.Patch, path, JsonNode.Parse("""{"metadata":{"labels":{"changed":"meanwhile"}}}"""), "application/merge-patch+json");
        Assert.Equal(HttpStatusCode.OK, code);
        return await SendAsync(HttpMethod.Put, path, old);
    }

    private static string Collection(ResourceType type, string ns) => $"/apis/{type.ApiVersion}/namespaces/{ns}/{type.Plural}";

    [GeneratedRegex("unknown field \"([^\"]+)\"")]
    private static partial Regex UnknownField();
}
