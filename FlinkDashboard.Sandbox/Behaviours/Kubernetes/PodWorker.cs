using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>
/// The kubelet's worker of one pod: mounts, sandbox, init containers, containers, restarts with back-off, termination. Delays are
/// those of the recordings (0.5 s from binding to running when the image is there).
/// </summary>
internal sealed class PodWorker
{
    private static readonly TimeSpan ResetAfter = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(5);
    private readonly KubeletTools _tools;
    private bool _over;

    public PodWorker(KubeletTools tools, WorldObject pod, string hostIp)
    {
        _tools = tools;
        State = new PodState(pod, hostIp);
    }

    public PodState State { get; }

    private SandboxWorld World => _tools.World;

    /// <summary>A pod was bound to the node.</summary>
    public void Begin()
    {
        if (State.InitContainers.Count > 0)
        {
            foreach (var container in State.Containers)
                container.Wait("PodInitializing");
        }
        After(20, () =>
        {
            Publish();
            After(130, () => Mount(0));
        });
    }

    /// <summary>Takes over a pod that runs already.</summary>
    public void Adopt(WorldObject pod)
    {
        var status = pod.Read()["status"];
        foreach (var container in State.All)
        {
            if (status.Items(container.IsInit ? "initContainerStatuses" : "containerStatuses").FirstOrDefault(s => s.Text("name") == container.Name) is { } known)
                container.Adopt(known);
        }
        State.HasSandbox = State.PodIp.Length > 0;
        if (pod.IsDeleting)
            return;
        if (!State.HasSandbox)
        {
            Begin();
            return;
        }
        foreach (var container in State.Containers)
        {
            if (container.Phase == ContainerPhase.Running)
            {
                World.Logs.Open(State.Uid, container.Name, container.Restarts);
                RunProgram(container);
            }
            else if (container.Phase == ContainerPhase.Waiting)
                Acquire(container);
            else
                Ended(container);
        }
        RestIfIdle();
    }

    /// <summary>The pod was asked to go.</summary>
    public void Terminate()
    {
        if (State.IsStopping)
            return;
        State.IsStopping = true;
        new PodTermination(this, _tools).Begin();
    }

    /// <summary>The pod is gone from the store: whatever still runs ends now.</summary>
    public void Kill(WorldObject pod)
    {
        _over = true;
        foreach (var container in State.All.Where(c => c.Phase == ContainerPhase.Running))
        {
            Say(container, "Normal", "Killing", $"Stopping container {container.Name}", pod);
            container.Program?.Stop();
        }
    }

    /// <summary>Nothing of this worker happens any more.</summary>
    public void Retire() => _over = true;

    /// <summary>Runs later, unless the pod has gone by then.</summary>
    public void After(double milliseconds, Action action) => World.Timeline.After(TimeSpan.FromMilliseconds(milliseconds), () =>
    {
        if (!_over)
            action();
    });

    /// <summary>Like <see cref="After"/>, but not while the pod is being stopped.</summary>
    public void Later(double milliseconds, Action action) => After(milliseconds, () =>
    {
        if (!State.IsStopping)
            action();
    });

    /// <summary>Stores the present state.</summary>
    public void Publish()
    {
        if (World.Objects.Find(ResourceTypes.Pods, State.Namespace, State.Name)?.Uid != State.Uid)
            return;
        World.Objects.Update(ResourceTypes.Pods, State.Namespace, State.Name, pod =>
        {
            pod["status"] = PodStatusJson.Next(pod, State, World.Now);
            return pod;
        }, WritePart.Status);
        RestIfIdle();
    }

    /// <summary>Writes an event about a container, or about the pod.</summary>
    public void Say(ContainerRuntime? container, string type, string reason, string message, WorldObject? about = null)
    {
        if ((about ?? World.Objects.Find(ResourceTypes.Pods, State.Namespace, State.Name)) is { } pod)
            _tools.Events.Write(pod, "kubelet", type, reason, message, State.Node, container?.FieldPath ?? "");
    }

    /// <summary>A container has failed its startup probe too often.</summary>
    public void Condemn(ContainerRuntime container)
    {
        Say(container, "Normal", "Killing", $"Container {container.Name} failed startup probe, will be restarted");
        container.Program?.Stop();
        End(container, 137, "");
    }

    private void Mount(int attempt)
    {
        var missing = State.ConfigMaps.Where(v => World.Objects.Find(ResourceTypes.ConfigMaps, State.Namespace, v.ConfigMap) is null).ToList();
        foreach (var (volume, map) in missing)
            Say(null, "Warning", "FailedMount", $"MountVolume.SetUp failed for volume \"{volume}\" : configmap \"{map}\" not found");
        if (missing.Count > 0)
            Later(500 * Math.Pow(2, Math.Min(attempt, 8)), () => Mount(attempt + 1));
        else
            Later(270, MakeSandbox);
    }

    private void MakeSandbox()
    {
        State.HasSandbox = true;
        Publish();
        if (State.PodIp.Length == 0)
            State.PodIp = _tools.Addresses.Take(State.HostIp);
        StartNext();
    }

    private void StartNext()
    {
        if (State.InitContainers.FirstOrDefault(c => c.Phase != ContainerPhase.Terminated || c.ExitCode != 0) is { } init)
            Acquire(init);
        else
            State.Containers.ToList().ForEach(Acquire);
    }

    private void Acquire(ContainerRuntime container) => new ImagePull(this, container, _tools, () => Create(container)).Try();

    private void Create(ContainerRuntime container) => Later(15, () =>
    {
        Say(container, "Normal", "Created", "Container created");
        Later(55, () =>
        {
            Say(container, "Normal", "Started", "Container started");
            container.Run(World.Now, "containerd://" + World.Hex(64));
            World.Logs.Open(State.Uid, container.Name, container.Restarts);
            Publish();
            RunProgram(container);
        });
    });

    private void RunProgram(ContainerRuntime container)
    {
        if (World.Objects.Find(ResourceTypes.Pods, State.Namespace, State.Name) is not { } pod)
            return;
        var probes = new ContainerProbes(this, container);
        if (World.Programs.Find(pod, container.Name) is { } program)
        {
            var running = new RunningContainer(pod, container.Name, container.Restarts);
            running.Logged = line => World.Logs.Append(State.Uid, container.Name, running.Restart, World.Now, line);
            running.ServingChanged = probes.ServingChanged;
            running.Exited = (code, message) =>
            {
                if (!_over && container.Program == running)
                    End(container, code, message);
            };
            container.Program = running;
            probes.Begin();
            program.Start(running);
            return;
        }
        probes.Begin();
        if (container.IsInit)
            Later(1000, () => End(container, 0, ""));
        else
            RestIfIdle();
    }

    private void End(ContainerRuntime container, int code, string message)
    {
        World.Logs.Close(State.Uid, container.Name, container.Restarts);
        container.Terminate(World.Now, code, message);
        State.HasSandbox &= State.Phase is not ("Succeeded" or "Failed");
        Publish();
        if (!State.IsStopping)
            Ended(container);
    }

    private void Ended(ContainerRuntime container)
    {
        if (container.IsInit && container.ExitCode == 0)
            Later(80, StartNext);
        else if (State.WillRestart(container))
            Restart(container);
    }

    // The first restart is at once; from then on the container waits twice as long each time.
    private void Restart(ContainerRuntime container)
    {
        if (container.BackOff == TimeSpan.Zero || World.Now - container.StartedAt > ResetAfter)
        {
            container.BackOff = FirstBackOff;
            Later(10, () => Acquire(container));
            return;
        }
        var wait = container.BackOff;
        container.BackOff = wait * 2 > LongestBackOff ? LongestBackOff : wait * 2;
        var said = $"Back-off restarting failed container {container.Name} in pod {State.Name}_{State.Namespace}({State.Uid})";
        Say(container, "Warning", "BackOff", said);
        Later(1000, () =>
        {
            container.Wait("CrashLoopBackOff", $"back-off {Duration(wait)} restarting failed container={container.Name} pod={State.Name}_{State.Namespace}({State.Uid})");
            Say(container, "Warning", "BackOff", said);
            Publish();
            // The kubelet looks again only every 10 to 15 s, so a restart comes later than the back-off alone would have it.
            Later(wait.TotalMilliseconds * (1.2 + (World.Next(20) / 100.0)), () => Acquire(container));
        });
    }

    private void RestIfIdle()
    {
        if (!State.IsStopping && !_over && State.Containers.All(c => c is { Phase: ContainerPhase.Running, Ready: true, Program: null } && !RunsProgram(c)))
            _tools.Idle(this);
    }

    private bool RunsProgram(ContainerRuntime container) =>
        World.Objects.Find(ResourceTypes.Pods, State.Namespace, State.Name) is { } pod && World.Programs.Find(pod, container.Name) is not null;

    // As Go prints durations.
    private static string Duration(TimeSpan span) => span < TimeSpan.FromMinutes(1)
        ? $"{(int)span.TotalSeconds}s"
        : $"{(int)span.TotalMinutes}m{span.Seconds}s";
}
