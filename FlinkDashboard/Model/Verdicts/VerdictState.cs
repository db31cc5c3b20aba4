namespace FlinkDashboard.Model.Verdicts;

/// <summary>How a thing is, in one word. Declared from reassuring to worrying: a verdict is "better" than another when its value is lower.</summary>
public enum VerdictState
{
    /// <summary>Does what it should.</summary>
    Healthy,

    /// <summary>Does nothing, because that was asked for or because it is done.</summary>
    Stopped,

    /// <summary>On its way to what was asked for.</summary>
    Changing,

    /// <summary>Works in part, or not as asked.</summary>
    Degraded,

    /// <summary>Does not do what it should.</summary>
    Failing,

    /// <summary>Nobody can say: facts that the verdict needs are missing. The most worrying, so that losing sight never looks like recovery.</summary>
    Unknown,
}
