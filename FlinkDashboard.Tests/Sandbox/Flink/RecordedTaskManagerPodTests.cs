using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Flink;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Sandbox.Flink;

/// <summary>A JobManager that finds the recorded ConfigMaps creates the recorded TaskManager pod, but for ids, addresses and order.</summary>
public sealed partial class RecordedTaskManagerPodTests
{
    public static TheoryData<string> Scenarios => [.. Repository.Scenarios.Where(s => FirstPod(s) is not null).Select(s => Path.GetFileName(s)!)];

    [RecordedTheory]
    [MemberData(nameof(Scenarios))]
    public void Pod_MadeByTheJobManager_IsTheRecordedOne(string scenario)
    {
        var (recorded, before) = FirstPod(Path.Combine(Repository.Recordings!, scenario))!.Value;
        var stage = new FlinkStage();
        var ns = (string)recorded["metadata"]!["namespace"]!;
        var id = (string)recorded["metadata"]!["labels"]!["app"]!;
        foreach (var (resource, o) in before)
        {
            var type = resource switch { "configmaps" => ResourceTypes.ConfigMaps, "deployments" => ResourceTypes.Deployments, _ => ResourceTypes.Pods };
            if (type != ResourceTypes.Pods || (string?)o["metadata"]!["labels"]?["component"] == "jobmanager")
                stage.World.Objects.Create(type, o.DeepClone().AsObject());
        }
        stage.Advance(8);
        var cluster = stage.World.Flink.Find(ns, id);
        Assert.NotNull(cluster);
        if (cluster.IsSession)
            cluster.RunJar(new JarRun("steady.jar"));
        stage.Advance(2);
        var made = stage.World.Objects.List(ResourceTypes.Pods, ns).Items.First(p => p.Labels["component"] == "taskmanager").Read();
        Assert.Equal(Neutral(recorded), Neutral(made));
    }

    private static string Neutral(JsonObject pod)
    {
        var meta = pod["metadata"]!;
        foreach (var owner in meta["ownerReferences"]!.AsArray())
            owner!.AsObject().Remove("uid");
        var container = pod["spec"]!["containers"]!.AsArray().First(c => (string?)c!["name"] == "flink-main-container")!;
        var command = Ids().Replace((string)container["args"]![2]!, "#");
        container["args"]![2] = string.Join('\n', Options().Split(command).Select(o => o.Trim()).Where(o => o.Length > 0).Order(StringComparer.Ordinal));
        var neutral = new JsonObject
        {
            ["labels"] = meta["labels"]!.DeepClone(),
            ["annotations"] = meta["annotations"]?.DeepClone(),
            ["ownerReferences"] = meta["ownerReferences"]!.DeepClone(),
            ["spec"] = pod["spec"]!.DeepClone(),
        };
        neutral["spec"]!.AsObject().Remove("nodeName");
        return TokenVolume().Replace(Sorted(neutral)!.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true }), "kube-api-access");
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, Sorted(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    // The first pod that a JobManager created, and what stood in the namespace then.
    private static (JsonObject Pod, IReadOnlyList<(string Resource, JsonObject Object)> Before)? FirstPod(string scenario)
    {
        var file = Path.Combine(scenario, "events.jsonl");
        if (!File.Exists(file))
            return null;
        var objects = new Dictionary<(string, string), JsonObject>();
        foreach (var line in File.ReadLines(file))
        {
            var change = JsonNode.Parse(line)!;
            var resource = (string)change["resource"]!;
            if (resource is not ("configmaps" or "deployments" or "pods"))
                continue;
            var o = change["object"]!.AsObject();
            var labels = o["metadata"]!["labels"];
            if (resource == "pods" && (string?)labels?["component"] == "taskmanager" && (string?)labels["type"] == "flink-native-kubernetes")
                return (o, [.. objects.Where(p => !p.Key.Item2.EndsWith("-config-map", StringComparison.Ordinal)).Select(p => (p.Key.Item1, p.Value))]);
            objects[(resource, (string)o["metadata"]!["name"]!)] = o;
            if ((string)change["type"]! == "DELETED")
                objects.Remove((resource, (string)o["metadata"]!["name"]!));
        }
        return null;
    }

    [GeneratedRegex(@"\d+\.\d+\.\d+\.\d+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Ids();

    [GeneratedRegex(@"\s-D\s?")]
    private static partial Regex Options();

    [GeneratedRegex("kube-api-access-[a-z0-9]{5}")]
    private static partial Regex TokenVolume();
}
