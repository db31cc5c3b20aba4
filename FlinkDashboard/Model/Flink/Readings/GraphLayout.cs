namespace FlinkDashboard.Model.Flink.Readings;

/// <summary>An arrow between two boxes.</summary>
/// <param name="From">Key of the box it leaves.</param>
/// <param name="To">Key of the box it enters.</param>
/// <param name="Label">Text on it; empty for none.</param>
public sealed record GraphLink(string From, string To, string Label);

/// <summary>A box with its place. Pixels from the top left corner.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Layer">Column, from 0 at the sources.</param>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
public sealed record PlacedBox(string Key, int Layer, double X, double Y);

/// <summary>An arrow with its way.</summary>
/// <param name="Link">Which.</param>
/// <param name="Points">Corners from the right edge of the one box to the left edge of the other; long arrows pass between the boxes of the layers they cross.</param>
public sealed record PlacedLink(GraphLink Link, IReadOnlyList<(double X, double Y)> Points);

/// <summary>Sizes of a drawing, in pixels.</summary>
public sealed record GraphSizes(double BoxWidth, double BoxHeight, double LayerGap, double RowGap);

/// <summary>
/// A directed graph in layers from left to right: each box one layer after the last of its predecessors (longest path), crossings reduced by ordering each
/// layer by the mean place of its neighbours (barycentre), rows aligned with their neighbours where there is room. The same graph is always drawn the same way.
/// </summary>
/// <param name="Boxes">In the order of the layers, from top to bottom within each.</param>
/// <param name="Links">The arrows.</param>
/// <param name="Width">Of the whole.</param>
/// <param name="Height">Of the whole.</param>
/// <param name="Crossings">Arrows that cross between neighbouring layers.</param>
public sealed record GraphLayout(IReadOnlyList<PlacedBox> Boxes, IReadOnlyList<PlacedLink> Links, double Width, double Height, int Crossings)
{
    private const int Sweeps = 12;

    /// <summary>Lays out boxes and arrows. Arrows from or to unknown boxes, and those that would close a circle, are left out of the layers but drawn.</summary>
    /// <param name="keys">Boxes in an order that decides ties: topological if there is one.</param>
    public static GraphLayout Of(IReadOnlyList<string> keys, IReadOnlyList<GraphLink> links, GraphSizes sizes)
    {
        var known = keys.ToHashSet(StringComparer.Ordinal);
        var drawn = links.Where(l => known.Contains(l.From) && known.Contains(l.To) && l.From != l.To).ToList();
        var layerOf = LayersOf(keys, drawn);
        var layered = new LayeredGraph(keys, drawn, layerOf);
        layered.Order(Sweeps);
        return Place(layered, drawn, sizes);
    }

    /// <summary>Layer of each box: 0 without predecessors, else one more than its last predecessor.</summary>
    public static IReadOnlyDictionary<string, int> LayersOf(IReadOnlyList<string> keys, IReadOnlyList<GraphLink> links)
    {
        var next = links.ToLookup(l => l.From, l => l.To, StringComparer.Ordinal);
        var waiting = keys.ToDictionary(k => k, _ => 0, StringComparer.Ordinal);
        foreach (var link in links)
            if (waiting.ContainsKey(link.To))
                waiting[link.To]++;
        var layers = keys.ToDictionary(k => k, _ => 0, StringComparer.Ordinal);
        var ready = new Queue<string>(keys.Where(k => waiting[k] == 0));
        var done = new HashSet<string>(StringComparer.Ordinal);
        while (done.Count < keys.Count)
        {
            if (ready.Count == 0) // a circle: the first that is left opens it
                ready.Enqueue(keys.First(k => !done.Contains(k)));
            var key = ready.Dequeue();
            if (!done.Add(key))
                continue;
            foreach (var to in next[key].Where(t => waiting.ContainsKey(t) && !done.Contains(t)))
            {
                layers[to] = Math.Max(layers[to], layers[key] + 1);
                if (--waiting[to] == 0)
                    ready.Enqueue(to);
            }
        }
        return layers;
    }

    private static GraphLayout Place(LayeredGraph graph, IReadOnlyList<GraphLink> drawn, GraphSizes sizes)
    {
        var rows = graph.Rows(sizes.BoxHeight + sizes.RowGap, sizes.RowGap);
        var top = rows.Count == 0 ? 0 : rows.Values.Min();
        double X(int layer) => layer * (sizes.BoxWidth + sizes.LayerGap);
        var boxes = graph.Layers.SelectMany((layer, i) => layer.Where(n => !n.IsBend).Select(n => new PlacedBox(n.Key, i, X(i), rows[n] - top))).ToList();
        var at = boxes.ToDictionary(b => b.Key, StringComparer.Ordinal);
        var lines = new List<PlacedLink>(drawn.Count);
        foreach (var link in drawn)
        {
            var (from, to) = (at[link.From], at[link.To]);
            var points = new List<(double, double)> { (from.X + sizes.BoxWidth, from.Y + (sizes.BoxHeight / 2)) };
            foreach (var bend in graph.BendsOf(link))
            {
                var y = rows[bend] - top + (sizes.BoxHeight / 2);
                points.Add((X(bend.Layer), y));
                points.Add((X(bend.Layer) + sizes.BoxWidth, y));
            }
            points.Add((to.X, to.Y + (sizes.BoxHeight / 2)));
            lines.Add(new(link, points));
        }
        var width = boxes.Count == 0 ? 0 : boxes.Max(b => b.X) + sizes.BoxWidth;
        var height = boxes.Count == 0 ? 0 : Math.Max(boxes.Max(b => b.Y), rows.Values.Max() - top) + sizes.BoxHeight;
        return new(boxes, lines, width, height, graph.Crossings());
    }
}
