using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Gateways.Kubernetes;

/// <summary>Turns a Status into the gateway's exception.</summary>
internal static class StatusReading
{
    /// <summary>As the exception; <paramref name="code"/> stands in for a Status without one.</summary>
    public static KubernetesApiException ToException(this ApiStatus status, int code, TimeSpan? retryAfter = null)
    {
        var known = status.Code != 0 ? status.Code : code;
        return new(
            known,
            string.IsNullOrEmpty(status.Reason) ? ReasonOf(known) : status.Reason,
            string.IsNullOrEmpty(status.Message) ? $"HTTP {known}" : status.Message,
            status.Details?.Causes,
            retryAfter ?? (status.Details?.RetryAfterSeconds is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null));
    }

    /// <summary>The reason that meta/v1 gives to an HTTP code, for bodies that are no Status.</summary>
    public static string ReasonOf(int code) => code switch
    {
        400 => "BadRequest",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        406 => "NotAcceptable",
        409 => "Conflict",
        410 => "Expired",
        413 => "RequestEntityTooLarge",
        415 => "UnsupportedMediaType",
        422 => "Invalid",
        429 => "TooManyRequests",
        503 => "ServiceUnavailable",
        504 => "Timeout",
        >= 500 => "InternalError",
        _ => "Unknown"
    };
}
