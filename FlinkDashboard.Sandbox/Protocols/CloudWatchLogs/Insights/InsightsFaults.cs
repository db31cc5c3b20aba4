using FlinkDashboard.Sandbox.Protocols.Aws;

namespace FlinkDashboard.Sandbox.Protocols.CloudWatchLogs.Insights;

/// <summary>Troubles that a test or a scenario can make at Logs Insights, and the pace of its queries in real time. Thread-safe.</summary>
public sealed class InsightsFaults
{
    private int _fail;

    /// <summary>How long a query is scheduled.</summary>
    public TimeSpan Scheduled { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long it then runs.</summary>
    public TimeSpan Running { get; set; } = TimeSpan.FromMilliseconds(600);

    /// <summary>Queries that may be scheduled or running at once; more are refused. The service's own limit is 30.</summary>
    public int MostQueries { get; set; } = 30;

    /// <summary>The next queries that are started fail.</summary>
    public void FailNext(int queries) => Interlocked.Exchange(ref _fail, queries);

    internal bool TakeFailure() => AwsFaults.Take(ref _fail);
}
