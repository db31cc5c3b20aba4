using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Flink;

/// <summary>
/// Who is who between JobManagers and TaskManagers: TaskManagers look for the leader of their cluster, a new leader finds the
/// TaskManagers that are already there. Stands for service discovery and heart beats.
/// </summary>
internal sealed class WorkerDirectory(SandboxWorld world)
{
    // A TaskManager that knows no leader asks again in steps; this is how long it takes on average.
    private static readonly TimeSpan Rediscovery = TimeSpan.FromSeconds(1);

    private readonly Dictionary<(string Namespace, string ClusterId), List<TaskManager>> _waiting = [];

    /// <summary>A TaskManager is up and looks for its JobManager.</summary>
    public void Join(TaskManager worker)
    {
        Of(worker.Namespace, worker.ClusterId).Add(worker);
        if (Leader(worker.Namespace, worker.ClusterId) is { } leader)
            leader.Workers.Register(worker);
    }

    /// <summary>A TaskManager's process is gone.</summary>
    public void Leave(TaskManager worker)
    {
        Of(worker.Namespace, worker.ClusterId).Remove(worker);
        Leader(worker.Namespace, worker.ClusterId)?.Workers.ProcessGone(worker);
    }

    /// <summary>A JobManager leads now: running TaskManagers find it soon.</summary>
    public void Announce(JobManager leader) => world.Timeline.After(Rediscovery, () =>
    {
        lock (world.Flink.Gate)
        {
            if (!leader.IsAnswering)
                return;
            foreach (var worker in Of(leader.Namespace, leader.Id).ToList())
                leader.Workers.Register(worker);
        }
    });

    /// <summary>A TaskManager's pod ended or was deleted; JobManagers in native mode watch for this.</summary>
    public void PodEnded(WorldObject pod)
    {
        lock (world.Flink.Gate)
        {
            if (pod.Labels.TryGetValue("app", out var app))
                Leader(pod.Namespace, app)?.Workers.PodEnded(pod);
        }
    }

    private JobManager? Leader(string ns, string clusterId) => world.Flink.Find(ns, clusterId) as JobManager;

    private List<TaskManager> Of(string ns, string clusterId)
    {
        if (!_waiting.TryGetValue((ns, clusterId), out var list))
            _waiting[(ns, clusterId)] = list = [];
        return list;
    }
}
