namespace FlinkDashboard.Model.Manifests;

/// <summary>Finds nodes by path.</summary>
internal static class ManifestTree
{
    /// <summary>How far a path leads into a document.</summary>
    /// <param name="Node">The last node reached; null for an empty document.</param>
    /// <param name="Entry">The entry of a mapping that holds it.</param>
    /// <param name="Parent">The mapping or list that holds it.</param>
    /// <param name="Holder">The entry of a mapping that holds the parent; null when the parent is the document or a list item.</param>
    /// <param name="Rest">Steps that lead nowhere; empty when the node is what the path names.</param>
    public sealed record Reach(ManifestNode? Node, ManifestEntry? Entry, ManifestNode? Parent, ManifestEntry? Holder, IReadOnlyList<string> Rest);

    /// <summary>Follows a path as far as it goes.</summary>
    public static Reach Follow(ManifestMap? root, IReadOnlyList<string> steps)
    {
        (ManifestNode? node, ManifestEntry? entry, ManifestNode? parent, ManifestEntry? holder) = (root, null, null, null);
        for (var i = 0; i < steps.Count; i++)
        {
            if (i > 0 && ManifestPath.IsConfiguration(steps[i - 1]))
                return Configuration(new Reach(node, entry, parent, holder, []), steps[i]);
            (ManifestNode? Node, ManifestEntry? Entry)? next = node switch
            {
                ManifestMap map when map.Find(steps[i]) is { } found => (found.Value, found),
                ManifestList list when ManifestPath.Index(steps[i]) is { } index && index < list.Items.Count => (list.Items[index], null),
                _ => null,
            };
            if (next is null)
                return new(node, entry, parent, holder, [.. steps.Skip(i)]);
            (parent, holder) = (node, entry);
            (node, entry) = next.Value;
        }
        return new(node, entry, parent, holder, []);
    }

    /// <summary>Flat keys of a configuration with their nodes; lists count as values.</summary>
    public static IEnumerable<(string Key, ManifestNode Node)> Flat(ManifestNode? node, string prefix = "") =>
        node is not ManifestMap map ? [] : map.Entries.SelectMany(e => e.Value is ManifestMap nested ? Flat(nested, $"{prefix}{e.Key}.") : [(prefix + e.Key, e.Value)]);

    private static Reach Configuration(Reach at, string key)
    {
        foreach (var e in (at.Node as ManifestMap)?.Entries ?? [])
        {
            var here = new Reach(e.Value, e, at.Node, at.Entry, []);
            if (e.Key == key)
                return here;
            if (e.Value is ManifestList list && key.StartsWith(e.Key + ".", StringComparison.Ordinal) && ManifestPath.Index(key[(e.Key.Length + 1)..]) is { } index)
                return index < list.Items.Count ? new(list.Items[index], null, list, e, []) : here with { Rest = [key[(e.Key.Length + 1)..]] };
            if (e.Value is ManifestMap && key.StartsWith(e.Key + ".", StringComparison.Ordinal) && Configuration(here, key[(e.Key.Length + 1)..]) is { } found && (found.Rest.Count == 0 || found.Node is ManifestList))
                return found;
        }
        return at with { Rest = [key] };
    }
}
