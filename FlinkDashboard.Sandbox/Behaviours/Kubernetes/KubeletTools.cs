using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>What all kubelets share.</summary>
/// <param name="World">The world.</param>
/// <param name="Events">Event writer.</param>
/// <param name="Images">Which images exist and where.</param>
/// <param name="Addresses">Pod addresses.</param>
/// <param name="Idle">Told when nothing more will happen to a pod by itself; its worker can be forgotten.</param>
internal sealed record KubeletTools(SandboxWorld World, EventLog Events, ContainerImages Images, PodAddresses Addresses, Action<PodWorker> Idle);
