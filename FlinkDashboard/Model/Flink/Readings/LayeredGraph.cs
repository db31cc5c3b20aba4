namespace FlinkDashboard.Model.Flink.Readings;

/// <summary>A box, or the bend of a long arrow in a layer that it crosses.</summary>
internal sealed class LayerNode(string key, int layer, bool isBend)
{
    public string Key => key;

    public int Layer => layer;

    public bool IsBend => isBend;

    /// <summary>Place within its layer, from 0 at the top.</summary>
    public int Place { get; set; }

    public List<LayerNode> Before { get; } = [];

    public List<LayerNode> After { get; } = [];
}

/// <summary>Boxes and bends in layers, in which arrows only go from one layer to the next.</summary>
internal sealed class LayeredGraph
{
    private readonly Dictionary<GraphLink, List<LayerNode>> bends = [];

    public LayeredGraph(IReadOnlyList<string> keys, IReadOnlyList<GraphLink> links, IReadOnlyDictionary<string, int> layerOf)
    {
        var count = keys.Count == 0 ? 0 : layerOf.Values.Max() + 1;
        Layers = [.. Enumerable.Range(0, count).Select(_ => new List<LayerNode>())];
        var nodes = new Dictionary<string, LayerNode>(StringComparer.Ordinal);
        foreach (var key in keys)
            Layers[layerOf[key]].Add(nodes[key] = new(key, layerOf[key], false));
        foreach (var link in links.Where(l => layerOf[l.From] < layerOf[l.To]).Distinct())
        {
            var last = nodes[link.From];
            List<LayerNode> way = [];
            for (var layer = layerOf[link.From] + 1; layer < layerOf[link.To]; layer++)
            {
                var bend = new LayerNode($"{link.From}>{link.To}", layer, true);
                Layers[layer].Add(bend);
                Join(last, bend);
                way.Add(last = bend);
            }
            Join(last, nodes[link.To]);
            bends[link] = way;
        }
        Renumber();
    }

    /// <summary>Each layer from top to bottom.</summary>
    public IReadOnlyList<List<LayerNode>> Layers { get; }

    /// <summary>The bends of an arrow, from its start to its end.</summary>
    public IReadOnlyList<LayerNode> BendsOf(GraphLink link) => bends.GetValueOrDefault(link) ?? [];

    /// <summary>Orders each layer by its neighbours, forth and back, and keeps the best order seen.</summary>
    public void Order(int sweeps)
    {
        var best = Snapshot();
        var fewest = Crossings();
        for (var sweep = 0; sweep < sweeps && fewest > 0; sweep++)
        {
            var forth = sweep % 2 == 0;
            foreach (var layer in forth ? Layers.Skip(1) : Layers.Reverse().Skip(1))
            {
                var means = layer.ToDictionary(n => n, n => Mean(forth ? n.Before : n.After, n.Place));
                layer.Sort((a, b) => means[a].CompareTo(means[b]) is not 0 and var by ? by : a.Place.CompareTo(b.Place));
                for (var i = 0; i < layer.Count; i++)
                    layer[i].Place = i;
            }
            if (Crossings() is var now && now < fewest)
                (fewest, best) = (now, Snapshot());
        }
        for (var i = 0; i < best.Count; i++)
        {
            Layers[i].Clear();
            Layers[i].AddRange(best[i]);
        }
        Renumber();
    }

    /// <summary>Arrows that cross between neighbouring layers.</summary>
    public int Crossings()
    {
        var crossings = 0;
        foreach (var layer in Layers)
        {
            var ends = layer.SelectMany(n => n.After.Select(a => a.Place).Order()).ToArray();
            crossings += Inversions(ends, new int[ends.Length], 0, ends.Length);
        }
        return crossings;
    }

    /// <summary>Top edge of every box and bend: as near to its neighbours as the order allows.</summary>
    public IReadOnlyDictionary<LayerNode, double> Rows(double step, double bendStep)
    {
        var rows = new Dictionary<LayerNode, double>();
        double After(LayerNode node) => node.IsBend ? bendStep * 2 : step;
        foreach (var layer in Layers)
        {
            var y = 0.0;
            foreach (var node in layer)
            {
                rows[node] = y;
                y += After(node);
            }
            foreach (var node in layer)
                rows[node] -= y / 2; // layers stand about one middle line
        }
        for (var pass = 0; pass < 6; pass++)
        {
            foreach (var layer in pass % 2 == 0 ? Layers : Layers.Reverse())
                Align(layer, rows, After, pass % 2 == 0);
        }
        return rows;
    }

    // Each wants to stand where its neighbours are; those that would overlap are moved together, half up and half down.
    private static void Align(List<LayerNode> layer, Dictionary<LayerNode, double> rows, Func<LayerNode, double> after, bool forth)
    {
        var blocks = new List<(int From, int To, double Wanted, double Size)>();
        for (var i = 0; i < layer.Count; i++)
        {
            var near = forth ? layer[i].Before : layer[i].After;
            var wanted = near.Count == 0 ? rows[layer[i]] : near.Average(n => rows[n]);
            (int From, int To, double Wanted, double Size) block = (i, i, wanted, after(layer[i]));
            while (blocks.Count > 0 && blocks[^1].Wanted + blocks[^1].Size > block.Wanted)
            {
                var before = blocks[^1];
                blocks.RemoveAt(blocks.Count - 1);
                var (few, many) = (before.To - before.From + 1, block.To - block.From + 1);
                block = (before.From, block.To, ((before.Wanted * few) + ((block.Wanted - before.Size) * many)) / (few + many), before.Size + block.Size);
            }
            blocks.Add(block);
        }
        foreach (var block in blocks)
        {
            var y = block.Wanted;
            for (var i = block.From; i <= block.To; i++)
            {
                rows[layer[i]] = y;
                y += after(layer[i]);
            }
        }
    }

    private static void Join(LayerNode from, LayerNode to)
    {
        from.After.Add(to);
        to.Before.Add(from);
    }

    private static double Mean(List<LayerNode> near, int own) => near.Count == 0 ? own : near.Average(n => n.Place);

    private List<LayerNode[]> Snapshot() => [.. Layers.Select(l => l.ToArray())];

    private void Renumber()
    {
        foreach (var layer in Layers)
            for (var i = 0; i < layer.Count; i++)
                layer[i].Place = i;
    }

    private static int Inversions(int[] values, int[] room, int from, int to)
    {
        if (to - from < 2)
            return 0;
        var middle = (from + to) / 2;
        var count = Inversions(values, room, from, middle) + Inversions(values, room, middle, to);
        var (left, right) = (from, middle);
        for (var i = from; i < to; i++)
        {
            if (left < middle && (right >= to || values[left] <= values[right]))
                room[i] = values[left++];
            else
            {
                count += middle - left;
                room[i] = values[right++];
            }
        }
        Array.Copy(room, from, values, from, to - from);
        return count;
    }
}
