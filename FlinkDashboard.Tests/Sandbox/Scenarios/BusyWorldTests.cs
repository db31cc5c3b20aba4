using System.IO.Compression;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FlinkDashboard.Sandbox;
using FlinkDashboard.Sandbox.Scenarios;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Sandbox.Scenarios;

/// <summary>The default world shows the seed's tables and one application for each state.</summary>
public class BusyWorldTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);
    private static readonly List<Exception> Failures = [];
    private static readonly Lazy<SandboxWorld> World = new(() => Worlds.Build(new SandboxOptions { World = "busy", Speed = 0, Start = Now, Failed = Failures.Add }));

    [Fact]
    public void Past_IsLived_UntilThePresent_WithoutFailures()
    {
        Assert.Equal(Now, World.Value.Now);
        Assert.Empty(Failures);
    }

    [Fact]
    public void CoreNodes_AreTheSeeds()
    {
        var nodes = World.Value.Objects.List(ResourceTypes.Nodes).Items.Where(n => n.Labels.GetValueOrDefault("NodeGroupType") == "core").Select(n => (n.Name.Split('.')[0], Age(n)));
        Assert.Equal([("ip-10-1-160-150", "1.00:00"), ("ip-10-1-169-249", "6.00:00"), ("ip-10-1-69-244", "6.00:00")], nodes);
    }

    [Theory]
    [InlineData("flink-kubernetes-operator-ns", "flink-kubernetes-operator-555776785f-pzx8p,flink-kubernetes-operator-555776785f-z5jpt", "2/2")]
    [InlineData("cert-manager", "cert-manager-77fc7548dc-dzdms,cert-manager-cainjector-8869b7ff7-4w754,cert-manager-webhook-586ddf8589-g6s87", "1/1")]
    public void PlatformPods_AreTheSeeds(string ns, string names, string ready)
    {
        var pods = World.Value.Objects.List(ResourceTypes.Pods, ns).Items;
        Assert.Equal(names, string.Join(',', pods.Select(p => p.Name)));
        Assert.All(pods, p => Assert.Equal(ready, Ready(p)));
    }

    [Fact]
    public void BasicExample_HasTheSeeds_DeploymentPodsAndService()
    {
        var objects = World.Value.Objects;
        var deployment = objects.Get(ResourceTypes.Deployments, "flink-team-a-ns", "basic-example-app-cluster-flink");
        var status = deployment.Read()["status"]!;
        Assert.Equal((2, 2, 2), ((int)status["readyReplicas"]!, (int)status["updatedReplicas"]!, (int)status["availableReplicas"]!));
        Assert.Equal("0.03:07", Age(deployment)[..7]);
        var pods = objects.List(ResourceTypes.Pods, "flink-team-a-ns").Items.Where(p => p.Name.StartsWith("basic-example", StringComparison.Ordinal)).ToList();
        Assert.Equal(["basic-example-app-cluster-flink-7c7d9c6fd9-cdfmd", "basic-example-app-cluster-flink-7c7d9c6fd9-pjxj2", "basic-example-app-cluster-flink-taskmanager-1-1"], pods.Select(p => p.Name));
        Assert.All(pods, p => Assert.Equal("2/2", Ready(p)));
        var service = objects.Get(ResourceTypes.Services, "flink-team-a-ns", "basic-example-app-cluster-flink-rest").Read()["spec"]!;
        Assert.Equal("172.20.17.152", (string?)service["clusterIP"]);
        Assert.Equal(8081, (int)service["ports"]![0]!["port"]!);
    }

    [Theory]
    [InlineData("lifecycleState", "DELETING DEPLOYED FAILED ROLLED_BACK STABLE SUSPENDED")]
    [InlineData("jobStatus.state", "CREATED FAILED FINISHED RECONCILING RUNNING")]
    [InlineData("jobManagerDeploymentStatus", "ERROR MISSING READY")]
    public void EveryState_HasAnApplication(string field, string states)
    {
        var seen = World.Value.Objects.List(ResourceTypes.FlinkDeployments).Items
            .Select(a => field.Split('.').Aggregate((JsonNode?)a.Read()["status"], (node, part) => node?[part])?.ToString()).ToHashSet();
        Assert.All(states.Split(' '), state => Assert.Contains(state, seen));
    }

    [Fact]
    public void BlueGreenPair_HasChangedItsColour()
    {
        var status = World.Value.Objects.Get(ResourceTypes.FlinkBlueGreenDeployments, "flink-team-a-ns", "catalog-blue-green").Read()["status"]!;
        Assert.Equal("ACTIVE_GREEN RUNNING", $"{status["blueGreenState"]} {status["jobStatus"]!["state"]} {status["error"]}".Trim());
        Assert.Null(World.Value.Objects.Find(ResourceTypes.FlinkDeployments, "flink-team-a-ns", "catalog-blue-green-blue"));
    }

    [Theory]
    [InlineData("flink-team-a-ns", "orders-before-release", "COMPLETED")]
    [InlineData("flink-team-b-ns", "clicks-savepoint-failed", "FAILED")]
    [InlineData("flink-team-a-ns", "returns-savepoint-abandoned", "ABANDONED")]
    public void Snapshots_HaveComeToTheirStates(string ns, string name, string state) =>
        Assert.Equal(state, (string?)World.Value.Objects.Get(ResourceTypes.FlinkStateSnapshots, ns, name).Read()["status"]!["state"]);

    [Fact]
    public void Autoscaled_HasGoneUpAndDown_AndAdviceIsThere()
    {
        var data = World.Value.Objects.Get(ResourceTypes.ConfigMaps, "flink-team-a-ns", "autoscaler-sensors-autoscaled").Read()["data"]!;
        using var zip = new GZipStream(new MemoryStream(Convert.FromBase64String((string)data["scalingHistory"]!)), CompressionMode.Decompress);
        var steps = Regex.Matches(new StreamReader(zip).ReadToEnd(), @"currentParallelism: (\d+)\s+newParallelism: (\d+)")
            .Select(m => int.Parse(m.Groups[2].Value) - int.Parse(m.Groups[1].Value)).ToList();
        Assert.Contains(steps, s => s > 0);
        Assert.Contains(steps, s => s < 0);
        Assert.NotNull(data["parallelismOverrides"]);
        Assert.Null(World.Value.Objects.Get(ResourceTypes.ConfigMaps, "flink-team-a-ns", "autoscaler-sensors-autoscaler-advice").Read()["data"]!["parallelismOverrides"]);
        var reports = World.Value.Objects.List(ResourceTypes.Events, "flink-team-a-ns").Items.Select(e => e.Read()).Where(e => (string?)e["reason"] == "ScalingReport").ToList();
        Assert.Contains(reports, e => (string?)e["involvedObject"]!["name"] == "sensors-autoscaler-advice" && ((string)e["message"]!).StartsWith("Scaling execution disabled", StringComparison.Ordinal));
        Assert.Contains(reports, e => (string?)e["involvedObject"]!["name"] == "sensors-autoscaled");
    }

    [Fact]
    public void Teams_HaveRolesAndAccounts()
    {
        foreach (var team in (string[])["flink-team-a", "flink-team-b"])
        {
            Assert.NotNull(World.Value.Objects.Find(ResourceTypes.Roles, team + "-ns", team + "-role"));
            Assert.NotNull(World.Value.Objects.Find(ResourceTypes.RoleBindings, team + "-ns", team + "-role-binding"));
            var account = World.Value.Objects.Get(ResourceTypes.ServiceAccounts, team + "-ns", team + "-sa").Read();
            Assert.StartsWith("arn:aws:iam::", (string?)account["metadata"]!["annotations"]!["eks.amazonaws.com/role-arn"], StringComparison.Ordinal);
        }
    }

    private static string Age(WorldObject o) => (Now - DateTimeOffset.Parse((string)o.Read()["metadata"]!["creationTimestamp"]!, System.Globalization.CultureInfo.InvariantCulture)).ToString(@"d\.hh\:mm", System.Globalization.CultureInfo.InvariantCulture);

    private static string Ready(WorldObject pod)
    {
        var containers = pod.Read()["status"]!["containerStatuses"]!.AsArray();
        return $"{containers.Count(c => (bool)c!["ready"]!)}/{containers.Count}";
    }
}
