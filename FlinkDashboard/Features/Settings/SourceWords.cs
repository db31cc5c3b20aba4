namespace FlinkDashboard.Features.Settings;

/// <summary>What a failure of a source means, and which permission is missing.</summary>
public static class SourceWords
{
    private const string Tail = "logs:StartLiveTail and logs:StopLiveTail";
    private const string Logs = "logs:DescribeLogGroups, logs:DescribeLogStreams, logs:FilterLogEvents, logs:GetLogEvents, logs:StartQuery, logs:GetQueryResults and logs:StopQuery";
    private const string Series = "A managed workspace takes aps:QueryMetrics, aps:GetSeries, aps:GetLabels and aps:GetMetricMetadata; another server a token (Prometheus:TokenFile) or a tenant (Prometheus:Headers)";
    private const string Files = "s3:ListBucket on the bucket, s3:GetObject on its objects, and for uploads s3:PutObject";

    /// <summary>Nothing answers at all.</summary>
    public static bool IsOfTheWay(string reason) => reason is "Unreachable" or "Timeout" or "RequestTimeout" or "BadGateway" or "ServiceUnavailable" or "GatewayTimeout" or "Starting";

    /// <summary>A right or a credential is missing.</summary>
    public static bool IsOfRights(string reason) => reason is "Forbidden" or "Unauthorized" or "Credentials" || reason.Contains("AccessDenied", StringComparison.Ordinal)
        || reason.Contains("NotAuthorized", StringComparison.Ordinal) || reason.Contains("Token", StringComparison.Ordinal) || reason.Contains("Signature", StringComparison.Ordinal);

    /// <summary>What a failure means, what it takes, in one or two sentences.</summary>
    /// <param name="source">Short name of the gateway.</param>
    /// <param name="reason">The failure's word.</param>
    public static string Meaning(string source, string reason) => (source, reason) switch
    {
        ("kubernetes", "Unauthorized") => "The credentials were refused: the token has ended, or they are not for this cluster. They are read again for the next request.",
        ("kubernetes", "Forbidden") => "Somebody lacks a right: the dashboard's own account (the kinds below say which), or a user who tried something and was told.",
        ("kubernetes", "NotFound") => "A kind is not installed (the kinds below say which), or an object had gone.",
        ("kubernetes", "Conflict") => "An object changed while somebody acted on it; they were told.",
        ("kubernetes", "Expired") => "A watch had become too old and everything was listed again, as the API means it.",
        ("flink", "Forbidden") => "The dashboard's account lacks get on services/proxy in that namespace.",
        ("flink", "Unreachable") => "A JobManager does not answer: it starts, is stopped, or a network policy is in the way. The application's page says more.",
        ("flink", "Refused") => "A JobManager answered with an error; the page that asked shows it.",
        ("s3", "NoBucket") => "A bucket of Storage:Locations does not exist, or stands in another account.",
        ("s3", "WrongRegion") => "The bucket stands in another region: set Storage:Region.",
        ("prometheus", _) when !IsOfRights(reason) => "", // its own message says it all
        (_, "NotConfigured") => "Nothing was sent.",
        (_, "Unreachable") => "No connection: check the address, that it runs, and network policies and proxies on the way.",
        (_, "Timeout" or "RequestTimeout" or "GatewayTimeout") => "No answer in time: it is under load, or something on the way holds the connection.",
        (_, "TooManyRequests" or "Throttled" or "ThrottlingException" or "SlowDown") => "It asks to wait; requests are repeated more slowly.",
        _ => IsOfRights(reason) ? Right(source) : "The page that asked shows what was said.",
    };

    private static string Right(string source) => source switch
    {
        "prometheus" => $"The dashboard may not ask here. {Series}.",
        "logs" => $"The dashboard's AWS role may not read here. It takes {Logs}.",
        "livetail" => $"The dashboard's AWS role may not follow here. It takes {Tail}.",
        "s3" => $"The dashboard's AWS role may not read here. It takes {Files}.",
        _ => "The dashboard's account may not do this.",
    };
}
