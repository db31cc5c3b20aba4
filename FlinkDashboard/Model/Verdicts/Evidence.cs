using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Model.Verdicts;

/// <summary>
/// What a verdict may rest on besides the object itself. Null for a list means that it could not be read (forbidden, never loaded), which
/// is not the same as empty.
/// </summary>
/// <param name="Now">The moment of the verdict.</param>
public sealed record Evidence(DateTimeOffset Now)
{
    /// <summary>Age of the last contact from which on a verdict is told as history.</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(30);

    /// <summary>Pods of the namespace, or only those of the cluster.</summary>
    public IReadOnlyList<Pod>? Pods { get; init; }

    /// <summary>Events of the namespace, or only those of the object and its pods. A minute without them changes sentences, and at most makes Degraded of Healthy.</summary>
    public IReadOnlyList<CoreEvent>? Events { get; init; }

    /// <summary>Snapshots of the namespace; only the sentences use them.</summary>
    public IReadOnlyList<FlinkStateSnapshot>? Snapshots { get; init; }

    /// <summary>What the series say of the job; null when nothing is known, which changes nothing.</summary>
    public JobNumbers? Numbers { get; init; }

    /// <summary>When the source of these facts was last heard; null for just now.</summary>
    public DateTimeOffset? HeardAt { get; init; }
}
