namespace FlinkDashboard.Model.Logs;

/// <summary>The time that the kubelet writes in front of each line.</summary>
public static class LogStamp
{
    /// <summary>Time and text of a line; time is null for what the kubelet itself has to say.</summary>
    public static SourceLine Split(string line)
    {
        var end = line.IndexOf(' ', StringComparison.Ordinal);
        var stamp = end < 0 ? line : line[..end];
        if (stamp.Length < 20 || stamp[10] != 'T')
            return new(null, line);
        var cursor = new LogCursor(stamp);
        return cursor.Time(DateTimeOffset.UnixEpoch) is { } time && cursor.IsAtEnd ? new(time, end < 0 ? "" : line[(end + 1)..]) : new(null, line);
    }
}
