using FlinkDashboard.Model.Flink;
using FlinkDashboard.Model.Flink.Readings;
using FlinkDashboard.Ui.Formats;

namespace FlinkDashboard.Ui.Job;

/// <summary>A job's graph in words.</summary>
public static class GraphWords
{
    /// <summary>What holds the job back, or that nothing does.</summary>
    public static string Sentence(JobGraph graph)
    {
        if (graph.Vertices.Count == 0)
            return "";
        var down = graph.Vertices.Where(v => v.State == TaskState.Failed).ToList();
        if (down.Count > 0)
            return $"{Names(down)} failed.";
        if (graph.Vertices.All(v => v.State == TaskState.Finished))
            return "Every vertex has finished.";
        var starting = graph.Vertices.Where(v => v.State != TaskState.Running && v.State != TaskState.Finished).ToList();
        if (starting.Count > 0)
            return $"{Amounts.Plural(starting.Count, "vertex is", "vertices are")} not running: {Names(starting)} {starting[0].State.Text.ToLowerInvariant()}.";
        if (graph.Bottleneck is { } slow)
            return $"{slow.Vertex.Title} holds the job back: {(double.IsNaN(slow.Vertex.WorstBusy) ? "it waits for nobody" : $"its busiest subtask works {Shares.Text(slow.Vertex.WorstBusy)} of the time")}, and {Names(slow.Waiting)} {(slow.Waiting.Count == 1 ? "waits" : "wait")} for it ({Shares.Text(slow.Waiting.Max(w => w.WorstPressed))} back-pressured).";
        var known = graph.Vertices.Where(v => !double.IsNaN(v.WorstBusy)).ToList();
        if (known.Count == 0)
            return "Load is being measured: Flink collects metrics every 10 s.";
        var busiest = known.MaxBy(v => v.WorstBusy)!;
        return $"Nothing holds it back: no vertex waits for another; {busiest.Title} works most, {Shares.Text(busiest.WorstBusy)} of the time.";
    }

    /// <summary>Parallelism of a box: "4", or the least and the most of a group.</summary>
    public static string Parallelism(GraphBox box)
    {
        var (least, most) = (box.Members.Min(m => m.Parallelism), box.Members.Max(m => m.Parallelism));
        return least == most ? $"× {Amounts.Count(most)}" : $"× {Amounts.Count(least)}–{Amounts.Count(most)}";
    }

    private static string Names(IReadOnlyList<VertexFigures> vertices) => vertices.Count switch
    {
        1 => vertices[0].Title,
        2 => $"{vertices[0].Title} and {vertices[1].Title}",
        _ => $"{vertices[0].Title}, {vertices[1].Title} and {Amounts.Plural(vertices.Count - 2, "other")}",
    };
}
