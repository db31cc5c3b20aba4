namespace FlinkDashboard.State.Logs;

/// <summary>Reads one view of one place into its feed: one for each way that logs can be read.</summary>
internal abstract class LogReader
{
    /// <summary>Where the lines come from, in words.</summary>
    public abstract string Words { get; }

    /// <summary>Reads until everything is read (or, live, until stopped). Failures of single sources are told to the feed and tried again.</summary>
    public abstract Task RunAsync(LogFeed feed, CancellationToken stop);

    /// <summary>Reads some lines before the oldest.</summary>
    public abstract Task OlderAsync(LogFeed feed, CancellationToken stop);
}
