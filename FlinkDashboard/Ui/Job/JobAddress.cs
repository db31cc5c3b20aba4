using FlinkDashboard.Ui.Menu;

namespace FlinkDashboard.Ui.Job;

/// <summary>Addresses inside a page that shows a job: which view, which vertex, which part of its details. All of it stands in the query string.</summary>
/// <param name="Path">The page.</param>
/// <param name="Query">Its query now.</param>
public sealed record JobAddress(string Path, PageQuery Query)
{
    /// <summary>Another view of the same job, with nothing opened.</summary>
    public string View(string? view) => Query.Only("ns", "tab", "job").With("view", view).On(Path);

    /// <summary>Details of a vertex beside what is shown; null closes them.</summary>
    public string Vertex(string? id, string? part = null) => Query.With("vertex", id).With("part", id is null ? null : part ?? Query["part"]).With("subtask", null).On(Path);

    /// <summary>One key changed.</summary>
    public string With(string key, string? value) => Query.With(key, value).On(Path);

    /// <summary>A group of vertices taken apart, or put together again.</summary>
    public string Group(string key) => Query.Toggle("open", key).On(Path);

    /// <summary>A TaskManager's page within the same cluster.</summary>
    public string TaskManager(string id) => PageQuery.Empty.With("tab", "taskmanagers").With("tm", id).On(ClusterPath);

    /// <summary>Page of the cluster: that of the application or session cluster, for session jobs another page than this.</summary>
    public string ClusterPath { get; init; } = Path;
}
