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

    /// <summary>429 of a gateway before it.</summary>
    Throttled,

    /// <summary>403 of a gateway before it.</summary>
    Forbidden,

    /// <summary>200 with the page of a proxy that wants a login.</summary>
    LoginPage,

    /// <summary>The answer breaks off in the middle.</summary>
    CutShort,
}

/// <summary>Troubles that a test or a scenario can make at the Prometheus API. All are off at start.</summary>
public sealed class PrometheusFaults
{
    /// <summary>How every request to <c>/api</c> is answered.</summary>
    public PrometheusFault Fault { get; set; }

    /// <summary>Real time that every answer takes longer.</summary>
    public TimeSpan Delay { get; set; }

    internal (int Status, string ContentType, string Body)? Answer => Fault switch
    {
        PrometheusFault.Stopping => (503, "text/plain; charset=utf-8", "Service Unavailable"),
        PrometheusFault.TimedOut => (503, "application/json", """{"status":"error","errorType":"timeout","error":"query timed out in expression evaluation"}"""),
        PrometheusFault.TooManySamples => (422, "application/json",
            """{"status":"error","errorType":"execution","error":"query processing would load too many samples into memory in query execution"}"""),
        PrometheusFault.Throttled => (429, "application/json", """{"message":"Rate exceeded"}"""),
        PrometheusFault.Forbidden => (403, "application/json", """{"message":"Missing Authentication Token"}"""),
        PrometheusFault.LoginPage => (200, "text/html; charset=utf-8", "<!DOCTYPE html><html><body><form action=\"/oauth2/start\">Sign in</form></body></html>"),
        PrometheusFault.CutShort => (200, "application/json", """{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"""),
        _ => null,
    };
}
