namespace FlinkDashboard.Gateways.CloudWatchLogs;

/// <summary>
/// Half of what AWS lets an account ask of one operation in a second: the other half is for whoever else works in it. Those who come too early wait, in
/// their order.
/// </summary>
/// <param name="rate">Requests in a second.</param>
/// <param name="time">Measures.</param>
internal sealed class TokenBucket(double rate, TimeProvider time)
{
    private readonly Lock gate = new();
    private double left = Math.Max(1, rate);
    private long since = time.GetTimestamp();

    /// <summary>Waits until a request may go out.</summary>
    public Task TakeAsync(CancellationToken stop)
    {
        TimeSpan wait;
        lock (gate)
        {
            var now = time.GetTimestamp();
            left = Math.Min(Math.Max(1, rate), left + (time.GetElapsedTime(since, now).TotalSeconds * rate)) - 1;
            since = now;
            wait = left >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-left / rate);
        }
        return wait == TimeSpan.Zero ? Task.CompletedTask : Task.Delay(wait, time, stop);
    }

    /// <summary>What an account may ask of an operation in a second in a region (quotas of CloudWatch Logs).</summary>
    public static double QuotaOf(string operation, string region) => (operation, region) switch
    {
        ("FilterLogEvents", "us-east-1") => 25,
        ("FilterLogEvents", "ap-northeast-3" or "ap-southeast-3" or "ca-west-1" or "eu-central-1" or "il-central-1") => 5,
        ("GetLogEvents", "us-west-2" or "ap-northeast-3" or "ap-southeast-3" or "ca-west-1" or "eu-central-1" or "eu-west-1" or "il-central-1") => 10,
        ("GetLogEvents", "eu-west-3") => 30,
        ("GetLogEvents" or "DescribeLogStreams", _) => 25,
        ("StartLiveTail", _) => 5,
        _ => 10,
    };
}
