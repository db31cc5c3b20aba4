using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Behaviours.Flink;

/// <summary>Decides whether and when a failed job starts again (Flink's RestartBackoffTimeStrategy).</summary>
internal abstract class RestartStrategy
{
    /// <summary>How long to wait before the next start; null when there is none. Counts the failure.</summary>
    public abstract TimeSpan? Next(DateTimeOffset now);

    /// <summary>As the suppression message names it.</summary>
    public abstract override string ToString();

    /// <summary>By <c>restart-strategy.type</c>; without it, none for jobs without checkpoints, exponential delay for others.</summary>
    public static RestartStrategy Of(IReadOnlyDictionary<string, string> settings, bool checkpointing) =>
        settings.Text("restart-strategy.type", "restart-strategy") switch
        {
            "none" or "off" or "disable" => new None(),
            "fixed-delay" or "fixeddelay" => new FixedDelay(
                settings.Number("restart-strategy.fixed-delay.attempts", 1),
                settings.Duration("restart-strategy.fixed-delay.delay") ?? TimeSpan.FromSeconds(1)),
            "failure-rate" or "failurerate" => new FailureRate(
                settings.Number("restart-strategy.failure-rate.max-failures-per-interval", 1),
                settings.Duration("restart-strategy.failure-rate.failure-rate-interval") ?? TimeSpan.FromMinutes(1),
                settings.Duration("restart-strategy.failure-rate.delay") ?? TimeSpan.FromSeconds(1)),
            null when !checkpointing => new None(),
            _ => new ExponentialDelay(settings),
        };

    private sealed class None : RestartStrategy
    {
        public override TimeSpan? Next(DateTimeOffset now) => null;

        public override string ToString() => "NoRestartBackoffTimeStrategy";
    }

    private sealed class FixedDelay(int attempts, TimeSpan delay) : RestartStrategy
    {
        private int _used;

        public override TimeSpan? Next(DateTimeOffset now) => _used++ < attempts ? delay : null;

        public override string ToString() => $"FixedDelayRestartBackoffTimeStrategy(maxNumberRestartAttempts={attempts}, backoffTimeMS={delay.TotalMilliseconds})";
    }

    private sealed class FailureRate(int failures, TimeSpan interval, TimeSpan delay) : RestartStrategy
    {
        private readonly Queue<DateTimeOffset> _failures = new();

        public override TimeSpan? Next(DateTimeOffset now)
        {
            while (_failures.TryPeek(out var first) && now - first > interval)
                _failures.Dequeue();
            _failures.Enqueue(now);
            return _failures.Count <= failures ? delay : null;
        }

        public override string ToString() =>
            $"FailureRateRestartBackoffTimeStrategy(failuresIntervalMS={interval.TotalMilliseconds},backoffTimeMS={delay.TotalMilliseconds},maxFailuresPerInterval={failures})";
    }

    // The jitter (a tenth) is left out.
    private sealed class ExponentialDelay(IReadOnlyDictionary<string, string> settings) : RestartStrategy
    {
        private const string Prefix = "restart-strategy.exponential-delay.";
        private readonly TimeSpan _initial = settings.Duration(Prefix + "initial-backoff") ?? TimeSpan.FromSeconds(1);
        private readonly TimeSpan _maximum = settings.Duration(Prefix + "max-backoff") ?? TimeSpan.FromMinutes(1);
        private readonly TimeSpan _reset = settings.Duration(Prefix + "reset-backoff-threshold") ?? TimeSpan.FromHours(1);
        private readonly double _multiplier = settings.Decimal(Prefix + "backoff-multiplier", 1.5);
        private readonly int _attempts = settings.Number(Prefix + "attempts-before-reset-backoff", int.MaxValue);
        private TimeSpan _current;
        private DateTimeOffset _last;
        private int _used;

        public override TimeSpan? Next(DateTimeOffset now)
        {
            var fresh = _current == TimeSpan.Zero || now - _last > _current + _reset;
            _used = fresh ? 1 : _used + 1;
            _current = fresh ? _initial : TimeSpan.FromTicks(Math.Min(_maximum.Ticks, (long)(_current.Ticks * _multiplier)));
            _last = now;
            return _used <= _attempts ? _current : null;
        }

        public override string ToString() =>
            $"ExponentialDelayRestartBackoffTimeStrategy(initialBackoffMS={_initial.TotalMilliseconds}, maxBackoffMS={_maximum.TotalMilliseconds}, backoffMultiplier={_multiplier}, resetBackoffThresholdMS={_reset.TotalMilliseconds}, jitterFactor=0.1, currentBackoffMS={_current.TotalMilliseconds}, lastFailureTimestamp={_last.ToUnixTimeMilliseconds()})";
    }
}
