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

/// <summary>Checks before an upgrade.</summary>
public static class Preflight
{
    /// <summary>All checks that apply to the edit, in the order in which they are shown.</summary>
    public static IReadOnlyList<PreflightItem> Of(PreviewInput input)
    {
        var preview = EffectPreview.Of(input);
        return [new("Operator rules", preview.Problems.Any(p => p.Severity == Manifests.ProblemSeverity.Error) ? PreflightState.NoGo : PreflightState.Go, preview.Sentence)];
    }
}
