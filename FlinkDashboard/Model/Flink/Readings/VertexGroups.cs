namespace FlinkDashboard.Model.Flink.Readings;

/// <summary>
/// Which vertices of a very large job are drawn as one box. Neighbours in the layered order go together, so that a group stands for a stretch of the
/// graph and arrows between groups still only go forward.
/// </summary>
public static class VertexGroups
{
    /// <summary>Vertices that are drawn one by one at most, and boxes that are drawn at most.</summary>
    public const int Most = 300;

    private const int Wanted = 40;

    /// <summary>Groups with their members in order; each vertex alone up to <see cref="Most"/> vertices.</summary>
    /// <param name="open">Keys of groups (<c>g3</c>) to take apart. Those opened last win when not all fit.</param>
    public static IReadOnlyList<VertexGroup> Of(IReadOnlyList<string> vertices, IReadOnlyList<GraphLink> links, IReadOnlyList<string> open)
    {
        if (vertices.Count <= Most)
            return [.. vertices.Select(v => new VertexGroup(v, [v]))];
        var layers = GraphLayout.LayersOf(vertices, links);
        var ordered = vertices.Select((v, i) => (Vertex: v, Layer: layers[v], Index: i)).OrderBy(v => v.Layer).ThenBy(v => v.Index).Select(v => v.Vertex).ToArray();
        var size = (ordered.Length + Wanted - 1) / Wanted;
        var groups = ordered.Chunk(Math.Max(2, size)).Select((members, i) => members.Length == 1 ? new VertexGroup(members[0], members) : new VertexGroup($"g{i}", members)).ToList();
        var room = Most - groups.Count;
        var opened = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in open.Reverse())
        {
            if (groups.FirstOrDefault(g => g.Key == key) is not { Members.Count: > 1 } group || group.Members.Count - 1 > room || !opened.Add(key))
                continue;
            room -= group.Members.Count - 1;
        }
        return [.. groups.SelectMany(g => opened.Contains(g.Key) ? g.Members.Select(m => new VertexGroup(m, [m]) { OpenedFrom = g.Key }) : [g])];
    }
}

/// <summary>A box of the graph.</summary>
/// <param name="Key">The vertex id of a single vertex, else <c>g</c> and a number.</param>
/// <param name="Members">Vertex ids.</param>
public sealed record VertexGroup(string Key, IReadOnlyList<string> Members)
{
    /// <summary>The group that was taken apart to show this vertex.</summary>
    public string? OpenedFrom { get; init; }
}
