namespace FlinkDashboard.Ui.Actions;

/// <summary>What a field of an action's dialog takes.</summary>
public enum FieldShape
{
    /// <summary>A line of text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>One of a few values.</summary>
    Choice,

    /// <summary>On or off: true or false.</summary>
    Switch,
}

/// <summary>One value that an action asks for.</summary>
/// <param name="Name">Its name among the values.</param>
/// <param name="Label">What stands before it.</param>
/// <param name="Start">What it holds at first.</param>
/// <param name="Shape">How it is asked for.</param>
public sealed record ActionField(string Name, string Label, string Start, FieldShape Shape = FieldShape.Text)
{
    /// <summary>A clause below the label.</summary>
    public string? Hint { get; init; }

    /// <summary>Values of a choice with their words; for a text, what is suggested.</summary>
    public IReadOnlyList<(string Value, string Words)> Choices { get; init; } = [];

    /// <summary>The rule that a value breaks, as a sentence; null when it breaks none.</summary>
    public Func<string, string?>? Refusal { get; init; }

    /// <summary>Paths and keys: fixed width letters.</summary>
    public bool Mono { get; init; }

    /// <summary>What is wrong with a value; null when it may be sent.</summary>
    public string? Check(string value) => Shape switch
    {
        FieldShape.Number when !int.TryParse(value, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out _) => "It is a whole number.",
        FieldShape.Choice when Choices.All(choice => choice.Value != value) => "It is one of the values offered.",
        _ => Refusal?.Invoke(value),
    };
}

/// <summary>Values by field name.</summary>
public sealed class ActionValues(IReadOnlyDictionary<string, string> values)
{
    /// <summary>The value of a field; empty when there is none.</summary>
    public string this[string name] => values.GetValueOrDefault(name, "").Trim();

    /// <summary>A whole number; 0 when it is none.</summary>
    public int Number(string name) => int.TryParse(this[name], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>A switch is on.</summary>
    public bool IsOn(string name) => this[name] == "true";
}

/// <summary>Values that an action asks for, and what it does with them.</summary>
/// <param name="Fields">In their order.</param>
/// <param name="Tell">What follows from the values as they are typed.</param>
/// <param name="Run">Does it; takes the reason given for the audit trail.</param>
public sealed record ActionForm(IReadOnlyList<ActionField> Fields, Func<ActionValues, ActionConsequence> Tell, Func<ActionValues, string?, CancellationToken, Task<ActionAnswer>> Run)
{
    /// <summary>Reads what telling needs, when the dialog opens; null when nothing need be read.</summary>
    public Func<CancellationToken, Task>? Prepare { get; init; }
}
