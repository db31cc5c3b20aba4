namespace FlinkDashboard.Model.Verdicts;

/// <summary>The verdict on one object.</summary>
/// <param name="State">One word.</param>
/// <param name="Sentence">Why, with facts and their age, as of the moment it was asked for.</param>
/// <param name="Since">Since when, as far as the facts tell.</param>
public sealed record Verdict(VerdictState State, string Sentence, DateTimeOffset? Since)
{
    /// <summary>Rests on what was known when the source was last heard, some time ago.</summary>
    public bool IsStale { get; init; }
}
