using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Model.Verdicts;

/// <summary>One fact with what it means. The most worrying finding of an object is its verdict.</summary>
/// <param name="State">What it means.</param>
/// <param name="Text">The fact, as the end of a sentence without full stop.</param>
/// <param name="Since">Since when.</param>
internal readonly record struct Finding(VerdictState State, string Text, DateTimeOffset? Since);

/// <summary>Collects findings and speaks the verdict.</summary>
internal sealed class Findings(Evidence evidence)
{
    private readonly List<Finding> _list = [];

    /// <summary>Last words of the sentence, whatever the verdict: savepoints, pending changes.</summary>
    public List<string> Remarks { get; } = [];

    public DateTimeOffset Now => evidence.Now;

    public void Add(VerdictState state, string text, DateTimeOffset? since = null) => _list.Add(new(state, text, since));

    /// <summary>Adds a finding that gets worse with its age. An unknown age counts as old.</summary>
    public void AddByAge(string text, DateTimeOffset? since, TimeSpan degraded, TimeSpan failing, VerdictState young = VerdictState.Changing)
    {
        var age = Now - (since ?? DateTimeOffset.MinValue);
        Add(age >= failing ? VerdictState.Failing : age >= degraded && young < VerdictState.Degraded ? VerdictState.Degraded : young, text, since);
    }

    /// <summary>Facts that could not be had: unless something is known to fail, nobody can say how it is.</summary>
    public void AddMissing(string what) => Add(VerdictState.Unknown, what, null);

    /// <summary>True if this or worse was found.</summary>
    public bool Has(VerdictState state) => _list.Exists(f => f.State == state);

    /// <summary>
    /// Failing wins over Unknown: what is proven broken stays so whatever else is not known. Otherwise the most worrying finding, the first
    /// of equals.
    /// </summary>
    public Finding Worst() => _list.Count == 0 ? new(VerdictState.Unknown, "the operator tells nothing about it", null)
        : _list.Exists(f => f.State == VerdictState.Failing) ? _list.Find(f => f.State == VerdictState.Failing)
        : _list.MaxBy(f => f.State);

    /// <summary>The verdict that follows from the findings.</summary>
    public Verdict Verdict()
    {
        var worst = Worst();
        var sentence = $"{Opening(worst)}: {worst.Text}{string.Concat(Remarks.Select(r => "; " + r))}.";
        return evidence.HeardAt is { } heard && Now - heard >= Evidence.StaleAfter
            ? new(worst.State, $"As of {AgeText.Of(Now - heard)} ago: {sentence}", worst.Since) { IsStale = true }
            : new(worst.State, sentence, worst.Since);
    }

    private string Opening(Finding finding) => finding.Since is { } since && finding.State is not (VerdictState.Unknown or VerdictState.Healthy) && Now - since >= TimeSpan.FromSeconds(1)
        ? $"{finding.State} for {AgeText.Of(Now - since)}"
        : finding.State.ToString();
}
