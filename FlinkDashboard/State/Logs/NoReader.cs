namespace FlinkDashboard.State.Logs;

/// <summary>Says why there is nothing to read.</summary>
internal sealed class NoReader(string why) : LogReader
{
    /// <inheritdoc/>
    public override string Words => "";

    /// <inheritdoc/>
    public override Task RunAsync(LogFeed feed, CancellationToken stop)
    {
        feed.Say(s => s with { State = LogFeedState.Failed, Problem = why, Older = OlderLines.None });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task OlderAsync(LogFeed feed, CancellationToken stop) => Task.CompletedTask;
}
