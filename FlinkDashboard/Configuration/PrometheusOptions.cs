namespace FlinkDashboard.Configuration;

/// <summary>Settings below <c>Prometheus</c>: where series are asked for.</summary>
public sealed class PrometheusOptions
{
    /// <summary>The part before <c>/api/v1</c>: a Prometheus, Thanos or Mimir, or the workspace of Amazon Managed Service for Prometheus. Not set: no Prometheus.</summary>
    public string? Url { get; set; }

    /// <summary>Region of the managed workspace, whose requests are signed. Not set: read from a host <c>aps-workspaces.REGION.amazonaws.com</c>, else requests are not signed.</summary>
    public string? SigningRegion { get; set; }

    /// <summary>Headers of each request, <c>Name: value</c>, for instance a tenant.</summary>
    public List<string> Headers { get; set; } = [];

    /// <summary>File whose content is sent as bearer token; read again when it changes.</summary>
    public string? TokenFile { get; set; }

    /// <summary>Seconds until a query is given up, 1 to 120.</summary>
    public int Timeout { get; set; } = 20;

    /// <summary>Seconds between two scrapes, 1 to 300: no step of a chart is shorter.</summary>
    public int ScrapeInterval { get; set; } = 15;
}
