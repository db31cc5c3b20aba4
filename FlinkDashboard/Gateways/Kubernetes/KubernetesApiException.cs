using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Gateways.Kubernetes;

/// <summary>The API server refused a request or could not be asked. The only exception that this gateway throws.</summary>
public sealed class KubernetesApiException : Exception
{
    /// <summary>Reason when no connection could be made: wrong kubeconfig, failing program, nothing listening, TLS.</summary>
    public const string Unreachable = "Unreachable";

    /// <summary>Makes one from what a Status said.</summary>
    public KubernetesApiException(int code, string reason, string message, IReadOnlyList<ApiStatusCause>? causes = null, TimeSpan? retryAfter = null, Exception? inner = null)
        : base(message, inner) => (Code, Reason, Causes, RetryAfter) = (code, reason, causes ?? [], retryAfter);

    /// <summary>HTTP status code; 0 when no answer came.</summary>
    public int Code { get; }

    /// <summary>The Status reason (<c>Forbidden</c>, <c>Conflict</c>, <c>Expired</c> …), a name made from the code when the body was no Status, or <see cref="Unreachable"/>.</summary>
    public string Reason { get; }

    /// <summary>Single causes, for 422 and 409.</summary>
    public IReadOnlyList<ApiStatusCause> Causes { get; }

    /// <summary>How long the server asks to wait, when it said so.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>An admission webhook refused the content, whoever sends it (apiserver webhook/errors ToStatusErr); mostly with code 403 too.</summary>
    public bool IsDenied => Message.StartsWith("admission webhook ", StringComparison.Ordinal);

    /// <summary>403: this account may not.</summary>
    public bool IsForbidden => Code == 403 && !IsDenied;

    /// <summary>404.</summary>
    public bool IsNotFound => Code == 404;

    /// <summary>409 because the object changed meanwhile.</summary>
    public bool IsConflict => Code == 409;

    /// <summary>410: the resourceVersion or continue token is too old; list again.</summary>
    public bool IsExpired => Code == 410 || Reason is "Expired" or "Gone";

    /// <summary>No answer came, or one that says "later": the same request may work in a while.</summary>
    public bool IsTransient => Code is 0 or 429 or >= 500;
}
