using System.Collections.Concurrent;

namespace FlinkDashboard.Gateways;

/// <summary>How a gateway fares: what the page Settings says of it.</summary>
/// <param name="Requests">Sent since the start of the process.</param>
/// <param name="Errors">Of them without a good answer.</param>
/// <param name="LastSuccess">When the last good answer began, by the cluster's clock; null before the first.</param>
/// <param name="LastError">The last failure; it stays when all is well again.</param>
/// <param name="Latency">Time until an answer begins: of the latest ones, the last counting most. Null before the first.</param>
public sealed record GatewayTally(long Requests, long Errors, DateTimeOffset? LastSuccess, GatewayFailure? LastError, TimeSpan? Latency)
{
    /// <summary>Nothing sent yet.</summary>
    public static GatewayTally Nothing { get; } = new(0, 0, null, null, null);

    /// <summary>The last answer was a good one; null before the first.</summary>
    public bool? IsWell => LastSuccess is null && LastError is null ? null : LastError is null || LastSuccess > LastError.At;
}

/// <summary>A request without a good answer.</summary>
/// <param name="At">When, by the cluster's clock.</param>
/// <param name="Reason">One word, as in the label <c>reason</c>.</param>
/// <param name="Message">A sentence without anything of one user; empty when the reason says it all.</param>
public sealed record GatewayFailure(DateTimeOffset At, string Reason, string Message);

/// <summary>Counts the requests of one gateway. From any thread.</summary>
/// <param name="gateway">Its short name, the label.</param>
/// <param name="time">Dates successes and failures.</param>
/// <param name="meter">Where the numbers go; null only keeps the tally.</param>
public sealed class GatewayCalls(string gateway, TimeProvider time, GatewayMeter? meter = null)
{
    private const int MostReasons = 40;
    private readonly Lock writing = new();
    private readonly ConcurrentDictionary<string, bool> reasons = new(StringComparer.Ordinal);
    private readonly KeyValuePair<string, object?> label = new("gateway", gateway);
    private GatewayTally now = GatewayTally.Nothing;

    /// <summary>Its short name.</summary>
    public string Gateway => gateway;

    /// <summary>How it fares now.</summary>
    public GatewayTally Now => Volatile.Read(ref now);

    /// <summary>A request goes out.</summary>
    public GatewayCall Begin()
    {
        meter?.Requests.Add(1, label);
        Write(t => t with { Requests = t.Requests + 1 });
        return new(this, TimeProvider.System.GetTimestamp());
    }

    /// <summary>An answer that had begun well broke off, or was not what it should be.</summary>
    public void Failed(string reason, string message)
    {
        // A word from the wire must not make label values without end.
        var word = reason.Length is > 0 and < 60 && reason.All(char.IsAsciiLetterOrDigit) && (reasons.ContainsKey(reason) || (reasons.Count < MostReasons && reasons.TryAdd(reason, true))) ? reason : "Other";
        meter?.Errors.Add(1, label, new("reason", word));
        Write(t => t with { Errors = t.Errors + 1, LastError = new(time.GetUtcNow(), word, message) });
    }

    internal void Succeeded(long began)
    {
        var took = Took(began);
        Write(t => t with { LastSuccess = time.GetUtcNow(), Latency = t.Latency is { } before ? (before * 0.8) + (took * 0.2) : took });
    }

    internal TimeSpan Took(long began)
    {
        var took = TimeProvider.System.GetElapsedTime(began);
        meter?.Duration.Record(took.TotalSeconds, label);
        return took;
    }

    private void Write(Func<GatewayTally, GatewayTally> change)
    {
        lock (writing)
            Volatile.Write(ref now, change(now));
    }
}

/// <summary>One request under way. A call that its caller gave up is neither good nor bad: it is just not ended.</summary>
public readonly struct GatewayCall(GatewayCalls calls, long began)
{
    /// <summary>A good answer begins.</summary>
    public void Succeeded() => calls.Succeeded(began);

    /// <summary>No good answer.</summary>
    /// <param name="reason">One word: <c>Forbidden</c>, <c>Timeout</c>, <c>Unreachable</c>, <c>AccessDeniedException</c>.</param>
    /// <param name="message">A sentence that names no user and no object; empty when the reason says it all.</param>
    public void Failed(string reason, string message)
    {
        calls.Took(began);
        calls.Failed(reason, message);
    }
}
