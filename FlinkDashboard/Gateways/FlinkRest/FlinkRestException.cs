using FlinkDashboard.Model.Flink;

namespace FlinkDashboard.Gateways.FlinkRest;

/// <summary>Why a JobManager's answer is not there.</summary>
public enum FlinkRestFault
{
    /// <summary>The path is not on the allow-list: nothing was sent.</summary>
    NotAllowed,

    /// <summary>Nobody listens: no such service, no endpoints, no connection.</summary>
    Unreachable,

    /// <summary>No whole answer in time.</summary>
    Timeout,

    /// <summary>The answer is larger than this dashboard takes.</summary>
    TooLarge,

    /// <summary>The API server forbids it (services/proxy).</summary>
    Forbidden,

    /// <summary>The JobManager answered with an error.</summary>
    Refused,

    /// <summary>The answer is not what Flink documents.</summary>
    NotUnderstood
}

/// <summary>A JobManager refused a request or could not be asked. The only exception that this gateway throws.</summary>
public sealed class FlinkRestException(JobManagerAddress from, string path, FlinkRestFault fault, int code, string message, DateTimeOffset at, string? detail = null, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>Who was asked.</summary>
    public JobManagerAddress From => from;

    /// <summary>What was asked, with its query.</summary>
    public string Path => path;

    /// <summary>What kind of failure.</summary>
    public FlinkRestFault Fault => fault;

    /// <summary>HTTP code; 0 when no answer came.</summary>
    public int Code => code;

    /// <summary>When.</summary>
    public DateTimeOffset At => at;

    /// <summary>What else was said: mostly a Java stack trace. Null when there is no more than the message.</summary>
    public string? Detail => detail;

    /// <summary>The JobManager says there is no such thing: job unknown, checkpointing off, file missing.</summary>
    public bool IsAbsent => fault == FlinkRestFault.Refused && code == 404;

    /// <summary>It is the way to the JobManager, or the JobManager as a whole, not this one question.</summary>
    public bool IsOfTheWay => fault is FlinkRestFault.Unreachable or FlinkRestFault.Timeout or FlinkRestFault.Forbidden || code is 502 or 503 or 504;
}
