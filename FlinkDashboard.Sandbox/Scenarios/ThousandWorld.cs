using System.Globalization;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Scenarios;

/// <summary>
/// A large, busy platform for measuring: 1,000 nodes, 20 team namespaces, 500 applications (ten of them with 200 TaskManagers) and
/// 10,000 pods, with ten changes a second. Objects have the shape and size of recorded ones. Nothing reconciles here: the size is
/// the point, so no operator and no kubelet runs.
/// </summary>
public static class ThousandWorld
{
    /// <summary>Nodes.</summary>
    public const int Nodes = 1_000;

    /// <summary>FlinkDeployments.</summary>
    public const int Applications = 500;

    /// <summary>Pods.</summary>
    public const int Pods = 10_000;

    private const int Large = 10;
    private const int LargeTaskManagers = 200;
    private const int Teams = 20;

    /// <summary>Fills the world and starts its changes.</summary>
    public static void AddTo(SandboxWorld world)
    {
        world.HasDays = true;
        world.Metrics.IsWatchedFromOutside = true;
        var template = ManifestsTemplate();
        for (var team = 0; team < Teams; team++)
            Platform.AddNamespace(world, Namespace(team));
        for (var node = 0; node < Nodes; node++)
            CoreNodes.Add(world, NodeName(node), "c5d.4xlarge", "us-west-2" + "abc"[node % 3], TimeSpan.FromHours(1 + (node % 200)), ("karpenter.sh/nodepool", "flink-compute-optimized"), ("karpenter.sh/capacity-type", node % 4 == 0 ? "on-demand" : "spot"));
        var small = Pods - Applications - (Large * LargeTaskManagers);
        for (var number = 0; number < Applications; number++)
        {
            var ordinary = number - Large;
            var taskManagers = number < Large ? LargeTaskManagers : (small / (Applications - Large)) + (ordinary < small % (Applications - Large) ? 1 : 0);
            AddApplication(world, template, number, taskManagers);
        }
        world.Timeline.Every(TimeSpan.FromSeconds(0.1), () => Change(world));
    }

    private static void AddApplication(SandboxWorld world, JsonObject template, int number, int taskManagers)
    {
        var ns = Namespace(number % Teams);
        var name = $"stream-{number:000}";
        var created = world.Now - TimeSpan.FromMinutes(30 + (number * 7 % 5_000));
        var application = Fill(template["application"]!, name, ns, created, "");
        application["spec"]!["job"]!["parallelism"] = taskManagers * 2;
        application["status"]!["taskManager"]!["replicas"] = taskManagers;
        application["status"]!["jobStatus"]!["startTime"] = Millis(created);
        application["status"]!["jobStatus"]!["updateTime"] = Millis(created);
        application["status"]!["jobStatus"]!["jobId"] = world.Hex(32);
        var owner = world.Objects.Create(ResourceTypes.FlinkDeployments, application, part: WritePart.All);
        var deployment = Fill(template["deployment"]!, name, ns, created, "");
        deployment["metadata"]!["ownerReferences"] = Owner(owner, controller: false);
        var jobManager = world.Objects.Create(ResourceTypes.Deployments, deployment, part: WritePart.All);
        AddPod(world, template["jobmanager"]!, name, ns, $"{name}-{world.Hex(9)}-{world.Suffix()}", created, jobManager);
        for (var index = 1; index <= taskManagers; index++)
            AddPod(world, template["taskmanager"]!, name, ns, $"{name}-taskmanager-1-{index}", created.AddSeconds(20), jobManager);
    }

    private static void AddPod(SandboxWorld world, JsonNode template, string application, string ns, string name, DateTimeOffset created, WorldObject owner)
    {
        var pod = Fill(template, application, ns, created, NodeName(world.Next(Nodes)));
        pod["metadata"]!["name"] = name;
        pod["metadata"]!["ownerReferences"] = Owner(owner, controller: true);
        world.Objects.Create(ResourceTypes.Pods, pod, part: WritePart.All);
    }

    private static JsonObject Fill(JsonNode template, string name, string ns, DateTimeOffset created, string node)
    {
        var text = template.ToJsonString(JsonText.Options).Replace("NAME", name, StringComparison.Ordinal).Replace("NODE", node, StringComparison.Ordinal);
        var result = JsonNode.Parse(text)!.AsObject();
        result["metadata"]!["name"] = name;
        result["metadata"]!["namespace"] = ns;
        result["metadata"]!["creationTimestamp"] = ObjectStore.Timestamp(created);
        return result;
    }

    // One change: now and then an application's state, mostly a pod's container that restarts.
    private static void Change(SandboxWorld world)
    {
        if (world.Next(5) == 0)
        {
            var number = world.Next(Applications);
            world.Objects.Update(ResourceTypes.FlinkDeployments, Namespace(number % Teams), $"stream-{number:000}", o =>
            {
                var job = o["status"]!["jobStatus"]!;
                job["state"] = (string?)job["state"] == "RUNNING" ? "RESTARTING" : "RUNNING";
                job["updateTime"] = Millis(world.Now);
                return o;
            }, WritePart.Status);
            return;
        }
        var application = world.Next(Applications);
        world.Objects.Update(ResourceTypes.Pods, Namespace(application % Teams), $"stream-{application:000}-taskmanager-1-1", o =>
        {
            var container = o["status"]!["containerStatuses"]![0]!;
            container["restartCount"] = (int)container["restartCount"]! + 1;
            container["state"] = new JsonObject { ["running"] = new JsonObject { ["startedAt"] = ObjectStore.Timestamp(world.Now) } };
            return o;
        }, WritePart.Status);
    }

    private static JsonArray Owner(WorldObject owner, bool controller) =>
    [
        new JsonObject
        {
            ["apiVersion"] = owner.Type.ApiVersion,
            ["kind"] = owner.Type.Kind,
            ["name"] = owner.Name,
            ["uid"] = owner.Uid,
            ["controller"] = controller,
            ["blockOwnerDeletion"] = true,
        },
    ];

    private static JsonObject ManifestsTemplate() => Manifests.ReadJson("thousand.json");

    private static string Namespace(int team) => $"flink-team-{team:00}-ns";

    private static string NodeName(int number) => $"ip-10-1-{number / 250}-{number % 250}.us-west-2.compute.internal";

    private static string Millis(DateTimeOffset time) => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}
