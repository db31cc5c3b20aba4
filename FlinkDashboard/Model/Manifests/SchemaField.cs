namespace FlinkDashboard.Model.Manifests;

/// <summary>A field as the schema of a CRD describes it.</summary>
/// <param name="Name">Its name; <c>*</c> for any key of a map.</param>
/// <param name="Path">Where it stands, for instance <c>spec.job.parallelism</c>.</param>
/// <param name="Type">object, array, string, integer, number, boolean, or <c>int-or-string</c>; empty when anything is taken.</param>
/// <param name="Enum">Values that are taken; empty when not limited.</param>
/// <param name="Description">The CRD's words, null when it has none.</param>
/// <param name="Minimum">Smallest value.</param>
/// <param name="Maximum">Largest value.</param>
public sealed record SchemaField(string Name, string Path, string Type, IReadOnlyList<string> Enum, string? Description, double? Minimum, double? Maximum)
{
    /// <summary>Regular expression that text must match.</summary>
    public string? Pattern { get; init; }

    /// <summary>date-time, int32, double and the like.</summary>
    public string? Format { get; init; }

    /// <summary>Must be given.</summary>
    public bool Required { get; init; }

    /// <summary>Any field may stand below it.</summary>
    public bool TakesUnknownFields { get; init; }

    /// <summary>The field is a list; its items are of this type.</summary>
    public string? ItemType { get; init; }
}
