using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Model.Readings;
using FlinkDashboard.Operations.Revisions;

namespace FlinkDashboard.Features;

/// <summary>One kept spec in one line.</summary>
/// <param name="Text">The spec; null until it is read.</param>
/// <param name="Changed">What changed since the version before, in one line; null until both are read.</param>
/// <param name="IsStable">It is what the operator calls the last stable spec.</param>
/// <param name="IsDeployed">It is what the operator deployed last.</param>
public sealed record RevisionRow(Revision Revision, Manifest? Text, string? Changed, bool IsStable, bool IsDeployed)
{
    /// <summary>Rows, newest first. Of several versions that fit the stable spec the newest is marked.</summary>
    public static IReadOnlyList<RevisionRow> From(IReadOnlyList<Revision> revisions, IReadOnlyDictionary<string, Manifest> texts, string? stable, string? deployed)
    {
        var firstStable = revisions.FirstOrDefault(one => texts.TryGetValue(one.Name, out var text) && ValueChanges.IsIn(text, stable));
        var firstDeployed = revisions.FirstOrDefault(one => texts.TryGetValue(one.Name, out var text) && ValueChanges.IsIn(text, deployed));
        return [.. revisions.Select((one, i) => new RevisionRow(one, texts.GetValueOrDefault(one.Name), ChangedSince(i + 1 < revisions.Count ? revisions[i + 1] : null, one, texts), one == firstStable, one == firstDeployed))];
    }

    private static string? ChangedSince(Revision? before, Revision one, IReadOnlyDictionary<string, Manifest> texts)
    {
        if (before is null)
            return "the first version kept";
        if (!texts.TryGetValue(one.Name, out var now) || !texts.TryGetValue(before.Name, out var was))
            return null;
        return ValueChanges.Of(was, now) is { Count: > 0 } changes ? ValueChanges.Line(changes) : "nothing but its place";
    }
}
