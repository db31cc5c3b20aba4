namespace FlinkDashboard.Sandbox.Protocols.Aws;

/// <summary>Troubles that a test or a scenario can make at an AWS service. All are off at start. Thread-safe.</summary>
public sealed class AwsFaults
{
    private int _fail;
    private int _throttle;
    private int _cut;

    /// <summary>Each answer waits so long, in real time.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>The next requests fail with 500.</summary>
    public void FailNext(int requests) => Interlocked.Exchange(ref _fail, requests);

    /// <summary>The next requests are throttled, in the service's own form.</summary>
    public void ThrottleNext(int requests) => Interlocked.Exchange(ref _throttle, requests);

    /// <summary>The next content that is sent breaks in its middle.</summary>
    public void CutNext(int answers) => Interlocked.Exchange(ref _cut, answers);

    internal bool TakeFailure() => Take(ref _fail);

    internal bool TakeThrottle() => Take(ref _throttle);

    internal bool TakeCut() => Take(ref _cut);

    internal static bool Take(ref int count)
    {
        int left;
        do
        {
            left = Volatile.Read(ref count);
            if (left <= 0)
                return false;
        }
        while (Interlocked.CompareExchange(ref count, left - 1, left) != left);
        return true;
    }
}
