using System.Net;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Scenarios;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Sandbox.KubernetesApi.Validation;

/// <summary>Every object that a real cluster stored, sent to the sandbox over HTTP and read back, keeps every field and gains none.</summary>
public class RecordedStorageTests : ApiTests
{
    // Every recorded field is known: strict mode refuses what the sandbox would otherwise drop in silence.
    private const string Strict = "?fieldValidation=Strict";
    private static readonly string[] ServerOwned = ["uid", "resourceVersion", "creationTimestamp", "generation", "managedFields", "deletionTimestamp", "deletionGracePeriodSeconds"];

    [RecordedTheory]
    [MemberData(nameof(Recording.Names), MemberType = typeof(Recording))]
    public async Task Objects_SentAndReadBack_AreUnchanged(string scenario)
    {
        Platform.AddNamespace(World, scenario);
        var wrong = new List<string>();
        var seen = new HashSet<string>();
        foreach (var line in File.ReadLines(Path.Combine(Recording.Folder(scenario), "events.jsonl")))
        {
            var recorded = WithoutServerOwned(JsonNode.Parse(line)!["object"]!.AsObject());
            if (!seen.Add(recorded.ToJsonString()))
                continue;
            var type = ResourceTypes.FindKind((string)recorded["apiVersion"]!, (string)recorded["kind"]!)!;
            var stored = WithoutServerOwned(await StoreAsync(type, scenario, recorded));
            if (!JsonNode.DeepEquals(recorded, stored))
                wrong.Add($"{type} {(string?)recorded["metadata"]!["name"]}: {string.Join(", ", JsonDifference.Of(recorded, stored).Take(5))}");
        }
        Assert.Empty(wrong.Take(10));
    }

    private async Task<JsonObject> StoreAsync(ResourceType type, string ns, JsonObject recorded)
    {
        var collection = $"/{(type.Group.Length == 0 ? "api" : "apis")}/{type.ApiVersion}/namespaces/{ns}/{type.Plural}";
        var path = $"{collection}/{(string?)recorded["metadata"]!["name"]}";
        var body = recorded.DeepClone().AsObject();
        var (code, answer) = World.Objects.Find(type, ns, (string)recorded["metadata"]!["name"]!) is { } before
            ? await SendAsync(HttpMethod.Put, path + Strict, At(body, before.ResourceVersion))
            : await SendAsync(HttpMethod.Post, collection + Strict, body);
        Assert.True(code is HttpStatusCode.OK or HttpStatusCode.Created, answer.ToJsonString());
        if (type.HasStatus)
        {
            (code, answer) = await SendAsync(HttpMethod.Put, path + "/status" + Strict, At(body, long.Parse((string)answer["metadata"]!["resourceVersion"]!)));
            Assert.True(code == HttpStatusCode.OK, answer.ToJsonString());
        }
        return (await GetAsync(path)).Body;
    }

    private static JsonObject At(JsonObject body, long version)
    {
        body["metadata"]!["resourceVersion"] = version.ToString();
        return body;
    }

    private static JsonObject WithoutServerOwned(JsonObject item)
    {
        foreach (var key in ServerOwned)
            item["metadata"]!.AsObject().Remove(key);
        return item;
    }
}
