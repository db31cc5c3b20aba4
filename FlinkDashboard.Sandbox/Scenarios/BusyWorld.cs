using FlinkDashboard.Sandbox.Behaviours.Operator;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Scenarios;

/// <summary>The seed's platform with two teams and an application for each lifecycle and job state, named after what it shows.</summary>
public static class BusyWorld
{
    /// <summary>How long before the present its past begins.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromDays(6) + TimeSpan.FromMinutes(5);

    private static readonly TimeSpan UpgradeEvery = TimeSpan.FromMinutes(4);

    private static readonly (string, string)[] CoreLabels =
        [("NodeGroupType", "core"), ("WorkerType", "ON_DEMAND"), ("eks.amazonaws.com/nodegroup", "core-node-group"), ("eks.amazonaws.com/capacityType", "ON_DEMAND")];

    private static readonly OperatorOptions Operator = new()
    {
        ReconcileInterval = TimeSpan.FromSeconds(15),
        ProgressCheckInterval = TimeSpan.FromSeconds(5),
        Lease = ("flink-kubernetes-operator-ns", "flink-kubernetes-operator-lease"),
    };

    /// <summary>Fills a world whose clock stands <see cref="Age"/> before the present, and lives through its past.</summary>
    public static void AddTo(SandboxWorld world)
    {
        world.HasDays = true;
        var past = new Past(world, world.Now + Age);
        foreach (var name in (string[])["flink-kubernetes-operator-ns", "cert-manager", "karpenter", "yunikorn", "kube-prometheus-stack"])
            Platform.AddNamespace(world, name);
        SeedNames(world);
        world.Flink.HighAvailabilityPace = TimeSpan.FromMinutes(30);
        Platform.Run(world, Operator);
        AddNodes(world, past);
        foreach (var document in Manifests.Read("operator.yaml").Concat(Manifests.Read("platform.yaml")))
            past.At(TeamObjects.TakeAge(document), () => Manifests.Add(world, document));
        foreach (var team in (string[])["flink-team-a", "flink-team-b"])
            TeamObjects.AddTeam(world, past, team, TimeSpan.FromDays(4));
        TeamObjects.AddFlink(world, past, ResourceTypes.FlinkDeployments, "applications.yaml");
        TeamObjects.AddFlink(world, past, ResourceTypes.FlinkSessionJobs, "session-jobs.yaml");
        TeamObjects.AddFlink(world, past, ResourceTypes.FlinkBlueGreenDeployments, "blue-green.yaml");
        TeamObjects.AddFlink(world, past, ResourceTypes.FlinkStateSnapshots, "snapshots.yaml");
        past.Live();
        world.Flink.HighAvailabilityPace = TimeSpan.FromMinutes(1);
        world.Timeline.Every(UpgradeEvery, () => Restart(world));
    }

    // The names that the seed's tables show.
    private static void SeedNames(SandboxWorld world)
    {
        world.NextNames("flink-kubernetes-operator-", "555776785f");
        world.NextNames("flink-kubernetes-operator-555776785f-", "pzx8p", "z5jpt");
        world.NextNames("cert-manager-", "77fc7548dc");
        world.NextNames("cert-manager-77fc7548dc-", "dzdms");
        world.NextNames("cert-manager-cainjector-", "8869b7ff7");
        world.NextNames("cert-manager-cainjector-8869b7ff7-", "4w754");
        world.NextNames("cert-manager-webhook-", "586ddf8589");
        world.NextNames("cert-manager-webhook-586ddf8589-", "g6s87");
        world.NextNames("basic-example-app-cluster-flink-", "7c7d9c6fd9");
        world.NextNames("basic-example-app-cluster-flink-7c7d9c6fd9-", "cdfmd", "pjxj2");
        world.NextNames("address of flink-team-a-ns/basic-example-app-cluster-flink-rest", "172.20.17.152");
    }

    private static void AddNodes(SandboxWorld world, Past past)
    {
        past.At(TimeSpan.FromDays(6), () =>
        {
            CoreNodes.Add(world, "ip-10-1-169-249.us-west-2.compute.internal", "m5.xlarge", "us-west-2b", TimeSpan.Zero, CoreLabels);
            CoreNodes.Add(world, "ip-10-1-69-244.us-west-2.compute.internal", "m5.xlarge", "us-west-2c", TimeSpan.Zero, CoreLabels);
        });
        past.At(TimeSpan.FromHours(24), () => CoreNodes.Add(world, "ip-10-1-160-150.us-west-2.compute.internal", "m5.xlarge", "us-west-2a", TimeSpan.Zero, CoreLabels));
    }

    // Somebody restarts this one again and again, so that the whole way of an upgrade can be watched.
    private static void Restart(SandboxWorld world) => world.Objects.Update(ResourceTypes.FlinkDeployments, "flink-team-b-ns", "campaigns-upgrading", o =>
    {
        o["spec"]!["restartNonce"] = ((long?)o["spec"]!["restartNonce"] ?? 0) + 1;
        return o;
    });
}
