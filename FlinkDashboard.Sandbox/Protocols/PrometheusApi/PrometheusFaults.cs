namespace FlinkDashboard.Sandbox.Protocols.PrometheusApi;

/// <summary>What goes wrong at the Prometheus API.</summary>
public enum PrometheusFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>503 in plain text, as while a server starts or stops.</summary>
    Stopping,

    /// <summary>503 with errorType timeout.</summary>
    TimedOut,

    /// <summary>422 with errorType execution.</summary>
    TooManySamples,

    /// <summary>500 with errorType unavailable: its database is not ready.</summary>
    Unavailable,

    /// <summary>500 with errorType internal.</summary>
    Internal,

    /// <summary>429 of a gateway before it.</summary>
    Throttled,

    /// <summary>403 of a gateway before it.</summary>
    Forbidden,

    /// <summary>200 with the page of a proxy that wants a login.</summary>
    LoginPage,

    /// <summary>The answer breaks off in the middle.</summary>
    CutShort,

    /// <summary>Queries find nothing.</summary>
    Empty,

    /// <summary>Answers carry a warning and an info.</summary>
    Remarks,

    /// <summary>Some values are NaN, some infinite.</summary>
    OddValues,

    /// <summary>The middle third of each range is missing.</summary>
    Gaps,

    /// <summary>Series begin in the middle of each range.</summary>
    BeginHalfway,
}

/// <summary>Troubles that a test or a scenario can make at the Prometheus API. All are off at start.</summary>
public sealed class PrometheusFaults
{
    /// <summary>How every request to <c>/api</c> is answered.</summary>
    public PrometheusFault Fault { get; set; }

    /// <summary>Real time that every answer takes longer.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Samples that one query may read; more are refused with 422. A real server has 50,000,000.</summary>
    public long MaxSamples { get; set; } = 20_000_000;

    internal (int Status, string ContentType, string Body)? Answer => Fault switch
    {
        PrometheusFault.Stopping => (503, "text/plain; charset=utf-8", "Service Unavailable"),
        PrometheusFault.TimedOut => (503, "application/json", """{"status":"error","errorType":"timeout","error":"query timed out in expression evaluation"}"""),
        PrometheusFault.TooManySamples => (422, "application/json",
            """{"status":"error","errorType":"execution","error":"query processing would load too many samples into memory in query execution"}"""),
        PrometheusFault.Unavailable => (500, "application/json", """{"status":"error","errorType":"unavailable","error":"TSDB not ready"}"""),
        PrometheusFault.Internal => (500, "application/json", """{"status":"error","errorType":"internal","error":"expanding series: read block: input/output error"}"""),
        PrometheusFault.Throttled => (429, "application/json", """{"message":"Rate exceeded"}"""),
        PrometheusFault.Forbidden => (403, "application/json", """{"message":"Missing Authentication Token"}"""),
        PrometheusFault.LoginPage => (200, "text/html; charset=utf-8", "<!DOCTYPE html><html><body><form action=\"/oauth2/start\">Sign in</form></body></html>"),
        PrometheusFault.CutShort => (200, "application/json", """{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"""),
        _ => null,
    };

    /// <summary>Points of a range as they are answered.</summary>
    internal IReadOnlyList<(long At, double Value)> Spoil(IReadOnlyList<(long At, double Value)> points) => Fault switch
    {
        PrometheusFault.Empty => [],
        PrometheusFault.OddValues => [.. points.Select((p, i) => (p.At, Odd(p.Value, i)))],
        PrometheusFault.Gaps => [.. points.Where((_, i) => i * 3 < points.Count || i * 3 >= points.Count * 2)],
        PrometheusFault.BeginHalfway => [.. points.Skip(points.Count / 2)],
        _ => points,
    };

    private static double Odd(double value, int index) => (index % 5) switch { 1 => double.NaN, 2 => double.PositiveInfinity, 4 => double.NegativeInfinity, _ => value };

    /// <summary>A value of an instant vector as it is answered.</summary>
    internal double Spoil(double value, int index) => Fault == PrometheusFault.OddValues ? Odd(value, index + 1) : value;
}
