using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Behaviours.Operator.Rules;
using FlinkDashboard.Sandbox.Behaviours.Operator.Spec;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Clusters;

/// <summary>The Kubernetes objects of one Flink cluster, in the order the operator creates them.</summary>
/// <param name="world">Where they are created.</param>
/// <param name="resource">The FlinkDeployment.</param>
/// <param name="spec">What is deployed.</param>
/// <param name="config">Its configuration.</param>
internal sealed class ClusterObjects(SandboxWorld world, WorldObject resource, FlinkSpec spec, FlinkConfig config)
{
    /// <summary>Annotation that tells which generation of the resource a Deployment belongs to.</summary>
    public const string GenerationAnnotation = "flinkdeployment.flink.apache.org/generation";

    private static readonly TimeSpan BetweenCalls = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan BeforeServices = TimeSpan.FromMilliseconds(50);

    private string Type => spec.IsStandalone ? "flink-standalone-kubernetes" : "flink-native-kubernetes";

    /// <summary>Creates all of them, yielding the time each call takes.</summary>
    public IEnumerable<TimeSpan> Create()
    {
        var deployment = world.Objects.Create(ResourceTypes.Deployments, JobManager());
        yield return BeforeServices;
        if (spec.IsStandalone || !FlinkOptions.IsHighlyAvailable(config.Values))
            world.Objects.Create(ResourceTypes.Services, InternalService(deployment), part: WritePart.All);
        world.Objects.Create(ResourceTypes.Services, RestService(deployment), part: WritePart.All);
        yield return BetweenCalls;
        world.Objects.Create(ResourceTypes.ConfigMaps, ConfigMap(deployment, $"flink-config-{resource.Name}", Configuration()));
        if (!spec.IsStandalone && PodTemplates.HasTaskManagerTemplate(spec))
        {
            yield return BetweenCalls;
            world.Objects.Create(ResourceTypes.ConfigMaps, ConfigMap(deployment, $"pod-template-{resource.Name}",
                new JsonObject { ["taskmanager-pod-template.yaml"] = YamlText.Write(PodTemplates.Of(spec, "taskManager")) }));
        }
        if (spec.IsStandalone)
            world.Objects.Create(ResourceTypes.Deployments, TaskManagers());
        if (spec.Json["ingress"] is JsonObject ingress)
            IngressObject.Apply(world, resource, ingress);
    }

    private JsonObject Configuration()
    {
        var data = new JsonObject { [PodBuilder.ConfigFile(spec)] = config.Text() };
        foreach (var (file, content) in spec.Json["logConfiguration"] as JsonObject ?? [])
            data[file] = content?.DeepClone();
        return data;
    }

    private JsonObject JobManager()
    {
        var template = PodTemplates.Of(spec, "jobManager");
        var generation = resource.Generation.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Deployment(resource.Name, "jobmanager", (long?)spec.Json["jobManager"]?["replicas"] ?? 1, template,
            new PodBuilder(spec, config, resource.Name).JobManager(template), generation);
    }

    private JsonObject TaskManagers()
    {
        var template = PodTemplates.Of(spec, "taskManager");
        return Deployment($"{resource.Name}-taskmanager", "taskmanager", long.Parse(config.Values["kubernetes.internal.taskmanager.replicas"], System.Globalization.CultureInfo.InvariantCulture),
            template, new PodBuilder(spec, config, resource.Name).TaskManager(template), null);
    }

    private JsonObject Deployment(string name, string component, long replicas, JsonObject template, JsonObject pod, string? generation)
    {
        var metadata = new JsonObject { ["name"] = name, ["namespace"] = resource.Namespace, ["labels"] = Labels(component), ["ownerReferences"] = new JsonArray(ResourceOwner()) };
        var labels = template["metadata"]?["labels"]?.DeepClone().AsObject() ?? [];
        foreach (var (key, value) in Labels(component))
            labels[key] = value?.DeepClone();
        var podMetadata = new JsonObject { ["labels"] = labels };
        var annotations = template["metadata"]?["annotations"]?.DeepClone().AsObject() ?? [];
        if (generation is not null)
        {
            metadata["annotations"] = new JsonObject { [GenerationAnnotation] = generation };
            annotations[GenerationAnnotation] = generation;
        }
        if (annotations.Count > 0)
            podMetadata["annotations"] = annotations;
        return new JsonObject
        {
            ["metadata"] = metadata,
            ["spec"] = new JsonObject
            {
                ["replicas"] = replicas,
                ["selector"] = new JsonObject { ["matchLabels"] = Labels(component) },
                ["template"] = new JsonObject { ["metadata"] = podMetadata, ["spec"] = pod },
                ["strategy"] = new JsonObject { ["type"] = "RollingUpdate", ["rollingUpdate"] = new JsonObject { ["maxUnavailable"] = "25%", ["maxSurge"] = "25%" } },
                ["revisionHistoryLimit"] = 10,
                ["progressDeadlineSeconds"] = 600,
            },
            ["status"] = new JsonObject(),
        };
    }

    private JsonObject Labels(string? component)
    {
        var labels = new JsonObject { ["app"] = resource.Name };
        if (component is not null)
            labels["component"] = component;
        labels["type"] = Type;
        return labels;
    }

    private JsonObject ResourceOwner() => new()
    {
        ["apiVersion"] = resource.Type.ApiVersion,
        ["kind"] = resource.Type.Kind,
        ["name"] = resource.Name,
        ["uid"] = resource.Uid,
        ["controller"] = false,
        ["blockOwnerDeletion"] = true,
    };

    private static JsonObject DeploymentOwner(WorldObject deployment) => new()
    {
        ["apiVersion"] = "apps/v1",
        ["kind"] = "Deployment",
        ["name"] = deployment.Name,
        ["uid"] = deployment.Uid,
        ["controller"] = true,
        ["blockOwnerDeletion"] = true,
    };

    private JsonObject ConfigMap(WorldObject owner, string name, JsonObject data) => new() { ["metadata"] = Owned(owner, name), ["data"] = data };

    private JsonObject Owned(WorldObject owner, string name) =>
        new() { ["name"] = name, ["namespace"] = resource.Namespace, ["labels"] = Labels(null), ["ownerReferences"] = new JsonArray(DeploymentOwner(owner)) };

    private JsonObject RestService(WorldObject owner)
    {
        var type = config.Values.GetValueOrDefault("kubernetes.rest-service.exposed.type", "ClusterIP");
        var headless = type.StartsWith("Headless", StringComparison.Ordinal);
        return Service(owner, $"{resource.Name}-rest", headless ? "None" : world.TakeName($"address of {resource.Namespace}/{resource.Name}-rest") ?? $"{(world.IsEmr ? "172.20" : "10.96")}.{world.Next(256)}.{1 + world.Next(254)}",
            headless ? "ClusterIP" : type, Port("rest", 8081));
    }

    private JsonObject InternalService(WorldObject owner) => Service(owner, resource.Name, "None", "ClusterIP", Port("jobmanager-rpc", 6123), Port("blobserver", 6124));

    private JsonObject Service(WorldObject owner, string name, string ip, string type, params JsonObject[] ports) => new()
    {
        ["metadata"] = Owned(owner, name),
        ["spec"] = new JsonObject
        {
            ["ports"] = new JsonArray([.. ports]),
            ["selector"] = Labels("jobmanager"),
            ["clusterIP"] = ip,
            ["clusterIPs"] = new JsonArray(ip),
            ["type"] = type,
            ["sessionAffinity"] = "None",
            ["ipFamilies"] = new JsonArray("IPv4"),
            ["ipFamilyPolicy"] = "SingleStack",
            ["internalTrafficPolicy"] = "Cluster",
        },
        ["status"] = new JsonObject { ["loadBalancer"] = new JsonObject() },
    };

    private static JsonObject Port(string name, int port) => new() { ["name"] = name, ["protocol"] = "TCP", ["port"] = port, ["targetPort"] = port };
}
