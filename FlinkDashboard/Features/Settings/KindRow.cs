using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Verdicts;
using FlinkDashboard.State;

namespace FlinkDashboard.Features.Settings;

/// <summary>How well one kind is known.</summary>
/// <param name="Name">"flinkdeployments.flink.apache.org".</param>
/// <param name="Objects">Held in the cache; null until it was listed.</param>
/// <param name="Meaning">What the state means for the pages; empty when all is well.</param>
/// <param name="LastContact">When the API server last said anything about it.</param>
public sealed record KindRow(string Kind, string Name, string ApiVersion, bool Watched, WatchState State, int? Objects, string Meaning, DateTimeOffset Since, DateTimeOffset? LastContact, string? Error)
{
    /// <summary>How the screen tints the state.</summary>
    public VerdictState Verdict => State switch
    {
        WatchState.Live => VerdictState.Healthy,
        WatchState.Connecting => VerdictState.Changing,
        WatchState.Stale => VerdictState.Failing,
        WatchState.Absent => VerdictState.Stopped,
        _ => VerdictState.Degraded,
    };

    /// <summary>The state in words.</summary>
    public string Word => State switch
    {
        WatchState.Live => Watched ? "Live" : "Polled",
        WatchState.Connecting => "Connecting",
        WatchState.Stale => "Contact lost",
        WatchState.Absent => "Not installed",
        _ => "Forbidden",
    };

    /// <summary>Place in "what deserves a look first".</summary>
    public int Rank => State switch { WatchState.Stale => 0, WatchState.Forbidden => 1, WatchState.Connecting => 2, WatchState.Absent => 3, _ => 4 };

    public static KindRow From(KindInfo kind, WatchStatus status, int objects) => new(kind.Kind, kind.QualifiedName, kind.ApiVersion, kind.Watched, status.State, status.IsKnown ? objects : null, MeaningOf(kind, status), status.Since,
        status.LastContact, status.State == WatchState.Live ? null : status.LastError);

    private static string MeaningOf(KindInfo kind, WatchStatus status) => status.State switch
    {
        WatchState.Forbidden => $"The dashboard's account lacks list and watch on {kind.QualifiedName}.",
        WatchState.Absent => kind.Group switch
        {
            "flink.apache.org" => "Comes with the Flink Kubernetes Operator; older ones have fewer kinds.",
            "metrics.k8s.io" => "Comes with the metrics server: without it, use is not measured.",
            "karpenter.sh" => "Comes with Karpenter.",
            _ => "The API server does not serve it.",
        },
        WatchState.Stale => status.LastContact is null ? "Never heard of yet." : "Shown is what was known then.",
        WatchState.Live when status.ForbiddenNamespaces.Count > 0 => $"Not in {string.Join(", ", status.ForbiddenNamespaces)}: forbidden there.",
        _ => "",
    };
}
