namespace FlinkDashboard.Ui.Logs;

/// <summary>A run of text that is drawn alike.</summary>
/// <param name="Text">Its characters.</param>
/// <param name="Look">Class names of its colours; null: plain.</param>
/// <param name="Found">It is a place that was searched for.</param>
public sealed record TextPart(string Text, string? Look, bool Found)
{
    /// <summary>A line in parts: its colours cut at the places that were searched for.</summary>
    public static IReadOnlyList<TextPart> Of(string line, LogSearch search)
    {
        var runs = AnsiText.Runs(line);
        if (search.IsEmpty)
            return [.. runs.Select(run => new TextPart(run.Text, run.Look, false))];
        var places = search.PlacesIn(runs.Count == 1 ? runs[0].Text : string.Concat(runs.Select(run => run.Text)));
        var parts = new List<TextPart>();
        var (start, next) = (0, 0);
        foreach (var run in runs)
        {
            for (var at = 0; at < run.Text.Length;)
            {
                while (next < places.Count && places[next].At + places[next].Length <= start + at)
                    next++;
                var found = next < places.Count && places[next].At <= start + at;
                var end = next >= places.Count ? run.Text.Length : Math.Min(run.Text.Length, (found ? places[next].At + places[next].Length : places[next].At) - start);
                parts.Add(new(run.Text[at..end], run.Look, found));
                at = end;
            }
            start += run.Text.Length;
        }
        return parts;
    }
}
