using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Verdicts;

namespace FlinkDashboard.Ui.Flink;

/// <summary>Rows of applications around which nothing changed, so that one pod's change does not judge five hundred applications again. Not for several threads at once.</summary>
public sealed class RowMemo
{
    /// <summary>Sentences tell ages: after this time a row is judged anew though nothing changed.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, Known> _rows = new(StringComparer.Ordinal);

    /// <summary>The row known for the same facts, or a new one.</summary>
    public AppRow Of(FlinkDeployment app, Evidence evidence, Func<Evidence, AppRow> judge)
    {
        var key = app.Metadata.Uid.Length > 0 ? app.Metadata.Uid : $"{app.Metadata.Namespace}/{app.Metadata.Name}";
        if (_rows.TryGetValue(key, out var known) && ReferenceEquals(known.App, app) && evidence.Now - known.Evidence.Now < Fresh && known.Evidence.HeardAt == evidence.HeardAt && known.Evidence.Numbers == evidence.Numbers
            && Same(known.Evidence.Pods, evidence.Pods) && Same(known.Evidence.Events, evidence.Events) && Same(known.Evidence.Snapshots, evidence.Snapshots))
        {
            known.Used = evidence.Now;
            return known.Row;
        }

        var row = judge(evidence);
        _rows[key] = new Known(app, evidence, row) { Used = evidence.Now };
        return row;
    }

    /// <summary>Drops what was not asked for lately: objects that are gone.</summary>
    public void Forget(DateTimeOffset now)
    {
        foreach (var (key, known) in _rows)
        {
            if (now - known.Used > Fresh)
                _rows.Remove(key);
        }
    }

    private static bool Same<T>(IReadOnlyList<T>? a, IReadOnlyList<T>? b) where T : class
    {
        if (a is null || b is null)
            return a is null && b is null;
        if (a.Count != b.Count)
            return false;
        for (var i = 0; i < a.Count; i++)
        {
            if (!ReferenceEquals(a[i], b[i]))
                return false;
        }

        return true;
    }

    private sealed record Known(FlinkDeployment App, Evidence Evidence, AppRow Row)
    {
        public DateTimeOffset Used { get; set; }
    }
}
