using System.Text.RegularExpressions;
using FlinkDashboard.Configuration;

namespace FlinkDashboard.Gateways.Prometheus;

/// <summary>Which Prometheus is asked and how its requests are signed.</summary>
/// <param name="Root">Address without a trailing slash, before <c>/api/v1</c>.</param>
/// <param name="Name">For people.</param>
/// <param name="SigningRegion">Region in the signature; null when requests are not signed.</param>
public sealed partial record PrometheusTarget(string Root, string Name, string? SigningRegion)
{
    /// <summary>Amazon Managed Service for Prometheus: no status endpoints, errors of its own.</summary>
    public bool IsManaged => SigningRegion is not null;

    /// <summary>From the settings; null when there is no address.</summary>
    public static PrometheusTarget? Of(PrometheusOptions options)
    {
        if (options.Url is not { } url || !Uri.TryCreate(url, UriKind.Absolute, out var address))
            return null;
        var region = options.SigningRegion ?? (ManagedHost().Match(address.Host) is { Success: true } host ? host.Groups[1].Value : null);
        return new(address.GetLeftPart(UriPartial.Path).TrimEnd('/'), (region is null ? "Prometheus " : "The workspace at ") + address.Authority, region);
    }

    [GeneratedRegex(@"^aps-workspaces(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|api\.aws)$", RegexOptions.IgnoreCase)]
    private static partial Regex ManagedHost();
}
