using System.Collections.Concurrent;
using FlinkDashboard.Sandbox.Protocols.Aws;

namespace FlinkDashboard.Sandbox.Protocols.CloudWatchLogs;

/// <summary>How many calls of each operation an account may make in a second of real time, by the service's quotas for this region. Thread-safe.</summary>
/// <param name="time">Real time.</param>
public sealed class LogsQuotas(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, CallRate> _rates = new();

    /// <summary>Calls are counted, as the service does; without that everybody may ask as often as they like.</summary>
    public bool AreCounted { get; set; } = true;

    /// <summary>Lets a call through.</summary>
    /// <exception cref="AwsFailure">There were too many.</exception>
    internal void Take(string operation)
    {
        if (AreCounted && !_rates.GetOrAdd(operation, o => new(PerSecond(o), time)).Take())
            throw new AwsFailure("ThrottlingException", "Rate exceeded", 400);
    }

    private static double PerSecond(string operation) => operation switch
    {
        "DescribeLogStreams" => 25,
        "StartLiveTail" => 5,
        _ => 10,
    };
}
