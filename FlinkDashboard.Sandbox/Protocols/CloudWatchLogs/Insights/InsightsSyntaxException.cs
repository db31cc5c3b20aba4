namespace FlinkDashboard.Sandbox.Protocols.CloudWatchLogs.Insights;

/// <summary>A query that cannot be read, or that asks for what the sandbox does not play.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="start">Where it begins, in characters.</param>
/// <param name="end">Where it ends.</param>
internal sealed class InsightsSyntaxException(string message, int start, int end) : Exception(message)
{
    /// <summary>Where it begins.</summary>
    public int Start => start;

    /// <summary>Where it ends.</summary>
    public int End => end;
}
