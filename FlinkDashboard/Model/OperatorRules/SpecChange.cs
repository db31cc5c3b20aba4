namespace FlinkDashboard.Model.OperatorRules;

/// <summary>What the operator makes of a changed field, weakest first; the strongest of an edit's fields decides.</summary>
public enum ChangeEffect
{
    /// <summary>No effect on the running job.</summary>
    Ignore,

    /// <summary>May be rescaled in place, else stop and restart.</summary>
    Scale,

    /// <summary>Stop and restart.</summary>
    Upgrade,

    /// <summary>Redeploy from <c>initialSavepointPath</c>.</summary>
    SavepointRedeploy,
}

/// <summary>One changed field.</summary>
/// <param name="Path">Path as the operator's event names it, for instance <c>job.parallelism</c> or <c>taskManager.resource.memory</c>.</param>
/// <param name="Field">The field whose rule applies: <c>taskManager.resource</c>, <c>jobManager</c>.</param>
/// <param name="Before">Old value as the event writes it.</param>
/// <param name="After">New value as the event writes it.</param>
/// <param name="Effect">What the operator makes of it.</param>
public sealed record FieldChange(string Path, string Field, string Before, string After, ChangeEffect Effect);

/// <summary>An edit of a spec as the operator sees it.</summary>
/// <param name="Kind">Java class of the spec, as the event names it.</param>
/// <param name="Fields">Changed fields in the operator's order.</param>
public sealed record SpecChange(string Kind, IReadOnlyList<FieldChange> Fields)
{
    /// <summary>The strongest effect; Ignore when nothing changed.</summary>
    public ChangeEffect Effect => Fields.Count == 0 ? ChangeEffect.Ignore : Fields.Max(f => f.Effect);

    /// <summary>The text in the SpecChanged event, empty when nothing changed.</summary>
    public string Text => Fields.Count == 0 ? "" : $"Diff: {Kind}[{string.Join(", ", Fields.Select(f => $"{f.Path} : {f.Before} -> {f.After}"))}]";
}
