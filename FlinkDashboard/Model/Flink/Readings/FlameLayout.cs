namespace FlinkDashboard.Model.Flink.Readings;

/// <summary>A frame with its place: shares of the width, rows from the top.</summary>
/// <param name="Path">Indices from the root, as <c>0.2.1</c>; empty for the root.</param>
/// <param name="Name">Class, method and line.</param>
/// <param name="Depth">Row.</param>
/// <param name="Left">0 to 1.</param>
/// <param name="Width">0 to 1.</param>
/// <param name="Samples">Samples in it.</param>
public sealed record FlameBox(string Path, string Name, int Depth, double Left, double Width, long Samples);

/// <summary>A flame graph laid out: callers above, what they called below, as wide as their samples. Frames too narrow to be seen are left out.</summary>
/// <param name="Boxes">Parents before their children.</param>
/// <param name="Depth">Rows.</param>
/// <param name="Samples">Of the whole.</param>
/// <param name="Hottest">Methods by samples in which they were the last, most first.</param>
public sealed record FlameLayout(IReadOnlyList<FlameBox> Boxes, int Depth, long Samples, IReadOnlyList<(string Name, long Samples)> Hottest)
{
    private const double Narrowest = 0.004;
    private const int Most = 800;

    /// <summary>Lays out the frame at a path (the whole for an empty one) and what it called.</summary>
    public static FlameLayout Of(FlameFrame root, string path)
    {
        var from = root;
        foreach (var step in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
            from = int.TryParse(step, out var i) && i >= 0 && i < from.Children.Count ? from.Children[i] : from;
        var boxes = new List<FlameBox>();
        var waiting = new Queue<(FlameFrame Frame, string Path, int Depth, double Left, double Width)>([(from, path, 0, 0, 1)]);
        while (waiting.TryDequeue(out var at) && boxes.Count < Most)
        {
            boxes.Add(new(at.Path, at.Frame.Name, at.Depth, at.Left, at.Width, at.Frame.Value));
            var left = at.Left;
            foreach (var (i, child) in at.Frame.Children.Index())
            {
                var width = at.Frame.Value <= 0 ? 0 : at.Width * child.Value / at.Frame.Value;
                if (width >= Narrowest)
                    waiting.Enqueue((child, at.Path.Length == 0 ? $"{i}" : $"{at.Path}.{i}", at.Depth + 1, left, width));
                left += width;
            }
        }
        var own = new Dictionary<string, long>(StringComparer.Ordinal);
        Count(from, own);
        return new(boxes, boxes.Max(b => b.Depth) + 1, from.Value, [.. own.OrderByDescending(o => o.Value).Take(8).Select(o => (o.Key, o.Value))]);
    }

    private static void Count(FlameFrame root, Dictionary<string, long> own)
    {
        var waiting = new Stack<FlameFrame>([root]);
        while (waiting.TryPop(out var frame))
        {
            var self = frame.Value - frame.Children.Sum(c => c.Value);
            if (self > 0)
                own[frame.Name] = own.GetValueOrDefault(frame.Name) + self;
            foreach (var child in frame.Children)
                waiting.Push(child);
        }
    }
}
