using FlinkDashboard.State.Flink;
using Microsoft.AspNetCore.Components;

namespace FlinkDashboard.Ui.Job;

/// <summary>Shows nothing: tells the names of a job's vertices as its JobManager knows them, for parts of the screen that only know ids.</summary>
public sealed class VertexNames : FlinkPanel
{
    private IReadOnlyDictionary<string, string> _told = new Dictionary<string, string>();

    /// <summary>The job.</summary>
    [Parameter, EditorRequired] public string JobId { get; set; } = "";

    /// <summary>Told names by vertex id, each time they become others.</summary>
    [Parameter] public EventCallback<IReadOnlyDictionary<string, string>> Told { get; set; }

    protected override void Look()
    {
        if (See(FlinkTopics.Job(JobId)).Value is not { } seen)
            return;
        var names = seen.Job.Vertices.DistinctBy(vertex => vertex.Id).ToDictionary(vertex => vertex.Id, vertex => vertex.Name);
        if (names.Count == _told.Count && names.All(pair => _told.TryGetValue(pair.Key, out var name) && name == pair.Value))
            return;
        _told = names;
        _ = InvokeAsync(() => Told.InvokeAsync(names));
    }
}
