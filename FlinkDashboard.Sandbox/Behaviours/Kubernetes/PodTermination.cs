using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>The end of a pod: SIGTERM to its containers, their last status, and its removal.</summary>
internal sealed class PodTermination(PodWorker worker, KubeletTools tools)
{
    private PodState State => worker.State;

    public void Begin() => worker.After(10, () =>
    {
        foreach (var container in State.All.Where(c => c.Phase == ContainerPhase.Waiting))
        {
            if (container.Last is null)
                container.Wait("ContainerCreating");
            else
                container.Settle();
        }
        worker.Publish();
        var running = State.All.Where(c => c.Phase == ContainerPhase.Running).ToList();
        foreach (var container in running)
            Stop(container);
        if (running.Count == 0)
            worker.After(100, Finish);
    });

    private void Stop(ContainerRuntime container)
    {
        worker.Say(container, "Normal", "Killing", $"Stopping container {container.Name}");
        var program = container.Program;
        program?.Stop();
        var takes = program?.StopTime ?? TimeSpan.FromMilliseconds(400);
        var killed = takes > State.Grace;
        worker.After((killed ? State.Grace : takes).TotalMilliseconds, () =>
        {
            tools.World.Logs.Close(State.Uid, container.Name, container.Restarts);
            container.Terminate(tools.World.Now, killed ? 137 : program?.StopCode ?? 143, "");
            if (State.All.All(c => c.Phase != ContainerPhase.Running))
                Finish();
        });
    }

    private void Finish()
    {
        State.HasSandbox = false;
        var lost = State.Containers.Where(c => c.Phase == ContainerPhase.Waiting).ToList();
        worker.Publish();
        if (lost.Count == 0)
        {
            worker.After(250, Remove);
            return;
        }
        worker.After(450, () =>
        {
            lost.ForEach(c => c.Lose());
            worker.Publish();
            worker.After(10, Remove);
        });
    }

    private void Remove()
    {
        if (tools.World.Objects.Find(ResourceTypes.Pods, State.Namespace, State.Name)?.Uid == State.Uid)
            tools.World.Objects.Delete(ResourceTypes.Pods, State.Namespace, State.Name, new DeleteRequest { GraceSeconds = 0, Uid = State.Uid });
    }
}
