using System.Globalization;
using FlinkDashboard.Model.Manifests;

namespace FlinkDashboard.Model.Readings;

/// <summary>One value that differs between two manifests.</summary>
/// <param name="Path">Below spec, for instance <c>job.parallelism</c>.</param>
/// <param name="Before">Null for nothing.</param>
/// <param name="After">Null for nothing.</param>
public sealed record ValueChange(string Path, string? Before, string? After)
{
    private const int Longest = 48;

    /// <summary>"job.parallelism 2 → 4", "image removed".</summary>
    public string Words => (Before, After) switch
    {
        (null, { } now) => $"{Path} {Cut(now)}",
        ({ } was, null) => $"{Path} {Cut(was)} removed",
        var (was, now) => $"{Path} {Cut(was ?? "")} → {Cut(now ?? "")}",
    };

    private static string Cut(string text) => text.Length <= Longest ? text : text[..(Longest - 1)] + "…";
}

/// <summary>What differs between the specs of two manifests, value by value.</summary>
public static class ValueChanges
{
    // The operator rewrites these in what it keeps, and they are no part of a version.
    private static readonly string[] Passing = ["job.state", "job.upgradeMode", "job.savepointTriggerNonce", "job.checkpointTriggerNonce", "job.savepointRedeployNonce", "job.autoscalerResetNonce", "restartNonce"];

    /// <summary>The differences, in the order of the newer one, what was removed last.</summary>
    public static IReadOnlyList<ValueChange> Of(Manifest before, Manifest after)
    {
        var (was, now) = (Leaves(before), Leaves(after));
        var old = was.ToDictionary(leaf => leaf.Path, leaf => leaf.Value, StringComparer.Ordinal);
        var paths = now.Select(leaf => leaf.Path).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. now.Where(leaf => !old.TryGetValue(leaf.Path, out var value) || !Same(value, leaf.Value)).Select(leaf => new ValueChange(leaf.Path, old.GetValueOrDefault(leaf.Path), leaf.Value)),
            .. was.Where(leaf => !paths.Contains(leaf.Path)).Select(leaf => new ValueChange(leaf.Path, leaf.Value, null)),
        ];
    }

    /// <summary>Everything that a kept spec says is so in what the operator deployed; defaults and what the operator notes for itself do not count.</summary>
    /// <param name="kept">A kept version.</param>
    /// <param name="deployed">lastReconciledSpec or lastStableSpec.</param>
    public static bool IsIn(Manifest kept, string? deployed)
    {
        if (string.IsNullOrEmpty(deployed))
            return false;
        var there = Leaves(Manifest.Parse(deployed)).ToDictionary(leaf => leaf.Path, leaf => leaf.Value, StringComparer.Ordinal);
        return Leaves(kept).Where(leaf => !Passing.Contains(leaf.Path)).All(leaf => there.TryGetValue(leaf.Path, out var value) && Same(value, leaf.Value));
    }

    /// <summary>The first few in one line; empty when nothing differs.</summary>
    public static string Line(IReadOnlyList<ValueChange> changes, int most = 3) =>
        string.Join(", ", changes.Take(most).Select(change => change.Words)) + (changes.Count > most ? $" and {changes.Count - most} more" : "");

    private static bool Same(string a, string b) => a == b
        || (double.TryParse(a, NumberStyles.Float, CultureInfo.InvariantCulture, out var left) && double.TryParse(b, NumberStyles.Float, CultureInfo.InvariantCulture, out var right) && left.Equals(right));

    private static List<(string Path, string Value)> Leaves(Manifest manifest)
    {
        var leaves = new List<(string, string)>();
        Collect(manifest, "spec", leaves);
        return leaves;
    }

    private static void Collect(Manifest manifest, string path, List<(string Path, string Value)> leaves)
    {
        var keys = manifest.Keys(path);
        if (keys.Count > 0)
        {
            foreach (var key in keys)
                Collect(manifest, path.EndsWith("flinkConfiguration", StringComparison.Ordinal) || key.AsSpan().IndexOfAny(".[] /") >= 0 ? $"{path}[{key}]" : $"{path}.{key}", leaves);
            return;
        }

        var items = manifest.Items(path);
        var value = items.Count > 0 ? string.Join(" ", items) : manifest.Value(path);
        if (value is not null && path.Length > "spec.".Length)
            leaves.Add((path["spec.".Length..], value));
    }
}
