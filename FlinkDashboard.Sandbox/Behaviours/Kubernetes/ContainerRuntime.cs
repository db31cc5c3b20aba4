using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>Where a container is in its life.</summary>
internal enum ContainerPhase
{
    Waiting,
    Running,
    Terminated,
}

/// <summary>One container of a pod as its kubelet knows it.</summary>
internal sealed class ContainerRuntime(JsonObject spec, bool isInit)
{
    /// <summary>The container's part of the pod spec.</summary>
    public JsonObject Spec => spec;

    public string Name { get; } = spec.Text("name") ?? "";

    public string Image { get; } = spec.Text("image") ?? "";

    public bool IsInit => isInit;

    public ContainerPhase Phase { get; private set; }

    public string WaitingReason { get; private set; } = "ContainerCreating";

    public string? WaitingMessage { get; private set; }

    /// <summary>The terminated state of the run before this one.</summary>
    public JsonObject? Last { get; private set; }

    /// <summary>The present terminated state.</summary>
    public JsonObject? End { get; private set; }

    public DateTimeOffset StartedAt { get; private set; }

    public DateTimeOffset FinishedAt { get; private set; }

    public int ExitCode { get; private set; }

    public int Restarts { get; private set; }

    /// <summary>Empty until the first start.</summary>
    public string ContainerId { get; private set; } = "";

    /// <summary>The startup probe has succeeded (or there is none).</summary>
    public bool Started { get; set; }

    public bool Ready { get; set; }

    /// <summary>The program inside, if one is known.</summary>
    public RunningContainer? Program { get; set; }

    /// <summary>Wait before the next restart; zero before the first.</summary>
    public TimeSpan BackOff { get; set; }

    public bool HasProbes => spec["startupProbe"] is not null || spec["readinessProbe"] is not null;

    public string FieldPath => $"spec.{(isInit ? "initContainers" : "containers")}{{{Name}}}";

    public void Wait(string reason, string? message = null)
    {
        if (Phase == ContainerPhase.Terminated)
            Last = End;
        (Phase, WaitingReason, WaitingMessage, End) = (ContainerPhase.Waiting, reason, message, null);
    }

    /// <summary>The image is there and the process runs.</summary>
    public void Run(DateTimeOffset now, string containerId)
    {
        if (Phase == ContainerPhase.Terminated)
            Last = End;
        if (ContainerId.Length > 0)
            Restarts++;
        (Phase, StartedAt, ContainerId, End) = (ContainerPhase.Running, now, containerId, null);
        Started = !HasStartupProbe;
        Ready = !HasProbes;
    }

    public void Terminate(DateTimeOffset now, int code, string message)
    {
        var outOfMemory = message == "OOMKilled";
        End = new JsonObject { ["exitCode"] = code, ["reason"] = outOfMemory ? message : code == 0 ? "Completed" : "Error" };
        if (message.Length > 0 && !outOfMemory)
            End["message"] = message;
        End["startedAt"] = ObjectStore.Timestamp(StartedAt);
        End["finishedAt"] = ObjectStore.Timestamp(now);
        End["containerID"] = ContainerId;
        (Phase, FinishedAt, ExitCode, Started, Ready, Program) = (ContainerPhase.Terminated, now, code, false, false, null);
    }

    /// <summary>The pod ends before this container ever ran.</summary>
    public void Lose()
    {
        End = new JsonObject
        {
            ["exitCode"] = 137,
            ["reason"] = "ContainerStatusUnknown",
            ["message"] = "The container could not be located when the pod was terminated",
            ["startedAt"] = null,
            ["finishedAt"] = null,
        };
        (Phase, ExitCode, Started, Ready) = (ContainerPhase.Terminated, 137, false, false);
    }

    /// <summary>The pod ends while the container waits for a restart: its last end is its end.</summary>
    public void Settle()
    {
        if (Phase == ContainerPhase.Waiting && Last is not null)
            (Phase, End, ExitCode) = (ContainerPhase.Terminated, Last, (int)(Last.Number("exitCode") ?? 1));
    }

    /// <summary>Takes over what a stored status says.</summary>
    public void Adopt(JsonObject status)
    {
        Restarts = (int)(status.Number("restartCount") ?? 0);
        ContainerId = status.Text("containerID") ?? "";
        Last = status.At("lastState", "terminated")?.DeepClone() as JsonObject;
        (Started, Ready) = (status.Flag("started"), status.Flag("ready"));
        if (status.At("state", "running") is { } running)
        {
            Phase = ContainerPhase.Running;
            StartedAt = Time(running.Text("startedAt"));
        }
        else if (status.At("state", "terminated") is JsonObject end)
        {
            (Phase, End) = (ContainerPhase.Terminated, end.DeepClone().AsObject());
            (ExitCode, StartedAt, FinishedAt) = ((int)(end.Number("exitCode") ?? 0), Time(end.Text("startedAt")), Time(end.Text("finishedAt")));
        }
        else
            (WaitingReason, WaitingMessage) = (status.Text("state", "waiting", "reason") ?? "ContainerCreating", status.Text("state", "waiting", "message"));
    }

    private bool HasStartupProbe => spec["startupProbe"] is not null;

    private static DateTimeOffset Time(string? text) =>
        DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var t) ? t : DateTimeOffset.UnixEpoch;
}
