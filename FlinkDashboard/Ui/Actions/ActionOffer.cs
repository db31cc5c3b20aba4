namespace FlinkDashboard.Ui.Actions;

/// <summary>What an action will do, said before it is done.</summary>
/// <param name="LosesState">State is lost: the dialog says so in red.</param>
/// <param name="Command">The kubectl command that does the same.</param>
public sealed record ActionConsequence(string Summary, IReadOnlyList<string> Details, bool LosesState, string Command)
{
    /// <summary>Why it would be refused as it stands, each a sentence that names its field; empty when nothing is known against it.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Which tool owns the object and when it will undo this, as a sentence; null when none does.</summary>
    public string? UndoneBy { get; init; }

    /// <summary>What to commit instead, as YAML; null when there is nothing to commit.</summary>
    public string? Yaml { get; init; }
}

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

    /// <summary>Stands under "More" instead of in the bar.</summary>
    public bool Minor { get; init; }

    /// <summary>The dialog's heading, where the verb and the name do not make a sentence: "Take a savepoint of orders?".</summary>
    public string Question { get => field ?? $"{Verb} {Target}?"; init; }

    /// <summary>What stands on the button that does it.</summary>
    public string Consent { get => field ?? $"{Verb} {Target}"; init; }

    /// <summary>Opens this page instead of a dialog.</summary>
    public string? Address { get; init; }

    /// <summary>Asks for values first; null when there are none to ask for.</summary>
    public ActionForm? Form { get; init; }

    /// <summary>A button that opens a page.</summary>
    public static ActionOffer To(string verb, string icon, string target, string? refusal, string address) =>
        new(verb, icon, target, refusal, static () => new("", [], false, ""), static (_, _) => Task.FromResult(new ActionAnswer(false, ""))) { Address = address };

    /// <summary>A button that asks for values first.</summary>
    public static ActionOffer Asking(string verb, string icon, string target, string? refusal, ActionForm form) =>
        new(verb, icon, target, refusal, static () => new("", [], false, ""), static (_, _) => Task.FromResult(new ActionAnswer(false, ""))) { Form = form };

    /// <summary>What stands on the button: three dots where something is asked for first.</summary>
    public string Label => Form is null && Address is null ? Verb : Verb + "…";
}
