namespace FlinkDashboard.Model.Flink.Readings;

/// <summary>A job's graph with its figures, ready to be drawn.</summary>
/// <param name="Vertices">Every vertex, in topological order.</param>
/// <param name="Boxes">What is drawn: vertices, or groups of them.</param>
/// <param name="Links">Arrows between boxes, each pair once, with the ship strategies on it.</param>
/// <param name="Bottleneck">What holds the job back; null when nothing does.</param>
public sealed record JobGraph(IReadOnlyList<VertexFigures> Vertices, IReadOnlyList<GraphBox> Boxes, IReadOnlyList<GraphLink> Links, Bottleneck? Bottleneck)
{
    /// <summary>Vertices are drawn in groups.</summary>
    public bool IsGrouped => Boxes.Any(b => b.IsGroup || b.OpenedFrom is not null);

    /// <summary>Puts a job together.</summary>
    /// <param name="loads">Worst subtask of each vertex, as far as asked.</param>
    /// <param name="watermarks">Lowest watermark of each vertex, as far as asked.</param>
    /// <param name="open">Groups to take apart.</param>
    public static JobGraph Of(JobObservation seen, VertexLoads? loads, VertexWatermarks? watermarks, IReadOnlyList<string> open)
    {
        var figures = seen.Job.Vertices.Select(v =>
            VertexFigures.Of(v, seen.Rates.GetValueOrDefault(v.Id), loads?.ByVertex.GetValueOrDefault(v.Id), watermarks?.ByVertex.GetValueOrDefault(v.Id))).ToList();
        var links = LinksOf(seen.Job.Plan);
        var groups = VertexGroups.Of([.. figures.Select(f => f.Id)], links, open);
        var byId = figures.ToDictionary(f => f.Id, StringComparer.Ordinal);
        var keyOf = groups.SelectMany(g => g.Members.Select(m => (Member: m, g.Key))).ToDictionary(p => p.Member, p => p.Key, StringComparer.Ordinal);
        var boxes = groups.Select(g => new GraphBox(g.Key, [.. g.Members.Select(m => byId[m])], g.OpenedFrom)).ToList();
        var between = links.Where(l => keyOf.ContainsKey(l.From) && keyOf.ContainsKey(l.To)).Select(l => new GraphLink(keyOf[l.From], keyOf[l.To], l.Label)).Where(l => l.From != l.To)
            .GroupBy(l => (l.From, l.To)).Select(g => new GraphLink(g.Key.From, g.Key.To, string.Join(", ", g.Select(l => l.Label).Distinct()))).ToList();
        return new(figures, boxes, between, Bottleneck.Of(figures, links));
    }

    /// <summary>The arrows of a plan.</summary>
    public static IReadOnlyList<GraphLink> LinksOf(JobPlan plan) => [.. plan.Nodes.SelectMany(n => n.Inputs.Select(i => new GraphLink(i.Id, n.Id, i.ShipStrategy ?? "")))];
}

/// <summary>A box of the graph with its figures: the worst of its members where there are several.</summary>
/// <param name="Key">Vertex id, or <c>g</c> and a number.</param>
/// <param name="Members">One vertex, or those of a group.</param>
/// <param name="OpenedFrom">The group that was taken apart to show it.</param>
public sealed record GraphBox(string Key, IReadOnlyList<VertexFigures> Members, string? OpenedFrom)
{
    /// <summary>Stands for several vertices.</summary>
    public bool IsGroup => Members.Count > 1;

    /// <summary>The member that works most.</summary>
    public VertexFigures Busiest => Members.MaxBy(m => double.IsNaN(m.WorstBusy) ? -1 : m.WorstBusy)!;

    /// <summary>The member that waits most for its successors.</summary>
    public VertexFigures MostPressed => Members.MaxBy(m => double.IsNaN(m.WorstPressed) ? -1 : m.WorstPressed)!;

    /// <summary>The state of all members when they agree, else that which needs attention most.</summary>
    public TaskState State => Members.Select(m => m.State).MinBy(Rank);

    // FAILED before what is under way, RUNNING last but for what has ended.
    private static int Rank(TaskState state) => state.Text switch { "FAILED" => 0, "CANCELING" => 1, "CREATED" or "SCHEDULED" or "DEPLOYING" or "INITIALIZING" or "RECONCILING" => 2, "RUNNING" => 3, _ => 4 };
}

/// <summary>The vertex whose speed the job goes at: it works nearly all the time, and those before it wait for it.</summary>
/// <param name="Vertex">The slow one.</param>
/// <param name="Waiting">Those that wait, directly before it first.</param>
public sealed record Bottleneck(VertexFigures Vertex, IReadOnlyList<VertexFigures> Waiting)
{
    // Flink's own border for "high" back pressure is half of the time, for "low" a tenth.
    private const double Waits = 0.1;

    /// <summary>The busiest vertex that waits for nobody while a predecessor waits for it; null when there is none.</summary>
    public static Bottleneck? Of(IReadOnlyList<VertexFigures> vertices, IReadOnlyList<GraphLink> links)
    {
        var byId = vertices.ToDictionary(v => v.Id, StringComparer.Ordinal);
        var before = links.Where(l => byId.ContainsKey(l.From)).ToLookup(l => l.To, l => byId[l.From], StringComparer.Ordinal);
        var found = vertices.Where(v => v.State == TaskState.Running && !(v.WorstPressed > Waits) && before[v.Id].Any(b => b.WorstPressed > Waits))
            .OrderByDescending(v => double.IsNaN(v.WorstBusy) ? 0 : v.WorstBusy).FirstOrDefault();
        if (found is null)
            return null;
        var waiting = new List<VertexFigures>();
        var open = new Queue<VertexFigures>(before[found.Id]);
        while (open.TryDequeue(out var one))
        {
            if (!(one.WorstPressed > Waits) || waiting.Contains(one))
                continue;
            waiting.Add(one);
            foreach (var earlier in before[one.Id])
                open.Enqueue(earlier);
        }
        return new(found, waiting);
    }
}
