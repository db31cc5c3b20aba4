namespace FlinkDashboard.Gateways.Prometheus;

/// <summary>Why a Prometheus gave no answer.</summary>
public enum PrometheusFault
{
    /// <summary>No address is set: nothing was sent.</summary>
    NotConfigured,

    /// <summary>No connection.</summary>
    Unreachable,

    /// <summary>No whole answer in time.</summary>
    Timeout,

    /// <summary>The server gave the query up (envelope <c>timeout</c>).</summary>
    QueryTimeout,

    /// <summary>The query or a parameter is wrong (<c>bad_data</c>).</summary>
    BadQuery,

    /// <summary>The query cannot be worked out: too many samples, labels that match twice (<c>execution</c>).</summary>
    NotComputable,

    /// <summary>401 or 403, or there are no credentials to sign with.</summary>
    Forbidden,

    /// <summary>There is no such workspace or endpoint.</summary>
    NotFound,

    /// <summary>429.</summary>
    Throttled,

    /// <summary>The server starts or stops.</summary>
    Starting,

    /// <summary>Something else answers there: a login page, a redirect, plain text.</summary>
    NotPrometheus,

    /// <summary>The answer breaks off or has another shape.</summary>
    NotUnderstood,

    /// <summary>The answer is larger than this dashboard takes.</summary>
    TooLarge,

    /// <summary>The server failed.</summary>
    Failed,
}

/// <summary>A Prometheus refused a request or could not be asked. The only exception that this gateway throws. The message says what happened, what it means and what to do.</summary>
public sealed class PrometheusException(PrometheusFault fault, int status, string message, string? said = null, TimeSpan? retryAfter = null, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What kind of failure.</summary>
    public PrometheusFault Fault => fault;

    /// <summary>HTTP status; 0 when no answer came.</summary>
    public int Status => status;

    /// <summary>The server's own words; null when it had none.</summary>
    public string? Said => said;

    /// <summary>How long the server asks to wait.</summary>
    public TimeSpan? RetryAfter => retryAfter;

    /// <summary>The same request may work in a moment.</summary>
    public bool IsTransient => fault is PrometheusFault.Unreachable or PrometheusFault.Throttled or PrometheusFault.Starting or PrometheusFault.Failed;

    /// <summary>It is this one question, not the source as a whole.</summary>
    public bool IsOfTheQuery => fault is PrometheusFault.BadQuery or PrometheusFault.NotComputable or PrometheusFault.QueryTimeout or PrometheusFault.TooLarge;
}
