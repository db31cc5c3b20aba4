namespace FlinkDashboard.Configuration;

/// <summary>Rules for the settings of Prometheus, CloudWatch Logs, S3 and telemetry. Each sentence names the key and the rule.</summary>
internal static class SourceRules
{
    public static IEnumerable<string> Of(DashboardOptions options) =>
        Prometheus(options.Prometheus).Concat(Logs(options.Logs)).Concat(Storage(options.Storage)).Concat(Address("Telemetry:Otlp", options.Telemetry.Otlp, "http://collector:4317"));

    private static IEnumerable<string> Prometheus(PrometheusOptions prometheus)
    {
        foreach (var error in Address("Prometheus:Url", prometheus.Url, "http://prometheus.monitoring:9090"))
            yield return error;
        if (prometheus.Url?.Contains("/api/v1", StringComparison.Ordinal) == true)
            yield return $"Prometheus:Url is \"{prometheus.Url}\": it is the part before /api/v1.";
        if (prometheus.Timeout is < 1 or > 120)
            yield return "Prometheus:Timeout must be between 1 and 120 seconds.";
        if (prometheus.ScrapeInterval is < 1 or > 300)
            yield return "Prometheus:ScrapeInterval must be between 1 and 300 seconds.";
        foreach (var header in prometheus.Headers.Where(h => h.IndexOf(':', StringComparison.Ordinal) is not > 0))
            yield return $"Prometheus:Headers holds \"{header}\": a header is written Name: value.";
        if (prometheus.TokenFile is { } file && !File.Exists(file))
            yield return $"Prometheus:TokenFile names \"{file}\", which does not exist.";
    }

    private static IEnumerable<string> Logs(LogsOptions logs)
    {
        foreach (var error in Address("Logs:Endpoint", logs.Endpoint, "https://logs.us-west-2.amazonaws.com").Concat(Address("Logs:TailEndpoint", logs.TailEndpoint, "https://stream-logs.us-west-2.amazonaws.com")))
            yield return error;
        if (logs.Lines is < 1_000 or > 200_000)
            yield return "Logs:Lines must be between 1,000 and 200,000.";
        foreach (var entry in logs.ApplicationGroups)
            if (LogGrant.Of(entry, out var problem) is null)
                yield return $"Logs:ApplicationGroups holds \"{entry}\": {problem}.";
        if (logs.Account is { } account && !(account.Length == 12 && account.All(char.IsAsciiDigit)))
            yield return $"Logs:Account is \"{account}\": an account number has 12 digits.";
    }

    private static IEnumerable<string> Storage(StorageOptions storage)
    {
        foreach (var error in Address("Storage:Endpoint", storage.Endpoint, "http://minio:9000"))
            yield return error;
        foreach (var location in storage.Locations.Where(l => !IsPlace(l[(l.IndexOf('=', StringComparison.Ordinal) + 1)..])))
            yield return $"Storage:Locations holds \"{location}\": it must be s3://bucket/prefix or NAMESPACE=s3://bucket/prefix.";
        if (storage.Jars is { } jars && !IsPlace(jars))
            yield return $"Storage:Jars is \"{jars}\": it must be s3://bucket/prefix.";
        if (storage.UploadLimit is < 1 or > 5_120)
            yield return "Storage:UploadLimit must be between 1 and 5,120 MiB.";
    }

    private static bool IsPlace(string text) => Uri.TryCreate(text, UriKind.Absolute, out var place) && place.Scheme == "s3" && place.Host.Length > 0;

    private static IEnumerable<string> Address(string key, string? text, string example) =>
        text is null || (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0) ? [] : [$"{key} is \"{text}\": it must be an address such as {example}."];
}
