using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>Writes a pod's status as a kubelet of Kubernetes 1.36 does: every field, in its shape.</summary>
internal static class PodStatusJson
{
    /// <summary>The next status of a pod; times of conditions that do not change are kept.</summary>
    public static JsonObject Next(JsonObject pod, PodState state, DateTimeOffset now)
    {
        var generation = pod.Number("metadata", "generation") ?? 1;
        var old = pod["status"] as JsonObject ?? [];
        var status = new JsonObject { ["observedGeneration"] = generation, ["phase"] = state.Phase, ["conditions"] = Conditions(old, state, generation, now) };
        status["hostIP"] = state.HostIp;
        status["hostIPs"] = new JsonArray(new JsonObject { ["ip"] = state.HostIp });
        if (state.PodIp.Length > 0)
        {
            status["podIP"] = state.PodIp;
            status["podIPs"] = new JsonArray(new JsonObject { ["ip"] = state.PodIp });
        }
        status["startTime"] = old.Text("startTime") ?? ObjectStore.Timestamp(now);
        if (state.InitContainers.Count > 0)
            status["initContainerStatuses"] = new JsonArray([.. state.InitContainers.Select(c => (JsonNode)Container(c, pod))]);
        status["containerStatuses"] = new JsonArray([.. state.Containers.Select(c => (JsonNode)Container(c, pod))]);
        status["qosClass"] = old.Text("qosClass") ?? PodAdmission.QosClass(pod["spec"]!);
        if (Sum(state.Containers, "requests") is { Count: > 0 } requests)
        {
            status["allocatedResources"] = requests;
            var resources = new JsonObject();
            if (Sum(state.Containers, "limits") is { Count: > 0 } limits)
                resources["limits"] = limits;
            resources["requests"] = requests.DeepClone();
            status["resources"] = resources;
        }
        return status;
    }

    private static JsonArray Conditions(JsonObject old, PodState state, long generation, DateTimeOffset now)
    {
        var pending = state.InitContainers.Where(c => c.Phase != ContainerPhase.Terminated || c.ExitCode != 0).Select(c => c.Name).ToList();
        var unready = state.Containers.Where(c => !c.Ready).Select(c => c.Name).ToList();
        var ended = state.Phase is "Succeeded" or "Failed" && state.Containers.Any(c => c.ContainerId.Length > 0);
        var (reason, message) = unready.Count == 0 ? (null, null)
            : ended ? (state.Phase == "Failed" ? "PodFailed" : "PodCompleted", null)
            : ("ContainersNotReady", $"containers with unready status: [{string.Join(' ', unready)}]");
        JsonObject Condition(string type, bool value, string? why = null, string? text = null)
        {
            var before = old.Items("conditions").FirstOrDefault(c => c.Text("type") == type);
            var word = value ? "True" : "False";
            var condition = new JsonObject
            {
                ["type"] = type,
                ["observedGeneration"] = generation,
                ["status"] = word,
                ["lastProbeTime"] = null,
                ["lastTransitionTime"] = before.Text("status") == word ? before.Text("lastTransitionTime") : ObjectStore.Timestamp(now),
            };
            if (why is not null)
                condition["reason"] = why;
            if (text is not null)
                condition["message"] = text;
            return condition;
        }
        var initialized = pending.Count == 0
            ? Condition("Initialized", true, ended && state.Phase == "Succeeded" ? "PodCompleted" : null)
            : Condition("Initialized", false, "ContainersNotInitialized", $"containers with incomplete status: [{string.Join(' ', pending)}]");
        return
        [
            Condition("PodReadyToStartContainers", state.HasSandbox),
            initialized,
            Condition("Ready", unready.Count == 0, reason, message),
            Condition("ContainersReady", unready.Count == 0, reason, message),
            Condition("PodScheduled", true),
        ];
    }

    private static JsonObject Container(ContainerRuntime c, JsonObject pod)
    {
        var ran = c.ContainerId.Length > 0;
        var status = new JsonObject
        {
            ["name"] = c.Name,
            ["state"] = State(c),
            ["lastState"] = c.Last is null ? new JsonObject() : new JsonObject { ["terminated"] = c.Last.DeepClone() },
            ["ready"] = c.IsInit ? c.Phase == ContainerPhase.Terminated && c.ExitCode == 0 : c.Ready,
            ["restartCount"] = c.Restarts,
            ["image"] = ran ? ContainerImages.FullName(c.Image) : c.Image,
            ["imageID"] = ran ? ContainerImages.Id(c.Image) : "",
        };
        if (ran)
            status["containerID"] = c.ContainerId;
        status["started"] = c.Started;
        if (ran && c.Spec.At("resources", "requests") is JsonObject { Count: > 0 } requests)
        {
            status["allocatedResources"] = requests.DeepClone();
            status["resources"] = c.Spec["resources"]!.DeepClone();
        }
        if (c.Spec.Items("volumeMounts").Any())
            status["volumeMounts"] = new JsonArray([.. c.Spec.Items("volumeMounts").Select(m => (JsonNode)Mount(m))]);
        if (ran)
            status["user"] = User(c, pod);
        return status;
    }

    private static JsonObject State(ContainerRuntime c) => c.Phase switch
    {
        ContainerPhase.Running => new JsonObject { ["running"] = new JsonObject { ["startedAt"] = ObjectStore.Timestamp(c.StartedAt) } },
        ContainerPhase.Terminated => new JsonObject { ["terminated"] = c.End!.DeepClone() },
        _ => new JsonObject
        {
            ["waiting"] = c.WaitingMessage is null
                ? new JsonObject { ["reason"] = c.WaitingReason }
                : new JsonObject { ["reason"] = c.WaitingReason, ["message"] = c.WaitingMessage },
        },
    };

    private static JsonObject Mount(JsonObject mount)
    {
        var status = new JsonObject { ["name"] = mount.Text("name"), ["mountPath"] = mount.Text("mountPath") };
        if (mount.Flag("readOnly"))
            (status["readOnly"], status["recursiveReadOnly"]) = (true, "Disabled");
        return status;
    }

    // Flink images run as user 9999; of others only what the pod says is known.
    private static JsonObject User(ContainerRuntime c, JsonObject pod)
    {
        var image = c.Image.Contains("flink", StringComparison.Ordinal) ? 9999 : 0;
        var uid = c.Spec.Number("securityContext", "runAsUser") ?? pod.Number("spec", "securityContext", "runAsUser") ?? image;
        var gid = c.Spec.Number("securityContext", "runAsGroup") ?? pod.Number("spec", "securityContext", "runAsGroup") ?? uid;
        return new JsonObject { ["linux"] = new JsonObject { ["uid"] = uid, ["gid"] = gid, ["supplementalGroups"] = new JsonArray(gid) } };
    }

    private static JsonObject Sum(IReadOnlyList<ContainerRuntime> containers, string part)
    {
        if (containers.Count == 1)
            return containers[0].Spec.At("resources", part)?.DeepClone() as JsonObject ?? [];
        var cpu = containers.Sum(c => Quantity.Millis(c.Spec.Text("resources", part, "cpu")));
        var memory = containers.Sum(c => Quantity.Bytes(c.Spec.Text("resources", part, "memory")));
        var sum = new JsonObject();
        if (cpu > 0)
            sum["cpu"] = Quantity.Cores(cpu);
        if (memory > 0)
            sum["memory"] = Quantity.Memory(memory);
        return sum;
    }
}
