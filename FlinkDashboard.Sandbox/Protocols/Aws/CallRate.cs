namespace FlinkDashboard.Sandbox.Protocols.Aws;

/// <summary>How many calls a second a service lets through: full at first, it fills at its rate. Thread-safe.</summary>
/// <param name="perSecond">Its rate, and its size.</param>
/// <param name="time">Real time.</param>
internal sealed class CallRate(double perSecond, TimeProvider time)
{
    private readonly Lock _lock = new();
    private double _tokens = double.MaxValue; // filled to the brim at the first call
    private long _at = time.GetTimestamp();

    /// <summary>Lets a call through.</summary>
    /// <returns>False when there were too many.</returns>
    public bool Take()
    {
        lock (_lock)
        {
            _tokens = Math.Min(perSecond, _tokens + (time.GetElapsedTime(_at).TotalSeconds * perSecond));
            _at = time.GetTimestamp();
            if (_tokens < 1)
                return false;
            _tokens--;
            return true;
        }
    }
}
