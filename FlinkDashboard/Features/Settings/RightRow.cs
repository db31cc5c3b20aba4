using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Features.Settings;

/// <summary>Something a user may want to do, as it is asked of the cluster.</summary>
/// <param name="Words">"Suspend and resume applications".</param>
public sealed record Wish(string Words, string Verb, KindInfo Kind, string? Subresource = null)
{
    /// <summary>What this dashboard offers, in the order one asks.</summary>
    public static IReadOnlyList<Wish> All { get; } =
    [
        new("See applications", "list", FlinkDeployment.Info),
        new("Suspend, resume and change applications", "patch", FlinkDeployment.Info),
        new("Delete applications", "delete", FlinkDeployment.Info),
        new("Suspend, resume and change session jobs", "patch", FlinkSessionJob.Info),
        new("Delete session jobs", "delete", FlinkSessionJob.Info),
        new("Take savepoints", "create", FlinkStateSnapshot.Info),
        new("See pods", "list", Pod.Info),
        new("Read logs of pods", "get", Pod.Info, "log"),
        new("See events", "list", CoreEvent.Info),
        new("See nodes", "list", Node.Info),
        new("See roles and bindings", "list", Role.Info),
    ];
}

/// <summary>What was answered to a wish.</summary>
/// <param name="Everywhere">Allowed across the cluster.</param>
/// <param name="Namespaces">Allowed there, when not everywhere.</param>
/// <param name="Asked">Namespaces that were asked about.</param>
/// <param name="Reason">Why not everywhere; empty when it is.</param>
public sealed record RightRow(Wish Wish, bool Everywhere, IReadOnlyList<string> Namespaces, int Asked, string Reason)
{
    /// <summary>healthy, degraded or stopped: all, some or none of it.</summary>
    public string Tone => Everywhere || (Asked > 0 && Namespaces.Count == Asked) ? "healthy" : Namespaces.Count > 0 ? "degraded" : "stopped";

    /// <summary>"everywhere", "in a and b", "nowhere".</summary>
    public string Where => Everywhere ? "everywhere" : Namespaces.Count switch
    {
        0 => "no",
        <= 3 => $"in {string.Join(", ", Namespaces)}",
        _ => $"in {string.Join(", ", Namespaces.Take(2))} and {Namespaces.Count - 2} more namespaces",
    };
}
