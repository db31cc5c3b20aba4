using System.Globalization;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Behaviours.Operator.Rules;
using FlinkDashboard.Sandbox.Behaviours.Operator.Spec;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Clusters;

/// <summary>
/// The configuration a JobManager is given (config/FlinkConfigBuilder): the operator's defaults, spec.flinkConfiguration, then what the
/// dedicated fields of the spec say.
/// </summary>
public sealed class FlinkConfig
{
    /// <summary>Key of the savepoint to start from.</summary>
    public const string SavepointPath = "execution.savepoint.path";

    /// <summary>The flink-conf.yaml in the operator's image.</summary>
    private static readonly KeyValuePair<string, string>[] BuiltIn =
    [
        new("env.java.default-opts.all", JavaOptions.Text),
        new("blob.server.port", "6124"),
        new("taskmanager.rpc.port", "6122"),
        new("taskmanager.numberOfTaskSlots", "1"),
        new("parallelism.default", "1"),
    ];

    private readonly Dictionary<string, string> _values;

    private FlinkConfig(Dictionary<string, string> values) => _values = values;

    /// <summary>All keys, those of the operator included.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>Sets or, with null, removes a key.</summary>
    public void Set(string key, string? value)
    {
        if (value is null)
            _values.Remove(key);
        else
            _values[key] = value;
    }

    /// <summary>TaskManagers an application needs.</summary>
    public int TaskManagers => (int)Math.Ceiling(int.Parse(_values.GetValueOrDefault("parallelism.default", "1"), CultureInfo.InvariantCulture) / (double)FlinkOptions.Slots(_values));

    /// <summary>Configuration to deploy a spec with.</summary>
    /// <param name="world">Source of chance.</param>
    /// <param name="resource">The FlinkDeployment.</param>
    /// <param name="spec">What is deployed.</param>
    /// <param name="defaults">The operator's default configuration.</param>
    public static FlinkConfig ForDeployment(SandboxWorld world, WorldObject resource, FlinkSpec spec, IReadOnlyDictionary<string, string> defaults)
    {
        var config = new FlinkConfig(new Dictionary<string, string>(BuiltIn));
        foreach (var (key, value) in defaults)
            config._values[key] = value;
        foreach (var (key, value) in spec.Configuration)
            config._values[key] = value;
        config.Identity(resource, spec);
        config.Components(world, spec);
        if (spec.Job is { } job)
            config.Job(world, resource, spec, job);
        config.Mode(resource, spec);
        config.Last(resource);
        return config;
    }

    /// <summary>Configuration by which the running cluster is observed: what was deployed, with the newest switches of the operator.</summary>
    public static IReadOnlyDictionary<string, string> ForObservation(FlinkSpec? deployed, FlinkSpec newest, IReadOnlyDictionary<string, string> defaults)
    {
        var result = new Dictionary<string, string>(defaults);
        foreach (var (key, value) in (deployed ?? newest).Configuration)
            result[key] = value;
        foreach (var (key, value) in newest.Configuration.Where(p => IsOperatorKey(p.Key) || p.Key == "state.savepoints.dir"))
            result[key] = value;
        return result;
    }

    /// <summary>Content of flink-conf.yaml: without the operator's own keys, in the order of a Java map.</summary>
    public string Text()
    {
        var shown = _values.Where(p => !IsOperatorKey(p.Key)).ToDictionary();
        return string.Concat(JavaOrder.Of(shown.Keys).Select(k => $"{k}: {shown[k]}\n"));
    }

    private static bool IsOperatorKey(string key) => key.StartsWith("kubernetes.operator.", StringComparison.Ordinal) || key.StartsWith("job.autoscaler.", StringComparison.Ordinal);

    private void Identity(WorldObject resource, FlinkSpec spec)
    {
        Set("$internal.flink.version", spec.FlinkVersion);
        Set("kubernetes.service-account", (string?)spec.Json["serviceAccount"]);
        if ((string?)spec.Json["image"] is { } image)
            Set("kubernetes.container.image.ref", image);
        if ((string?)spec.Json["imagePullPolicy"] is { } policy)
            Set("kubernetes.container.image.pull-policy", policy);
        Default("kubernetes.rest-service.exposed.type", "ClusterIP");
        Default("web.cancel.enable", "false");
        Set("kubernetes.jobmanager.annotations", $"{ClusterObjects.GenerationAnnotation}:{resource.Generation}");
    }

    // Set last, as the operator does: within a bucket of its map the order of insertion shows.
    private void Last(WorldObject resource)
    {
        Set("kubernetes.namespace", resource.Namespace);
        Set("kubernetes.cluster-id", resource.Name);
        Set("kubernetes.jobmanager.owner.reference", $"uid:{resource.Uid},name:{resource.Name},controller:false,blockOwnerDeletion:true,apiVersion:{resource.Type.ApiVersion},kind:{resource.Type.Kind}");
        if (!FlinkOptions.IsHighlyAvailable(_values))
            return;
        Set("high-availability.cluster-id", resource.Name);
        Default("high-availability.jobmanager.port", "6123");
    }

    private void Components(SandboxWorld world, FlinkSpec spec)
    {
        Set("kubernetes.jobmanager.replicas", ((long?)spec.Json["jobManager"]?["replicas"] ?? 1).ToString(CultureInfo.InvariantCulture));
        Resource("jobmanager", spec.Json["jobManager"]?["resource"]);
        Resource("taskmanager", spec.Json["taskManager"]?["resource"]);
        Set("kubernetes.pod-template-file.jobmanager", TemplateFile(world));
        if (PodTemplates.HasTaskManagerTemplate(spec))
            Set("kubernetes.pod-template-file.taskmanager", TemplateFile(world));
    }

    private void Resource(string component, JsonNode? resource)
    {
        if (resource?["cpu"] is { } cpu)
            Set($"kubernetes.{component}.cpu.amount", cpu.ToJsonString());
        if ((string?)resource?["memory"] is { } memory)
            Set($"{component}.memory.process.size", MemoryText.Write(MemoryText.Parse(memory)));
    }

    private void Job(SandboxWorld world, WorldObject resource, FlinkSpec spec, JsonObject job)
    {
        var replicas = (long?)spec.Json["taskManager"]?["replicas"];
        Set("parallelism.default", (replicas is { } n ? n * FlinkOptions.Slots(_values) : (long)job["parallelism"]!).ToString(CultureInfo.InvariantCulture));
        Set("$internal.application.program-args", SettingList.Write(job["args"]!.AsArray().Select(a => (string?)a ?? "")));
        Set("$internal.application.main", (string?)job["entryClass"]);
        Default("pipeline.name", resource.Name);
        Default("execution.submit-failed-job-on-application-error", "true");
        Set("execution.shutdown-on-application-finish", "false");
        Default("execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION");
        if (spec.UpgradeMode == "last-state")
            Default("execution.checkpointing.interval", "5 min");
        if ((bool?)job["allowNonRestoredState"] is { } allow)
            Set("execution.savepoint.ignore-unclaimed-state", allow ? "true" : "false");
        if (_values.GetValueOrDefault("high-availability.storageDir") is { } storage)
        {
            Default("job-result-store.delete-on-commit", "false");
            Set("job-result-store.storage-path", $"{storage}/job-result-store/{resource.Name}/{world.NewUid()}");
        }
    }

    private void Mode(WorldObject resource, FlinkSpec spec)
    {
        var jar = spec.JobText("jarURI");
        if (spec.IsStandalone)
        {
            Set("execution.target", "remote");
            Set("jobmanager.rpc.address", $"{resource.Name}.{resource.Namespace}");
            Set("kubernetes.internal.cluster-mode", spec.Job is null ? "SESSION" : "APPLICATION");
            Set("kubernetes.internal.taskmanager.replicas", (spec.Job is null ? (long?)spec.Json["taskManager"]?["replicas"] ?? 1 : TaskManagers).ToString(CultureInfo.InvariantCulture));
            if (jar is not null)
                Set("pipeline.classpaths", jar.Replace("local:", "file:", StringComparison.Ordinal));
            return;
        }
        var kind = spec.Job is null ? "Session" : "Application";
        Set("execution.target", spec.Job is null ? "kubernetes-session" : "kubernetes-application");
        Set("kubernetes.internal.jobmanager.entrypoint.class", $"org.apache.flink.kubernetes.entrypoint.Kubernetes{kind}ClusterEntrypoint");
        Set("internal.cluster.execution-mode", "NORMAL");
        Set("pipeline.jars", jar);
    }

    private void Default(string key, string value) => _values.TryAdd(key, value);

    private static string TemplateFile(SandboxWorld world) =>
        $"/tmp/flink_op_generated_podTemplate_{1 + world.Next(9)}{string.Concat(Enumerable.Range(0, 18).Select(_ => world.Next(10)))}.yaml";
}
