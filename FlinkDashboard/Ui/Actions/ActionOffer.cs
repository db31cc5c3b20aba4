namespace FlinkDashboard.Ui.Actions;

/// <summary>What an action will do, said before it is done.</summary>
/// <param name="LosesState">State is lost: the dialog says so in red.</param>
/// <param name="Command">The kubectl command that does the same.</param>
public sealed record ActionConsequence(string Summary, IReadOnlyList<string> Details, bool LosesState, string Command);

/// <summary>How an action ended, in one or two sentences.</summary>
public sealed record ActionAnswer(bool Good, string Message);

/// <summary>A button: what it does, whether it may, what follows, and how.</summary>
/// <param name="Verb">"Suspend".</param>
/// <param name="Target">Name of the object.</param>
/// <param name="Refusal">Why it may not be pressed; null when it may.</param>
/// <param name="Tell">Read when the dialog opens.</param>
/// <param name="Run">Does it; takes the reason given for the audit trail.</param>
public sealed record ActionOffer(string Verb, string Icon, string Target, string? Refusal, Func<ActionConsequence> Tell, Func<string?, CancellationToken, Task<ActionAnswer>> Run)
{
    /// <summary>Takes something away: red, and the name must be typed.</summary>
    public bool Danger { get; init; }
}
