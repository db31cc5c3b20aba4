namespace FlinkDashboard.Gateways.CloudWatchLogs;

/// <summary>Why CloudWatch Logs did not answer as asked.</summary>
public enum LogsFault
{
    /// <summary>No region is set and none is known.</summary>
    NotConfigured,

    /// <summary>There are no credentials, or AWS does not take them.</summary>
    Credentials,

    /// <summary>The credentials' policy lacks the action.</summary>
    Forbidden,

    /// <summary>No such group, stream or query.</summary>
    NotFound,

    /// <summary>A value is wrong: a filter pattern, a token that has expired, names that exclude each other.</summary>
    BadRequest,

    /// <summary>A query that cannot be compiled: see <see cref="CloudWatchLogsException.Error"/>.</summary>
    BadQuery,

    /// <summary>The account's requests are used up for now, also after some attempts.</summary>
    Throttled,

    /// <summary>The account's sessions or queries are used up.</summary>
    LimitExceeded,

    /// <summary>The log group's class does not have the operation.</summary>
    NotSupported,

    /// <summary>The clock of this machine or AWS's is wrong.</summary>
    ClockSkew,

    /// <summary>Nobody answers at the address.</summary>
    Unreachable,

    /// <summary>No whole answer in time.</summary>
    Timeout,

    /// <summary>The service says it cannot now, also after some attempts.</summary>
    Unavailable,

    /// <summary>The answer, or a frame of a stream, is not what AWS documents.</summary>
    NotUnderstood,

    /// <summary>A stream broke off, or says nothing any more.</summary>
    Broken,

    /// <summary>A Live Tail session has reached its three hours.</summary>
    SessionTimeout
}

/// <summary>CloudWatch Logs refused a request or could not be asked. The only exception that this gateway throws.</summary>
public sealed class CloudWatchLogsException(LogsFault fault, string operation, string message, string? code = null, string? detail = null, QueryError? error = null, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What kind of failure.</summary>
    public LogsFault Fault => fault;

    /// <summary>What was asked, as AWS names it.</summary>
    public string Operation => operation;

    /// <summary>AWS's code; null when no answer came.</summary>
    public string? Code => code;

    /// <summary>AWS's own words; null when there are none.</summary>
    public string? Detail => detail;

    /// <summary>Where a query is wrong.</summary>
    public QueryError? Error => error;

    /// <summary>The same request may work in a while.</summary>
    public bool IsTransient => fault is LogsFault.Throttled or LogsFault.Unreachable or LogsFault.Timeout or LogsFault.Unavailable or LogsFault.Broken or LogsFault.SessionTimeout or LogsFault.NotUnderstood;
}

/// <summary>An error in a query.</summary>
/// <param name="Message">What is wrong.</param>
/// <param name="Start">First wrong character, from 0; null when it is not told.</param>
/// <param name="End">The character after the last wrong one.</param>
public sealed record QueryError(string Message, int? Start, int? End);
