using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>A pod as its kubelet knows it, apart from what is stored.</summary>
internal sealed class PodState
{
    public PodState(WorldObject pod, string hostIp)
    {
        var json = pod.Read();
        (Namespace, Name, Uid, HostIp) = (pod.Namespace, pod.Name, pod.Uid, hostIp);
        Node = json.Text("spec", "nodeName") ?? "";
        RestartPolicy = json.Text("spec", "restartPolicy") ?? "Always";
        IsHostNetwork = json.Flag("spec", "hostNetwork");
        PodIp = IsHostNetwork ? hostIp : json.Text("status", "podIP") ?? "";
        Grace = TimeSpan.FromSeconds(json.Number("spec", "terminationGracePeriodSeconds") ?? 30);
        InitContainers = [.. json.Items("spec", "initContainers").Select(c => new ContainerRuntime(c.DeepClone().AsObject(), isInit: true))];
        Containers = [.. json.Items("spec", "containers").Select(c => new ContainerRuntime(c.DeepClone().AsObject(), isInit: false))];
        ConfigMaps = [.. json.Items("spec", "volumes").Where(v => v["configMap"] is JsonObject && !v.Flag("configMap", "optional"))
            .Select(v => (v.Text("name") ?? "", v.Text("configMap", "name") ?? ""))];
    }

    public string Namespace { get; }

    public string Name { get; }

    public string Uid { get; }

    public string Node { get; }

    public string HostIp { get; }

    public string PodIp { get; set; }

    public bool IsHostNetwork { get; }

    public string RestartPolicy { get; }

    /// <summary>How long a container may take to end after SIGTERM.</summary>
    public TimeSpan Grace { get; }

    public IReadOnlyList<ContainerRuntime> InitContainers { get; }

    public IReadOnlyList<ContainerRuntime> Containers { get; }

    /// <summary>Volumes that need a ConfigMap.</summary>
    public IReadOnlyList<(string Volume, string ConfigMap)> ConfigMaps { get; }

    public IEnumerable<ContainerRuntime> All => InitContainers.Concat(Containers);

    /// <summary>The pod's network exists.</summary>
    public bool HasSandbox { get; set; }

    /// <summary>The pod is being stopped.</summary>
    public bool IsStopping { get; set; }

    public string Phase
    {
        get
        {
            if (Containers.All(c => c.Phase == ContainerPhase.Terminated) && (IsStopping || Containers.All(c => !WillRestart(c))))
                return Containers.All(c => c.ExitCode == 0) ? "Succeeded" : "Failed";
            if (!IsStopping && InitContainers.Any(c => c.Phase == ContainerPhase.Terminated && c.ExitCode != 0 && !WillRestart(c)))
                return "Failed";
            return Containers.Any(c => c.ContainerId.Length > 0) ? "Running" : "Pending";
        }
    }

    /// <summary>True if its kubelet starts the container again after its end.</summary>
    public bool WillRestart(ContainerRuntime c) => RestartPolicy switch
    {
        "Never" => false,
        "OnFailure" => c.ExitCode != 0,
        _ => !c.IsInit || c.ExitCode != 0,
    };
}
