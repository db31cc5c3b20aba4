using System.Text.Json;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Protocols.KubernetesApi.Tables;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Sandbox.KubernetesApi;

public class TableTests : ApiTests
{
    private const string AsTable = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

    [Fact]
    public async Task EveryKind_HasATable_WithAsManyCellsAsColumns()
    {
        foreach (var type in ResourceTypes.All)
        {
            var path = $"/{(type.Group.Length == 0 ? "api" : $"apis/{type.Group}")}/{type.Version}/{type.Plural}";
            var (_, table) = await GetAsync(path, AsTable);
            Assert.True((string?)table["kind"] == "Table", $"{type}: {table.ToJsonString()}");
            Assert.All(table["rows"]!.AsArray(), r => Assert.Equal(table["columnDefinitions"]!.AsArray().Count, r!["cells"]!.AsArray().Count));
        }
    }

    [Theory]
    [InlineData("""{"phase":"Pending"}""", "0/1 Pending 0")]
    [InlineData("""{"phase":"Running","containerStatuses":[{"ready":true,"restartCount":0,"state":{"running":{}}}]}""", "1/1 Running 0")]
    [InlineData("""{"phase":"Pending","containerStatuses":[{"ready":false,"restartCount":0,"state":{"waiting":{"reason":"ImagePullBackOff"}}}]}""", "0/1 ImagePullBackOff 0")]
    [InlineData("""{"phase":"Running","containerStatuses":[{"ready":false,"restartCount":3,"state":{"waiting":{"reason":"CrashLoopBackOff"}},"lastState":{"terminated":{"finishedAt":"2026-11-24T15:58:00Z"}}}]}""", "0/1 CrashLoopBackOff 3 (2m ago)")]
    [InlineData("""{"phase":"Failed","reason":"Evicted"}""", "0/1 Evicted 0")]
    [InlineData("""{"phase":"Failed","containerStatuses":[{"ready":false,"restartCount":0,"state":{"terminated":{"exitCode":137,"reason":"OOMKilled"}}}]}""", "0/1 OOMKilled 0")]
    [InlineData("""{"phase":"Pending","initContainerStatuses":[{"state":{"running":{}}}]}""", "0/1 Init:0/1 0")]
    [InlineData("""{"phase":"Pending","initContainerStatuses":[{"restartCount":2,"state":{"waiting":{"reason":"CrashLoopBackOff"}}}]}""", "0/1 Init:CrashLoopBackOff 2")]
    public async Task Pod_IsSummedUp_AsKubectlPrintsIt(string status, string expected)
    {
        World.Objects.Create(ResourceTypes.Pods, new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "p", ["namespace"] = "default" },
            ["spec"] = JsonNode.Parse("""{"containers":[{"name":"c"}],"initContainers":[{"name":"i"}]}"""),
            ["status"] = JsonNode.Parse(status),
        }, part: WritePart.All);
        Assert.Equal(expected, await CellsAsync($"{Pods}/p", 1, 2, 3));
        World.Objects.Update(ResourceTypes.Pods, "default", "p", o => { o["metadata"]!["finalizers"] = new JsonArray("x/y"); return o; });
        World.Objects.Delete(ResourceTypes.Pods, "default", "p");
        Assert.Contains((await CellsAsync($"{Pods}/p", 2)), new[] { "Terminating", "Evicted", "OOMKilled" });
    }

    [Fact]
    public async Task BuiltInKinds_PrintWhatTheRealServerPrints()
    {
        Add(ResourceTypes.Nodes, """{"metadata":{"name":"n","labels":{"node-role.kubernetes.io/worker":""}},"spec":{"unschedulable":true},"status":{"conditions":[{"type":"Ready","status":"True"}],"nodeInfo":{"kubeletVersion":"v1.36.2"},"addresses":[{"type":"InternalIP","address":"10.1.2.3"}]}}""");
        Add(ResourceTypes.Services, """{"metadata":{"name":"s","namespace":"default"},"spec":{"type":"NodePort","clusterIP":"10.96.0.9","ports":[{"port":80,"nodePort":30080,"protocol":"TCP"},{"port":81,"protocol":"UDP"}],"selector":{"b":"2","a":"1"}}}""");
        Add(ResourceTypes.Deployments, """{"metadata":{"name":"d","namespace":"default"},"spec":{"replicas":3,"selector":{"matchLabels":{"app":"d"}},"template":{"spec":{"containers":[{"name":"c","image":"i:1"}]}}},"status":{"readyReplicas":1,"updatedReplicas":2,"availableReplicas":1}}""");
        Add(ResourceTypes.Events, """{"metadata":{"name":"e","namespace":"default"},"involvedObject":{"kind":"FlinkDeployment","name":"orders"},"type":"Warning","reason":"Failed","message":" text ","lastTimestamp":"2026-11-24T15:59:00Z","firstTimestamp":"2026-11-24T14:00:00Z","count":4,"source":{"component":"operator"}}""");
        Add(ResourceTypes.Endpoints, """{"metadata":{"name":"e","namespace":"default"},"subsets":[{"addresses":[{"ip":"1"},{"ip":"2"},{"ip":"3"},{"ip":"4"}],"ports":[{"port":80}]}]}""");
        Assert.Equal("n Ready,SchedulingDisabled worker 0s v1.36.2 10.1.2.3 <none>", await CellsAsync("/api/v1/nodes/n", 0, 1, 2, 3, 4, 5, 6));
        Assert.Equal("s NodePort 10.96.0.9 <none> 80:30080/TCP,81/UDP 0s a=1,b=2", await CellsAsync("/api/v1/namespaces/default/services/s", 0, 1, 2, 3, 4, 5, 6));
        Assert.Equal("d 1/3 2 1 0s c i:1 app=d", await CellsAsync("/apis/apps/v1/namespaces/default/deployments/d", 0, 1, 2, 3, 4, 5, 6, 7));
        Assert.Equal("60s Warning Failed flinkdeployment/orders operator text 120m 4 e", await CellsAsync("/api/v1/namespaces/default/events/e", 0, 1, 2, 3, 5, 6, 7, 8, 9));
        Assert.Equal("e 1:80,2:80,3:80 + 1 more... 0s", await CellsAsync("/api/v1/namespaces/default/endpoints/e", 0, 1, 2));
    }

    [Fact]
    public async Task Object_IsIncludedAsAsked()
    {
        await CreateAsync(ConfigMaps, ConfigMap("a"));
        async Task<JsonNode?> Included(string query) => (await GetAsync($"{ConfigMaps}{query}", AsTable)).Body["rows"]![0]!["object"];
        Assert.Equal("PartialObjectMetadata", (string?)(await Included(""))!["kind"]);
        Assert.Equal("1", (string?)(await Included("?includeObject=Object"))!["data"]!["a"]);
        Assert.Null(await Included("?includeObject=None"));
    }

    [Fact]
    public async Task CustomKind_PrintsTheColumnsOfItsDefinition()
    {
        Add(ResourceTypes.NodeClaims, """{"metadata":{"name":"c"},"status":{"nodeName":"n1","conditions":[{"type":"Launched","status":"True"},{"type":"Ready","status":"False"}]}}""");
        var (_, table) = await GetAsync("/apis/karpenter.sh/v1/nodeclaims", AsTable);
        var columns = table["columnDefinitions"]!.AsArray().Select(c => (string)c!["name"]!).ToList();
        Assert.Equal("False", (string?)table["rows"]![0]!["cells"]![columns.IndexOf("Ready")]);
        Assert.Equal("n1", (string?)table["rows"]![0]!["cells"]![columns.IndexOf("Node")]);
        Assert.Equal(0, (int?)table["columnDefinitions"]![0]!["priority"]);
    }

    [Theory]
    [InlineData(".a.b", "1")]
    [InlineData(".a['b']", "1")]
    [InlineData(".labels.x\\.y/z", "dots")]
    [InlineData(".list[1].v", "two")]
    [InlineData(".list[*].v", "one,two")]
    [InlineData(".list[?(@.t==\"B\")].v", "two")]
    [InlineData(".missing.b", "")]
    public void JsonPath_Finds(string path, string expected)
    {
        using var document = JsonDocument.Parse("""{"a":{"b":1},"labels":{"x.y/z":"dots"},"list":[{"t":"A","v":"one"},{"t":"B","v":"two"}]}""");
        Assert.Equal(expected, string.Join(',', JsonPath.Parse(path).Find(document.RootElement).Select(Cells.Show)));
    }

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(119, "119s")]
    [InlineData(120, "2m")]
    [InlineData(185, "3m5s")]
    [InlineData(660, "11m")]
    [InlineData(3 * 3600, "3h")]
    [InlineData(3 * 3600 + 300, "3h5m")]
    [InlineData(9 * 3600 + 300, "9h")]
    [InlineData(50 * 3600, "2d2h")]
    [InlineData(9 * 86400 + 3600, "9d")]
    [InlineData(800 * 86400L, "2y70d")]
    public void Duration_HasAtMostTwoUnits(long seconds, string expected) => Assert.Equal(expected, Cells.Duration(TimeSpan.FromSeconds(seconds)));

    private void Add(ResourceType type, string json) => World.Objects.Create(type, JsonNode.Parse(json)!.AsObject(), part: WritePart.All);

    private async Task<string> CellsAsync(string path, params int[] columns)
    {
        var (_, table) = await GetAsync(path, AsTable);
        return string.Join(' ', columns.Select(c => table["rows"]![0]!["cells"]![c]!.ToString()));
    }
}
