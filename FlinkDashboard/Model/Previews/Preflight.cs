using System.Text.Json.Nodes;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Model.Previews;

/// <summary>What a preflight check says.</summary>
public enum PreflightState
{
    /// <summary>Fine.</summary>
    Go,

    /// <summary>May go wrong; look at the reason.</summary>
    Risky,

    /// <summary>Will go wrong.</summary>
    NoGo,

    /// <summary>Could not be looked at.</summary>
    Unknown,
}

/// <summary>One preflight check.</summary>
/// <param name="Name">What was checked, for instance <c>Checkpoint age</c>.</param>
/// <param name="State">The outcome.</param>
/// <param name="Reason">Why, as a sentence.</param>
public sealed record PreflightItem(string Name, PreflightState State, string Reason);

/// <summary>The room there is. What is null could not be looked at.</summary>
/// <param name="Quotas">Quotas of the namespace.</param>
/// <param name="Nodes">Nodes of the cluster.</param>
/// <param name="Pods">Pods of the whole cluster, or of what may be seen of it.</param>
/// <param name="NodePools">Karpenter's node pools, which can add nodes.</param>
public sealed record PreflightRoom(IReadOnlyCollection<ResourceQuota>? Quotas, IReadOnlyCollection<Node>? Nodes, IReadOnlyCollection<Pod>? Pods, IReadOnlyCollection<NodePool>? NodePools);

/// <summary>Checks before a deployment or an upgrade.</summary>
public static class Preflight
{
    /// <summary>All checks that apply to the edit, in the order in which they are shown; pure.</summary>
    /// <param name="input">The edit and what is known around it.</param>
    /// <param name="room">Quotas and nodes; null when nothing of them is known.</param>
    public static IReadOnlyList<PreflightItem> Of(PreviewInput input, PreflightRoom? room = null)
    {
        var preview = EffectPreview.Of(input);
        var items = new List<PreflightItem> { Rules(preview) };
        if (preview.Kind is EffectKind.Rejected or EffectKind.NoChange or EffectKind.NoEffect || input.Wanted.Json["spec"] is not JsonObject spec)
            return items;
        var now = input.Current switch { FlinkDeployment d => Standing.Of(d), FlinkSessionJob j => Standing.Of(j), _ => null };
        if (now is { Last: not null })
            items.AddRange(StateChecks.Of(input, preview, now, spec));
        if (input.Wanted.Kind == "FlinkDeployment" && preview.Kind is not (EffectKind.Suspend or EffectKind.RescaleInPlace))
            items.AddRange(RoomChecks.Of(input, spec, room ?? new(null, null, null, null)));
        return items;
    }

    private static PreflightItem Rules(EffectPreview preview) => preview.Kind switch
    {
        EffectKind.CannotTell => new("Operator rules", PreflightState.Unknown, preview.Sentence),
        EffectKind.Rejected => new("Operator rules", PreflightState.NoGo, preview.Sentence),
        _ when preview.Stop == OperatorRules.StopWay.Fail => new("Operator rules", PreflightState.NoGo, preview.Sentence),
        EffectKind.Waits => new("Operator rules", PreflightState.Risky, preview.Sentence),
        _ => new("Operator rules", PreflightState.Go, "The operator accepts it."),
    };
}
