using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Behaviours.Operator;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Scenarios;

/// <summary>One application for each way to fail, named after it, so that every failure can be looked at and its remedy tried.</summary>
public static class FailingWorld
{
    /// <summary>How long before the present its past begins.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromDays(1);

    private static readonly OperatorOptions Operator = new() { ReconcileInterval = TimeSpan.FromSeconds(15), ProgressCheckInterval = TimeSpan.FromSeconds(5) };

    /// <summary>Fills a world whose clock stands <see cref="Age"/> before the present, and lives through its past.</summary>
    public static void AddTo(SandboxWorld world)
    {
        var past = new Past(world, world.Now + Age);
        world.Flink.HighAvailabilityPace = TimeSpan.FromMinutes(30);
        Platform.Run(world, Operator);
        foreach (var (name, zone) in ((string, string)[])[("ip-10-1-16-21", "us-west-2a"), ("ip-10-1-48-77", "us-west-2b")])
            CoreNodes.Add(world, name + ".us-west-2.compute.internal", "m5.2xlarge", zone, TimeSpan.Zero);
        foreach (var team in (string[])["flink-team-a", "flink-team-b"])
            TeamObjects.AddTeam(world, past, team, TimeSpan.FromHours(23));
        past.At(TimeSpan.FromMinutes(31), () => world.Objects.Create(ResourceTypes.ResourceQuotas, new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "two-pods", ["namespace"] = "flink-team-b-ns" },
            ["spec"] = new JsonObject { ["hard"] = new JsonObject { ["pods"] = "2" } },
        }));
        TeamObjects.AddFlink(world, past, ResourceTypes.FlinkDeployments, "failing.yaml");
        TeamObjects.AddFlink(world, past, ResourceTypes.FlinkBlueGreenDeployments, "failing-pairs.yaml");
        TeamObjects.AddFlink(world, past, ResourceTypes.FlinkStateSnapshots, "failing-snapshots.yaml");
        past.Live();
        world.Flink.HighAvailabilityPace = TimeSpan.FromMinutes(1);
    }
}
