using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace FlinkDashboard.Gateways.CloudWatchLogs;

/// <summary>Reads AWS's errors into sentences that say what to do.</summary>
internal static partial class LogsFaultOf
{
    private static readonly HashSet<string> Throttles =
    [
        "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException", "RequestThrottled", "TooManyRequestsException", "ProvisionedThroughputExceededException",
        "TransactionInProgressException", "RequestLimitExceeded", "BandwidthLimitExceeded", "SlowDown", "PriorRequestNotComplete", "EC2ThrottledException"
    ];

    /// <summary>The exception for an answer that is none.</summary>
    /// <param name="operation">What was asked.</param>
    /// <param name="status">HTTP code.</param>
    /// <param name="header">x-amzn-ErrorType, if it came.</param>
    /// <param name="body">The answer.</param>
    /// <param name="skew">How far AWS's clock, by its Date header, is ahead of this machine's.</param>
    public static CloudWatchLogsException Answer(string operation, int status, string? header, ReadOnlySpan<byte> body, TimeSpan? skew)
    {
        LogsErrorBody? error = null;
        try
        {
            error = JsonSerializer.Deserialize(body, LogsJson.Default.LogsErrorBody);
        }
        catch (JsonException)
        {
            // A proxy's page, or nothing: the code alone tells.
        }
        var code = Short(header ?? error?.Type ?? error?.Code) ?? string.Create(CultureInfo.InvariantCulture, $"HTTP {status}");
        var words = error?.Message ?? error?.CapitalMessage ?? error?.QueryCompileError?.Message ?? "";
        var query = error?.QueryCompileError is { } wrong ? new QueryError(wrong.Message ?? words, wrong.Location?.StartCharOffset, wrong.Location?.EndCharOffset) : null;
        var fault = FaultOf(code, words, status);
        return new(fault, operation, Sentence(fault, operation, code, words, skew), code, words.Length > 0 ? words : null, fault == LogsFault.BadQuery ? query ?? new(words, null, null) : null);
    }

    /// <summary>An error that arrives inside a stream.</summary>
    public static CloudWatchLogsException Streamed(string operation, string code, string message) => code == "SessionTimeoutException"
        ? new(LogsFault.SessionTimeout, operation, "The Live Tail session has reached its three hours.", code, message)
        : new(LogsFault.Broken, operation, $"CloudWatch ended the Live Tail session: {Told(code, message)}", code, message);

    private static LogsFault FaultOf(string code, string words, int status) => code switch
    {
        "AccessDeniedException" or "AccessDenied" => LogsFault.Forbidden,
        "ResourceNotFoundException" => LogsFault.NotFound,
        "MalformedQueryException" => LogsFault.BadQuery,
        "LimitExceededException" => LogsFault.LimitExceeded,
        "InvalidOperationException" or "OperationAbortedException" or "UnknownOperationException" => LogsFault.NotSupported,
        "InvalidSignatureException" or "RequestTimeTooSkewed" when code == "RequestTimeTooSkewed" || words.Contains("not yet current", StringComparison.OrdinalIgnoreCase) || words.Contains("Signature expired", StringComparison.OrdinalIgnoreCase) => LogsFault.ClockSkew,
        "UnrecognizedClientException" or "InvalidSignatureException" or "ExpiredTokenException" or "ExpiredToken" or "MissingAuthenticationTokenException" or "IncompleteSignature" or "IncompleteSignatureException" or "InvalidClientTokenId" or "SignatureDoesNotMatch" => LogsFault.Credentials,
        _ when Throttles.Contains(code) || status == 429 => LogsFault.Throttled,
        "ServiceUnavailableException" or "RequestTimeout" or "RequestTimeoutException" or "InternalFailure" => LogsFault.Unavailable,
        _ => status >= 500 ? LogsFault.Unavailable : LogsFault.BadRequest,
    };

    private static string Sentence(LogsFault fault, string operation, string code, string words, TimeSpan? skew) => fault switch
    {
        LogsFault.Forbidden => $"The dashboard's role may not logs:{operation} on {Resource().Match(words) switch { { Success: true } m => m.Groups[1].Value, _ => "this log group" }}: add it to its policy.",
        LogsFault.NotFound => $"CloudWatch does not have it: {Told(code, words)} It may be in another region or account, or its retention is over.",
        LogsFault.Throttled => "CloudWatch's requests of this account are used up for the moment: it is asked again later.",
        LogsFault.LimitExceeded => $"The account has no more room for logs:{operation} now: {Told(code, words)}",
        LogsFault.NotSupported => $"This log group does not have logs:{operation}: {Told(code, words)} Groups of the class INFREQUENT_ACCESS only have queries.",
        LogsFault.ClockSkew => $"AWS does not take the time of the signature: the clock of this machine is {Off(skew)}. {Told(code, words)}",
        LogsFault.Credentials when words.Contains("valid region", StringComparison.Ordinal) => $"The request is signed for another region than the address answers for: check Logs:Region, Aws:Region and Logs:Endpoint. {Told(code, words)}",
        LogsFault.Credentials => $"AWS does not take the dashboard's credentials: {Told(code, words)}",
        LogsFault.BadQuery => $"The query cannot be read: {words}",
        LogsFault.Unavailable => $"CloudWatch Logs cannot answer now: {Told(code, words)}",
        _ => $"CloudWatch Logs does not take the request: {Told(code, words)}",
    };

    private static string Off(TimeSpan? skew) => skew is { } off && off.Duration() >= TimeSpan.FromMinutes(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{off.Duration().TotalMinutes:0} min {(off > TimeSpan.Zero ? "behind" : "ahead of")} AWS's") : "probably wrong";

    private static string Told(string code, string words) => words.Length > 0 ? words.TrimEnd().TrimEnd('.') + "." : code + ".";

    // "com.amazonaws.logs.v20140328#ResourceNotFoundException:http://…".
    private static string? Short(string? type)
    {
        if (string.IsNullOrEmpty(type))
            return null;
        type = type[(type.LastIndexOf('#') + 1)..];
        var end = type.IndexOf(':', StringComparison.Ordinal);
        return end < 0 ? type : type[..end];
    }

    [GeneratedRegex(@"on resource: (\S+)", RegexOptions.None, 1000)]
    private static partial Regex Resource();
}
