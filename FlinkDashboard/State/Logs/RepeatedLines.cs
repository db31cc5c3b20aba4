namespace FlinkDashboard.State.Logs;

/// <summary>
/// Tells lines that come again when a log is opened anew at the last time known (the kubelet takes whole seconds) from new ones. Equal times occur: of the
/// last time, it is counted how many lines came.
/// </summary>
internal sealed class RepeatedLines
{
    private int atLast;

    /// <summary>Time of the last line taken; null before the first.</summary>
    public DateTimeOffset? Last { get; private set; }

    /// <summary>What is read next has not been read before: the first connection, or another run of the container.</summary>
    public bool IsFresh { get; private set; } = true;

    /// <summary>Another run's lines follow.</summary>
    public void Forget() => (atLast, IsFresh) = (0, true);

    /// <summary>The log is opened (again).</summary>
    public Pass Begin() => new(this);

    /// <summary>One connection.</summary>
    internal sealed class Pass(RepeatedLines all)
    {
        private readonly DateTimeOffset? end = all.Last;
        private int left = all.atLast;

        /// <summary>The next line's time is one of a line that came in an earlier connection. Else it counts as taken.</summary>
        public bool IsRepeated(DateTimeOffset at)
        {
            if (end is { } last && (at < last || (at == last && left-- > 0)))
                return true;
            (all.atLast, all.Last, all.IsFresh) = at == all.Last ? (all.atLast + 1, all.Last, false) : (1, at, false);
            return false;
        }
    }
}
