using System.Globalization;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Behaviours.Operator.Rules;
using FlinkDashboard.Sandbox.Behaviours.Operator.Spec;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Clusters;

/// <summary>Pod specs of JobManager and (standalone) TaskManager as the API server stores them: Flink's decorators over the user's template, defaults filled in.</summary>
internal sealed class PodBuilder(FlinkSpec spec, FlinkConfig config, string cluster)
{
    private static readonly string[] LogFiles = ["logback-console.xml", "log4j-console.properties"];

    /// <summary>Pod spec of the JobManager.</summary>
    public JsonObject JobManager(JsonObject template)
    {
        var pod = Start(template, out var main);
        AddVolume(pod, main, "user-artifacts-volume", "/opt/flink/artifacts", "emptyDir", new JsonObject());
        AddConfig(pod, main);
        if (!spec.IsStandalone && PodTemplates.HasTaskManagerTemplate(spec))
            AddVolume(pod, main, "pod-template-volume", "/opt/flink/pod-template", "configMap", Keys($"pod-template-{cluster}", "taskmanager-pod-template.yaml"));
        if (spec.IsStandalone && spec.Job is not null)
            AddVolume(pod, main, "user-lib-dir", "/opt/flink/usrlib", "emptyDir", new JsonObject());
        Container(main, "jobmanager", spec.IsStandalone ? StandaloneArguments() : NativeArguments(),
            [Port("rest", 8081), Port("jobmanager-rpc", 6123), Port("blobserver", 6124)]);
        var env = main["env"] as JsonArray ?? [];
        env.Add(PodIp());
        main["env"] = env.DeepClone();
        if (FlinkOptions.Switch(config.Values, "jm-deployment.startup.probe.enabled", true))
            main["startupProbe"] ??= Probe();
        return Finish(pod);
    }

    /// <summary>Pod spec of a standalone TaskManager.</summary>
    public JsonObject TaskManager(JsonObject template)
    {
        var pod = Start(template, out var main);
        AddConfig(pod, main);
        Container(main, "taskmanager", ["taskmanager"], [Port("taskmanager-rpc", 6122)]);
        return Finish(pod);
    }

    /// <summary>Name of the configuration file: Flink 2 reads config.yaml.</summary>
    public static string ConfigFile(FlinkSpec spec) => spec.FlinkVersion?.StartsWith("v1_", StringComparison.Ordinal) == false ? "config.yaml" : "flink-conf.yaml";

    private static JsonObject Start(JsonObject template, out JsonObject main)
    {
        var pod = template["spec"]?.DeepClone().AsObject() ?? [];
        var containers = pod["containers"] as JsonArray ?? [];
        pod["containers"] = containers = containers.DeepClone().AsArray();
        var found = containers.OfType<JsonObject>().FirstOrDefault(c => (string?)c["name"] == PodTemplates.MainContainer);
        if (found is null)
            containers.Insert(0, found = new JsonObject { ["name"] = PodTemplates.MainContainer });
        main = found;
        return pod;
    }

    private JsonObject Finish(JsonObject pod)
    {
        foreach (var container in pod["containers"]!.AsArray().Concat(pod["initContainers"] as JsonArray ?? []).OfType<JsonObject>())
        {
            container["resources"] ??= new JsonObject();
            container["terminationMessagePath"] ??= "/dev/termination-log";
            container["terminationMessagePolicy"] ??= "File";
            container["imagePullPolicy"] ??= "IfNotPresent";
        }
        pod["restartPolicy"] ??= "Always";
        pod["terminationGracePeriodSeconds"] ??= 30;
        pod["dnsPolicy"] ??= "ClusterFirst";
        var account = config.Values.GetValueOrDefault("kubernetes.service-account", "default");
        pod["serviceAccountName"] = account;
        pod["serviceAccount"] = account;
        pod["securityContext"] ??= new JsonObject();
        pod["schedulerName"] ??= "default-scheduler";
        return pod;
    }

    private void Container(JsonObject main, string component, IReadOnlyList<string> arguments, JsonObject[] ports)
    {
        main["image"] = config.Values.GetValueOrDefault("kubernetes.container.image.ref", $"flink:{spec.FlinkVersion?[1..].Replace('_', '.')}");
        main["command"] = new JsonArray("/docker-entrypoint.sh");
        main["args"] = new JsonArray([.. arguments.Select(a => (JsonNode)a)]);
        var given = main["ports"] as JsonArray ?? [];
        main["ports"] = new JsonArray([.. given.Select(p => p?.DeepClone()), .. ports]);
        if (config.Values.GetValueOrDefault("kubernetes.container.image.pull-policy") is { } policy)
            main["imagePullPolicy"] = policy;
        main["resources"] = Resources(component);
    }

    private JsonObject Resources(string component)
    {
        var slots = component == "taskmanager" ? FlinkOptions.Slots(config.Values) : 1;
        var cpu = Number($"kubernetes.{component}.cpu.amount") ?? slots;
        var memory = MemoryText.Parse(config.Values.GetValueOrDefault($"{component}.memory.process.size", "1600m"));
        var limits = Amounts(cpu * (Number($"kubernetes.{component}.cpu.limit-factor") ?? 1), (long)(memory * (Number($"kubernetes.{component}.memory.limit-factor") ?? 1)));
        var requests = Amounts(cpu, memory);
        if (PodTemplates.Storage(spec, component == "jobmanager" ? "jobManager" : "taskManager") is { } storage)
            limits["ephemeral-storage"] = requests["ephemeral-storage"] = storage;
        return new JsonObject { ["limits"] = limits, ["requests"] = requests };
    }

    private static JsonObject Amounts(double cpu, long memory) => new() { ["cpu"] = MemoryText.Cpu(cpu), ["memory"] = MemoryText.Quantity(memory) };

    private double? Number(string key) =>
        double.TryParse(config.Values.GetValueOrDefault(key), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    private string[] NativeArguments() => ["bash", "-c", $"kubernetes-jobmanager.sh kubernetes-{(spec.Job is null ? "session" : "application")} "];

    private List<string> StandaloneArguments()
    {
        if (spec.Job is not { } job)
            return ["jobmanager", "--host", "$(_POD_IP_ADDRESS)"];
        List<string> arguments = ["standalone-job"];
        if (config.Values.GetValueOrDefault(FlinkConfig.SavepointPath) is { } savepoint)
            arguments.AddRange(["--fromSavepoint", savepoint]);
        if ((bool?)job["allowNonRestoredState"] == true)
            arguments.Add("--allowNonRestoredState");
        if ((string?)job["entryClass"] is { } main)
            arguments.AddRange(["--job-classname", main]);
        arguments.AddRange(job["args"]!.AsArray().Select(a => (string)a!));
        arguments.AddRange(["--host", "$(_POD_IP_ADDRESS)"]);
        return arguments;
    }

    private void AddConfig(JsonObject pod, JsonObject main)
    {
        var logs = spec.Json["logConfiguration"] as JsonObject;
        AddVolume(pod, main, "flink-config-volume", "/opt/flink/conf", "configMap",
            Keys($"flink-config-{cluster}", [.. LogFiles.Where(f => logs?[f] is not null), ConfigFile(spec)]));
    }

    private static JsonObject Keys(string configMap, params string[] keys) => new()
    {
        ["name"] = configMap,
        ["items"] = new JsonArray([.. keys.Select(k => new JsonObject { ["key"] = k, ["path"] = k })]),
        ["defaultMode"] = 420,
    };

    private static void AddVolume(JsonObject pod, JsonObject main, string name, string path, string source, JsonObject content)
    {
        var volumes = pod["volumes"] as JsonArray ?? [];
        if (volumes.Parent is null)
            pod["volumes"] = volumes;
        volumes.Add(new JsonObject { ["name"] = name, [source] = content });
        var mounts = main["volumeMounts"] as JsonArray ?? [];
        if (mounts.Parent is null)
            main["volumeMounts"] = mounts;
        mounts.Add(new JsonObject { ["name"] = name, ["mountPath"] = path });
    }

    private static JsonObject Port(string name, int port) => new() { ["name"] = name, ["containerPort"] = port, ["protocol"] = "TCP" };

    private static JsonObject PodIp() => new()
    {
        ["name"] = "_POD_IP_ADDRESS",
        ["valueFrom"] = new JsonObject { ["fieldRef"] = new JsonObject { ["apiVersion"] = "v1", ["fieldPath"] = "status.podIP" } },
    };

    private static JsonObject Probe() => new()
    {
        ["httpGet"] = new JsonObject { ["path"] = "/config", ["port"] = "rest", ["scheme"] = "HTTP" },
        ["timeoutSeconds"] = 1,
        ["periodSeconds"] = 1,
        ["successThreshold"] = 1,
        ["failureThreshold"] = int.MaxValue,
    };
}
