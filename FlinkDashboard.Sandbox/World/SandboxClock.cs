namespace FlinkDashboard.Sandbox.World;

/// <summary>
/// Simulated time. Running: real time since start multiplied by <see cref="Speed"/>. Manual (speed 0): stands still until
/// <see cref="Advance"/>; tests use this to live through minutes in milliseconds.
/// </summary>
public sealed class SandboxClock(DateTimeOffset start, double speed, TimeProvider real) : TimeProvider
{
    private readonly Lock _lock = new();
    private DateTimeOffset _base = start;
    private long _since = real.GetTimestamp();
    private double _speed = speed;

    /// <summary>Raised after <see cref="Speed"/> was set: whoever waits for a moment must reckon anew.</summary>
    public event Action? SpeedChanged;

    /// <summary>Simulated seconds per real second; 0 stands still.</summary>
    public double Speed
    {
        get { lock (_lock) return _speed; }
        set
        {
            lock (_lock)
            {
                _base = Now();
                _since = real.GetTimestamp();
                _speed = value;
            }
            SpeedChanged?.Invoke();
        }
    }

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() { lock (_lock) return Now(); }

    /// <summary>Moves simulated time forward.</summary>
    public void Advance(TimeSpan by) { lock (_lock) _base += by; }

    /// <summary>Real time until a simulated moment; infinite when standing still, zero when past.</summary>
    public TimeSpan RealUntil(DateTimeOffset moment)
    {
        lock (_lock)
        {
            var left = moment - Now();
            return left <= TimeSpan.Zero ? TimeSpan.Zero : _speed <= 0 ? Timeout.InfiniteTimeSpan : left / _speed;
        }
    }

    private DateTimeOffset Now() => _base + (real.GetElapsedTime(_since) * _speed);
}
