using FlinkDashboard.Model;
using FlinkDashboard.Ui.Menu;

namespace FlinkDashboard.Ui.Logs;

/// <summary>Addresses of logs at a moment, for whatever happened then: events, failures, checkpoints, pods.</summary>
public static class LogLinks
{
    private static readonly TimeSpan Before = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan After = TimeSpan.FromMinutes(1);

    /// <summary>Logs of an application around a moment.</summary>
    /// <param name="ns">Namespace.</param>
    /// <param name="name">Application or session cluster.</param>
    /// <param name="at">When it happened; null: the newest lines.</param>
    /// <param name="pod">Only this pod's.</param>
    /// <param name="until">When it ended, if it lasted.</param>
    public static string Of(string ns, string name, DateTimeOffset? at = null, string? pod = null, DateTimeOffset? until = null) =>
        Of($"/applications/{ns}/{name}", at, pod, until);

    /// <summary>The same, of the application whose page is known by its path.</summary>
    public static string Of(string applicationPath, DateTimeOffset? at, string? pod = null, DateTimeOffset? until = null)
    {
        var query = PageQuery.Empty.With("tab", "logs").With("pods", pod);
        if (at is { } moment)
            query = query.With("from", TimeWindow.Text(moment - Before)).With("to", TimeWindow.Text((until ?? moment) + After)).With("at", TimeWindow.Text(moment));
        return query.On(applicationPath);
    }
}
