namespace FlinkDashboard.Configuration;

/// <summary>Every setting of the dashboard. A key is the path of the property: <c>Cluster:Source</c>. Bound once, validated at start.</summary>
public sealed class DashboardOptions
{
    /// <summary>Addresses to listen on, separated by semicolons. With <c>Access:Mode</c> None they must all be loopback.</summary>
    public string Urls { get; set; } = "http://localhost:5000";

    /// <summary>The cluster to show.</summary>
    public ClusterOptions Cluster { get; set; } = new();

    /// <summary>The embedded cluster, when it is the one shown.</summary>
    public SandboxSettings Sandbox { get; set; } = new();

    /// <summary>Who may come in and as whom their requests are sent.</summary>
    public AccessOptions Access { get; set; } = new();

    /// <summary>What a new application is filled with.</summary>
    public DeployDefaults Defaults { get; set; } = new();

    /// <summary>Region and credentials of AWS.</summary>
    public AwsOptions Aws { get; set; } = new();

    /// <summary>Where series are asked for.</summary>
    public PrometheusOptions Prometheus { get; set; } = new();

    /// <summary>CloudWatch Logs.</summary>
    public LogsOptions Logs { get; set; } = new();

    /// <summary>Checkpoints, savepoints, jars and archived logs.</summary>
    public StorageOptions Storage { get; set; } = new();

    /// <summary>What the dashboard tells about itself.</summary>
    public TelemetryOptions Telemetry { get; set; } = new();
}
