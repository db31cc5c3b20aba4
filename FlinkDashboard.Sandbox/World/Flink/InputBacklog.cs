namespace FlinkDashboard.Sandbox.World.Flink;

/// <summary>
/// What waits at the sources of a job because more came in than it could take. Whole steps are remembered, so that any moment is told at once and always alike.
/// </summary>
/// <param name="load">What comes in.</param>
/// <param name="capacity">Greatest factor at which the job keeps up.</param>
/// <param name="since">Since when it runs.</param>
internal sealed class InputBacklog(LoadProfile load, double capacity, DateTimeOffset since)
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);
    private readonly Lock _lock = new();
    private readonly List<(double Waiting, double Full)> _steps = [(0, 0)];

    /// <summary>Greatest factor at which the job keeps up.</summary>
    public double Capacity => capacity;

    /// <summary>Since when it runs.</summary>
    public DateTimeOffset Since => since;

    /// <summary>Seconds of input at factor 1 that wait at a moment, and how many seconds something has waited by then (to within a step).</summary>
    public (double Waiting, double Full) At(DateTimeOffset moment)
    {
        var index = (int)Math.Max(0, (moment - since) / Step);
        lock (_lock)
        {
            while (_steps.Count <= index)
                _steps.Add(After(_steps[^1], since + ((_steps.Count - 1) * Step), since + (_steps.Count * Step)));
            return After(_steps[index], since + (index * Step), moment);
        }
    }

    private (double Waiting, double Full) After((double Waiting, double Full) known, DateTimeOffset from, DateTimeOffset to)
    {
        var seconds = Math.Max(0, (to - from).TotalSeconds);
        return (Math.Max(0, known.Waiting + ((load.Mean(from, to) - capacity) * seconds)), known.Full + (known.Waiting > 0 ? seconds : 0));
    }
}
