using System.Net;

namespace FlinkDashboard.Configuration;

/// <summary>Without sign-in the dashboard must only be reachable from its own machine.</summary>
public static class ListenRule
{
    /// <summary>Every address that the configuration makes the server listen on, with the key that says so.</summary>
    public static IEnumerable<(string Key, string Url)> Addresses(IConfiguration configuration, DashboardOptions options)
    {
        foreach (var endpoint in configuration.GetSection("Kestrel:Endpoints").GetChildren())
            yield return ($"Kestrel:Endpoints:{endpoint.Key}:Url", endpoint["Url"] ?? "");
        if (configuration.GetSection("Kestrel:Endpoints").GetChildren().Any())
            yield break;
        if (configuration["urls"] is { Length: > 0 } || (configuration["http_ports"] ?? configuration["https_ports"]) is null)
        {
            foreach (var url in options.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                yield return ("Urls", url);
            yield break;
        }
        foreach (var key in (string[])["http_ports", "https_ports"])
            foreach (var port in (configuration[key] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
                yield return (key.ToUpperInvariant(), $"http://*:{port}");
    }

    /// <summary>True for localhost, 127.0.0.0/8, ::1 and Unix sockets.</summary>
    public static bool IsLoopback(string url)
    {
        var rest = url.Contains("://", StringComparison.Ordinal) ? url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..] : url;
        if (rest.StartsWith("unix:", StringComparison.Ordinal))
            return true;
        var host = rest.Split('/')[0];
        host = host.StartsWith('[') ? host[1..Math.Max(1, host.IndexOf(']'))] : host.Split(':')[0];
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
    }
}
