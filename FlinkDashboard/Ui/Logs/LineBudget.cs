namespace FlinkDashboard.Ui.Logs;

/// <summary>
/// How much may be sent to one viewer: a bucket that fills at a steady rate. A log that grows faster than it can be read or sent is drawn in steps; what passes between two steps
/// is there all the same for whoever scrolls.
/// </summary>
/// <param name="clock">Real time.</param>
/// <param name="rate">Bytes a second.</param>
/// <param name="room">Bytes at most at once.</param>
public sealed class LineBudget(TimeProvider clock, int rate = 18_000, int room = 26_000)
{
    private double _left = room;
    private long _then = clock.GetTimestamp();

    /// <summary>Takes so many bytes if they are there; more than there is room for counts as the room.</summary>
    public bool Take(int bytes)
    {
        var now = clock.GetTimestamp();
        _left = Math.Min(room, _left + clock.GetElapsedTime(_then, now).TotalSeconds * rate);
        _then = now;
        var wanted = Math.Min(bytes, room);
        if (wanted > _left)
            return false;
        _left -= wanted;
        return true;
    }
}
