using FlinkDashboard.Model.Manifests;

namespace FlinkDashboard.Features.Deploy;

/// <summary>Puts one person's changes onto what another has made of the same object meanwhile.</summary>
public static class ThreeWay
{
    /// <summary>What stands there now, with every value changed that the viewer changed. Where both changed the same value the viewer's wins; it is shown before it is sent.</summary>
    /// <param name="start">What both began with.</param>
    /// <param name="mine">The viewer's text.</param>
    /// <param name="theirs">What stands there now.</param>
    public static Manifest Merge(Manifest start, Manifest mine, Manifest theirs) =>
        Changed(start, mine).Aggregate(theirs, (now, path) => mine.Keys(path).Count > 0 ? now
            : mine.Items(path) is { Count: > 0 } items && IsPlain(mine, path, items.Count) ? now.WithItems(path, items)
            : now.With(path, mine.Has(path) ? mine.Value(path) : null));

    /// <summary>Paths of values that differ, in the order of the newer text, what was removed last.</summary>
    public static IReadOnlyList<string> Changed(Manifest before, Manifest after)
    {
        var (old, fresh) = (Leaves(before, "").ToDictionary(leaf => leaf.Path, leaf => leaf.Value), Leaves(after, "").ToArray());
        var now = fresh.Select(leaf => leaf.Path).ToHashSet();
        // Items are removed from the end, so that the indexes before them stay true.
        return [.. fresh.Where(leaf => !old.TryGetValue(leaf.Path, out var value) || value != leaf.Value).Select(leaf => leaf.Path), .. old.Keys.Where(path => !now.Contains(path)).Reverse()];
    }

    /// <summary>Every value with its path; a list of plain values is one.</summary>
    internal static IEnumerable<(string Path, string Value)> Leaves(Manifest manifest, string path)
    {
        var keys = manifest.Keys(path);
        if (keys.Count > 0)
            return keys.SelectMany(key => Leaves(manifest, Below(path, key)));
        var items = manifest.Items(path);
        if (items.Count > 0)
            return IsPlain(manifest, path, items.Count) ? [(path, string.Join('\n', items))] : Enumerable.Range(0, items.Count).SelectMany(i => Leaves(manifest, $"{path}[{i}]"));
        return path.Length == 0 ? [] : [(path, manifest.Value(path) ?? "")];
    }

    private static bool IsPlain(Manifest manifest, string path, int count) => Enumerable.Range(0, count).All(i => manifest.Keys($"{path}[{i}]").Count == 0 && manifest.Items($"{path}[{i}]").Count == 0);

    private static string Below(string path, string key) =>
        path.Length == 0 ? key : path.EndsWith("flinkConfiguration", StringComparison.Ordinal) || key.AsSpan().IndexOfAny(".[] /") >= 0 ? $"{path}[{key}]" : $"{path}.{key}";
}
