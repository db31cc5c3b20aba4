using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Sandbox.Kubernetes;

/// <summary>
/// Every recorded Deployment, created in the sandbox, brings forth the recorded Deployment, ReplicaSet and Pod: the same fields
/// with the same values (names, ids, addresses and times aside) at the same points of their lives.
/// </summary>
public partial class RecordedDeploymentTests
{
    public static TheoryData<string> Scenarios => [.. Repository.Scenarios.Select(s => Path.GetFileName(s))];

    private static readonly (string Kind, string Point, Func<JsonObject, bool> IsReached)[] Points =
    [
        ("Pod", "created", _ => true),
        ("Pod", "creating", p => Waiting(p) == "ContainerCreating" && p.At("metadata", "deletionTimestamp") is null),
        ("Pod", "ErrImagePull", p => Waiting(p) == "ErrImagePull"),
        ("Pod", "ImagePullBackOff", p => Waiting(p) == "ImagePullBackOff"),
        ("Pod", "running", p => p.Text("status", "phase") == "Running" && Container(p).Flag("started") == false && Container(p).At("state", "running") is not null && Container(p).Number("restartCount") == 0),
        ("Pod", "ready", p => Container(p).Flag("ready")),
        ("ReplicaSet", "created", _ => true),
        ("ReplicaSet", "observed", s => s.Number("status", "observedGeneration") == 1 && s.Number("status", "replicas") == s.Number("spec", "replicas")),
        ("ReplicaSet", "ready", s => s.Number("status", "readyReplicas") == s.Number("spec", "replicas")),
        ("Deployment", "new", d => d.Items("status", "conditions").Any()),
        ("Deployment", "available", d => d.Number("status", "availableReplicas") == d.Number("spec", "replicas")),
    ];

    [RecordedTheory]
    [MemberData(nameof(Scenarios))]
    public void Deployments_BringForth_TheRecordedObjects(string scenario)
    {
        var recorded = File.ReadLines(Path.Combine(Repository.Recordings!, scenario, "events.jsonl")).Select(l => JsonNode.Parse(l)!.AsObject())
            .Where(e => e.Text("resource") is "deployments" or "replicasets" or "pods").Select(e => e["object"]!.AsObject()).ToList();
        var differences = new List<string>();
        foreach (var versions in recorded.Where(o => o.Text("kind") == "Deployment").GroupBy(o => o.Text("metadata", "uid")!))
        {
            var family = Family(recorded, versions.Key);
            var lived = Live(versions.First());
            foreach (var (kind, point, isReached) in Points)
            {
                if (family.FirstOrDefault(o => o.Text("kind") == kind && isReached(o)) is not { } wanted)
                    continue;
                var got = lived.FirstOrDefault(o => o.Text("kind") == kind && isReached(o));
                if (got is null)
                    differences.Add($"{kind} never {point}");
                else
                    differences.AddRange(Differences(Plain(wanted), Plain(got), "").Select(d => $"{kind} {point}{d}"));
            }
        }
        Assert.True(differences.Count == 0, string.Join("\n", differences.Distinct().Take(20)));
    }

    // All versions of one Deployment, its ReplicaSets and their pods, in order.
    private static List<JsonObject> Family(List<JsonObject> recorded, string uid)
    {
        bool IsOf(JsonObject o, string owner) => o.Items("metadata", "ownerReferences").Any(r => r.Text("uid") == owner);
        var sets = recorded.Where(o => o.Text("kind") == "ReplicaSet" && IsOf(o, uid)).Select(o => o.Text("metadata", "uid")!).Distinct().ToList();
        // One pod of a ReplicaSet shows what all of them are.
        var pod = recorded.FirstOrDefault(o => o.Text("kind") == "Pod" && sets.Any(s => IsOf(o, s))).Text("metadata", "uid");
        return [.. recorded.Where(o => o.Text("metadata", "uid") is { } id && (id == uid || sets.Contains(id) || id == pod))];
    }

    private static List<JsonObject> Live(JsonObject deployment)
    {
        var ns = deployment.Text("metadata", "namespace")!;
        var cluster = new TestCluster();
        var program = new TestProgram { OnStart = c => cluster.World.Timeline.After(TimeSpan.FromSeconds(3), () => c.Serve()) };
        cluster.World.Programs.Add(program);
        foreach (var owner in deployment.Items("metadata", "ownerReferences"))
        {
            var meta = new JsonObject { ["name"] = owner.Text("name"), ["namespace"] = ns, ["uid"] = owner.Text("uid") };
            cluster.World.Objects.Create(ResourceTypes.FindKind(owner.Text("apiVersion")!, owner.Text("kind")!)!, new JsonObject { ["metadata"] = meta }, part: WritePart.All);
        }
        foreach (var map in deployment.Items("spec", "template", "spec", "volumes").Select(v => v.Text("configMap", "name")).OfType<string>().Distinct())
            cluster.World.Objects.Create(ResourceTypes.ConfigMaps, TestCluster.Meta(ns, map));
        var lived = new List<JsonObject>();
        string? pod = null;
        cluster.World.Objects.Committed += change =>
        {
            if (change.Object.Type == ResourceTypes.Pods && (pod ??= change.Object.Uid) != change.Object.Uid)
                return;
            if (change.Object.Type.Kind is "Deployment" or "ReplicaSet" or "Pod")
                lived.Add(change.Object.Read());
        };
        var copy = deployment.DeepClone().AsObject();
        copy.Remove("status");
        cluster.World.Objects.Create(ResourceTypes.Deployments, copy);
        cluster.Advance(30);
        return lived;
    }

    private static JsonNode Plain(JsonObject o)
    {
        var text = o.ToJsonString(JsonText.Options);
        foreach (var (pattern, word) in Volatile)
            text = pattern.Replace(text, word);
        if (o.Text("metadata", "labels", "pod-template-hash") is { } hash)
            text = text.Replace(hash, "HASH", StringComparison.Ordinal);
        var plain = JsonNode.Parse(text)!.AsObject();
        plain["metadata"]!.AsObject().Remove("resourceVersion");
        plain["metadata"]!.AsObject().Remove("managedFields");
        return plain;
    }

    private static readonly (Regex, string)[] Volatile =
    [
        (Uuid(), "UID"), (Time(), "TIME"), (new("containerd://[0-9a-f]+"), "CONTAINER"), (new("sha256:[0-9a-f]+"), "DIGEST"), (new(@"kube-api-access-\w+"), "TOKEN"),
        (new(@"10\.1\.16\.(?!21\b)\d+"), "IP"), (new("-[bcdf4-9]{6,10}-[a-z0-9]{5}\""), "-HASH-POD\""), (new("-[bcdf4-9]{6,10}\\\\\""), "-HASH\\\""),
    ];

    private static IEnumerable<string> Differences(JsonNode? wanted, JsonNode? got, string path)
    {
        if (wanted is JsonObject a && got is JsonObject b)
            return a.Select(p => p.Key).Union(b.Select(p => p.Key)).SelectMany(k => Differences(a[k], b[k], $"{path}.{k}"));
        if (wanted is JsonArray x && got is JsonArray y && x.Count == y.Count)
            return x.SelectMany((_, i) => Differences(x[i], y[i], $"{path}[{i}]"));
        return JsonNode.DeepEquals(wanted, got) ? [] : [$"{path}: recorded {wanted?.ToJsonString() ?? "nothing"}, got {got?.ToJsonString() ?? "nothing"}"];
    }

    private static JsonObject? Container(JsonObject pod) => pod.Items("status", "containerStatuses").FirstOrDefault();

    private static string? Waiting(JsonObject pod) => Container(pod).Text("state", "waiting", "reason");

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Uuid();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT[\d:.]+Z")]
    private static partial Regex Time();
}
