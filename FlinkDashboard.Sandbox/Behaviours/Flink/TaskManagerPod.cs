using System.Globalization;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Flink;
using YamlDotNet.RepresentationModel;

namespace FlinkDashboard.Sandbox.Behaviours.Flink;

/// <summary>The pod of a TaskManager in native mode: Flink's decorators laid over the pod template.</summary>
internal static class TaskManagerPod
{
    /// <summary>Creates it.</summary>
    /// <exception cref="ApiError">The API server refuses, for instance by quota.</exception>
    public static void Create(SandboxWorld world, JobManager owner, string name)
    {
        var settings = owner.Configuration;
        var deployment = world.Objects.Get(ResourceTypes.Deployments, owner.Namespace, owner.Id);
        var pod = Template(world, owner);
        Metadata(Child(pod, "metadata"), owner, name, deployment);
        var spec = Child(pod, "spec");
        spec["restartPolicy"] = "Never";
        if (settings.Text("kubernetes.taskmanager.service-account", "kubernetes.service-account") is { } account)
            spec["serviceAccountName"] = account;
        if (settings.Map("kubernetes.taskmanager.node-selector") is { Count: > 0 } selector)
            spec["nodeSelector"] = Text(selector);
        var main = List(spec, "containers").OfType<JsonObject>().FirstOrDefault(c => (string?)c["name"] == FlinkPod.MainContainer);
        if (main is null)
            List(spec, "containers").Insert(0, main = new JsonObject { ["name"] = FlinkPod.MainContainer });
        Container(main, owner, name);
        var config = FlinkConfigKey(world, owner);
        List(spec, "volumes").Add(new JsonObject
        {
            ["name"] = "flink-config-volume",
            ["configMap"] = new JsonObject { ["name"] = $"flink-config-{owner.Id}", ["items"] = Items(config), ["defaultMode"] = 420 },
        });
        List(main, "volumeMounts").Add(new JsonObject { ["name"] = "flink-config-volume", ["mountPath"] = "/opt/flink/conf" });
        PodAdmission.Create(world, pod);
    }

    private static void Metadata(JsonObject metadata, JobManager owner, string name, WorldObject deployment)
    {
        metadata["name"] = name;
        metadata["namespace"] = owner.Namespace;
        var labels = Child(metadata, "labels");
        foreach (var (key, value) in owner.Configuration.Map("kubernetes.taskmanager.labels"))
            labels[key] = value;
        labels["app"] = owner.Id;
        labels["component"] = "taskmanager";
        labels["type"] = "flink-native-kubernetes";
        foreach (var (key, value) in owner.Configuration.Map("kubernetes.taskmanager.annotations"))
            Child(metadata, "annotations")[key] = value;
        metadata["ownerReferences"] = new JsonArray(new JsonObject
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "Deployment",
            ["name"] = deployment.Name,
            ["uid"] = deployment.Uid,
            ["controller"] = true,
            ["blockOwnerDeletion"] = true,
        });
    }

    private static void Container(JsonObject main, JobManager owner, string name)
    {
        var settings = owner.Configuration;
        var memory = FlinkMemory.Of(settings);
        var slots = settings.Number("taskmanager.numberOfTaskSlots", 1);
        var cpu = settings.Decimal("kubernetes.taskmanager.cpu.amount", settings.Decimal("kubernetes.taskmanager.cpu", slots));
        main["image"] = settings.Text("kubernetes.container.image.ref", "kubernetes.container.image") ?? owner.Image;
        main["imagePullPolicy"] = settings.Text("kubernetes.container.image.pull-policy") ?? "IfNotPresent";
        main["command"] = new JsonArray("/docker-entrypoint.sh");
        main["args"] = new JsonArray("bash", "-c", Command(owner, name, memory, slots, cpu));
        List(main, "ports").Add(new JsonObject { ["name"] = "taskmanager-rpc", ["containerPort"] = settings.Number("taskmanager.rpc.port", 6122), ["protocol"] = "TCP" });
        var env = List(main, "env");
        env.Add(new JsonObject { ["name"] = "_POD_NODE_ID", ["valueFrom"] = new JsonObject { ["fieldRef"] = new JsonObject { ["apiVersion"] = "v1", ["fieldPath"] = "spec.nodeName" } } });
        env.Add(new JsonObject
        {
            ["name"] = "FLINK_TM_JVM_MEM_OPTS",
            ["value"] = $"-Xmx{memory.FrameworkHeap + memory.TaskHeap} -Xms{memory.FrameworkHeap + memory.TaskHeap} -XX:MaxDirectMemorySize={memory.FrameworkOffHeap + memory.TaskOffHeap + memory.Network} -XX:MaxMetaspaceSize={memory.Metaspace}",
        });
        var millis = (long)Math.Round(cpu * 1000);
        var limitMillis = (long)Math.Round(cpu * settings.Decimal("kubernetes.taskmanager.cpu.limit-factor", 1) * 1000);
        var limitMemory = (long)(memory.TotalProcess * settings.Decimal("kubernetes.taskmanager.memory.limit-factor", 1));
        main["resources"] = new JsonObject
        {
            ["limits"] = new JsonObject { ["cpu"] = Quantity.Cores(limitMillis), ["memory"] = Quantity.Memory(limitMemory) },
            ["requests"] = new JsonObject { ["cpu"] = Quantity.Cores(millis), ["memory"] = Quantity.Memory(memory.TotalProcess) },
        };
    }

    private static string Command(JobManager owner, string name, FlinkMemory memory, int slots, double cpu)
    {
        var settings = owner.Configuration;
        var fromJobManager = new[] { "jobmanager.rpc.address", "jobmanager.rpc.port", "rest.address", "jobmanager.memory.heap.size", "jobmanager.memory.off-heap.size", "jobmanager.memory.jvm-metaspace.size", "jobmanager.memory.jvm-overhead.min", "jobmanager.memory.jvm-overhead.max", "web.tmpdir" }
            .Select(key => $"-D{key}='{settings.Text(key)}'");
        var jar = settings.Text("pipeline.jars") is { } uri ? [$"-Dpipeline.jars='file:{KnownJobs.LocalPath(uri) ?? uri}'", "-Dpipeline.classpaths=''", "-Dexecution.target='embedded'"] : Array.Empty<string>();
        string[] own =
        [
            $"taskmanager.memory.network.min={memory.Network}b", string.Create(CultureInfo.InvariantCulture, $"taskmanager.cpu.cores={cpu:0.0###}"),
            $"taskmanager.memory.task.off-heap.size={memory.TaskOffHeap}b", $"taskmanager.memory.jvm-metaspace.size={memory.Metaspace}b",
            "external-resources=none", $"taskmanager.memory.jvm-overhead.min={memory.Overhead}b", $"taskmanager.memory.framework.off-heap.size={memory.FrameworkOffHeap}b",
            $"taskmanager.memory.network.max={memory.Network}b", $"taskmanager.memory.framework.heap.size={memory.FrameworkHeap}b",
            $"taskmanager.memory.managed.size={memory.Managed}b", $"taskmanager.memory.task.heap.size={memory.TaskHeap}b",
            $"taskmanager.numberOfTaskSlots={slots}", $"taskmanager.memory.jvm-overhead.max={memory.Overhead}b",
        ];
        return $"kubernetes-taskmanager.sh {string.Join(' ', [.. fromJobManager, $"-Dtaskmanager.resource-id='{name}'", .. jar])} {string.Join(' ', own.Select(o => $"-D {o}"))} ";
    }

    private static IEnumerable<string> FlinkConfigKey(SandboxWorld world, JobManager owner) =>
        world.Objects.Find(ResourceTypes.ConfigMaps, owner.Namespace, $"flink-config-{owner.Id}")?.Read()["data"] is JsonObject data ? data.Select(d => d.Key) : ["flink-conf.yaml"];

    private static JsonArray Items(IEnumerable<string> keys) => new([.. keys.Select(k => (JsonNode)new JsonObject { ["key"] = k, ["path"] = k })]);

    private static JsonObject Template(SandboxWorld world, JobManager owner)
    {
        var yaml = (string?)world.Objects.Find(ResourceTypes.ConfigMaps, owner.Namespace, $"pod-template-{owner.Id}")?.Read()["data"]?["taskmanager-pod-template.yaml"];
        if (yaml is null)
            return [];
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return stream.Documents.Count > 0 && Json(stream.Documents[0].RootNode) is JsonObject template ? template : [];
    }

    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(c => KeyValuePair.Create(c.Key.ToString(), Json(c.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Json)]),
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain } scalar => Plain(scalar.Value),
        YamlScalarNode scalar => scalar.Value,
        _ => null,
    };

    private static JsonNode? Plain(string? value) => value switch
    {
        null or "" or "null" or "~" => null,
        "true" => true,
        "false" => false,
        _ when long.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var whole) => whole,
        _ when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => value,
    };

    private static JsonObject Text(IReadOnlyDictionary<string, string> pairs) => new(pairs.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value)));

    private static JsonObject Child(JsonObject parent, string name)
    {
        if (parent[name] is JsonObject child)
            return child;
        var fresh = new JsonObject();
        parent[name] = fresh;
        return fresh;
    }

    private static JsonArray List(JsonObject parent, string name)
    {
        if (parent[name] is JsonArray list)
            return list;
        var fresh = new JsonArray();
        parent[name] = fresh;
        return fresh;
    }
}
