using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Sandbox.KubernetesApi;

/// <summary>What a real API server refused in a recorded scenario, the sandbox refuses over HTTP with the same Status.</summary>
public class RecordedHttpRefusalTests : ApiTests
{
    public static TheoryData<string> Scenarios() => [.. Repository.Scenarios.Select(f => Path.GetFileName(f)!).DefaultIfEmpty("")];

    [RecordedTheory]
    [MemberData(nameof(Scenarios))]
    public async Task Refusals_AreTheRecordedOnes(string scenario)
    {
        World.Objects.Create(ResourceTypes.Namespaces, new JsonObject { ["metadata"] = new JsonObject { ["name"] = scenario } });
        foreach (var step in Steps(scenario))
        {
            var (method, path, body, media) = Request(scenario, step);
            if (method is null)
                continue;
            var (code, answer) = await SendAsync(method, path, body, media);
            var recorded = (int)step["status"]!;
            // Without behaviours only creations are sure to succeed here as they did there.
            if (recorded < 400 && method != HttpMethod.Post)
                continue;
            Assert.True(recorded == (int)code, $"{method} {path}: {recorded} recorded, got {answer.ToJsonString()}");
            if (step["answer"] is { } expected)
                Assert.True(JsonNode.DeepEquals(expected, answer), $"{expected.ToJsonString()}\n{answer.ToJsonString()}");
        }
    }

    private static (HttpMethod? Method, string Path, JsonNode? Body, string Media) Request(string ns, JsonObject step)
    {
        var collection = $"/apis/flink.apache.org/v1beta1/namespaces/{ns}/{step["resource"]}";
        if ((string?)step["resource"] is not { } resource || !resource.StartsWith("flink", StringComparison.Ordinal))
            return (null, "", null, "");
        return (string?)step["do"] switch
        {
            "create" => (HttpMethod.Post, collection, step["object"]?.DeepClone(), "application/json"),
            "patch" => (HttpMethod.Patch, $"{collection}/{step["name"]}", step["patch"]?.DeepClone(), "application/merge-patch+json"),
            "delete" => (HttpMethod.Delete, $"{collection}/{step["name"]}{step["query"]}", null, "application/json"),
            _ => (null, "", null, ""),
        };
    }

    private static IEnumerable<JsonObject> Steps(string scenario) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Recordings!, scenario, "scenario.json")))!["steps"]!.AsArray().Select(s => s!.AsObject());
}
