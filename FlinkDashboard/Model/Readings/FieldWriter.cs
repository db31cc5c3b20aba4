using System.Text.Json;

namespace FlinkDashboard.Model.Readings;

/// <summary>One entry of <c>metadata.managedFields</c>.</summary>
/// <param name="Name">Field manager: <c>kubectl-edit</c>, <c>argocd-controller</c>, <c>flink-dashboard</c> …</param>
/// <param name="At">When it last wrote; null when not told.</param>
/// <param name="WritesSpec">It owns fields of the spec.</param>
public sealed record FieldWriter(string Name, DateTimeOffset? At, bool WritesSpec)
{
    /// <summary>The writers of an object's JSON, in its order; empty where there are none.</summary>
    public static IReadOnlyList<FieldWriter> Of(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object
        && metadata.TryGetProperty("managedFields", out var entries) && entries.ValueKind == JsonValueKind.Array
            ? [.. entries.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.Object).Select(From).Where(w => w.Name.Length > 0)]
            : [];

    /// <summary>Who wrote the spec last; null when nobody is known to have.</summary>
    public static FieldWriter? OfSpec(IEnumerable<FieldWriter> writers) => writers.Where(w => w.WritesSpec).MaxBy(w => w.At ?? DateTimeOffset.MinValue);

    private static FieldWriter From(JsonElement entry) => new(
        Text(entry, "manager") ?? "",
        DateTimeOffset.TryParse(Text(entry, "time"), System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var at) ? at : null,
        entry.TryGetProperty("fieldsV1", out var fields) && fields.ValueKind == JsonValueKind.Object && fields.TryGetProperty("f:spec", out _));

    private static string? Text(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
