namespace FlinkDashboard.Sandbox.World;

/// <summary>The parts of Kubernetes DeleteOptions that the store applies.</summary>
public sealed record DeleteRequest
{
    /// <summary>Background, Foreground, Orphan; null is the kind's default, which is Background.</summary>
    public string? Propagation { get; init; }

    /// <summary>Seconds; null is the kind's default; 0 removes at once.</summary>
    public long? GraceSeconds { get; init; }

    /// <summary>409 if the object has another uid.</summary>
    public string? Uid { get; init; }

    /// <summary>409 if the object has another version.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>Decide and answer, store nothing.</summary>
    public bool DryRun { get; init; }

    internal void Check(WorldObject stored)
    {
        if (Uid is not null && Uid != stored.Uid)
            throw Precondition(stored, $"the UID in the precondition ({Uid}) does not match the UID in record ({stored.Uid}). The object might have been deleted and then recreated");
        if (ResourceVersion is not null && ResourceVersion != stored.ResourceVersion.ToString(System.Globalization.CultureInfo.InvariantCulture))
            throw Precondition(stored, $"the ResourceVersion in the precondition ({ResourceVersion}) does not match the ResourceVersion in record ({stored.ResourceVersion}). The object might have been modified");
    }

    private static ApiError Precondition(WorldObject stored, string why) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {stored.Type.QualifiedName} \"{stored.Name}\": Precondition failed: {why}", ApiError.Conflict(stored.Type, stored.Name).Details);
}
