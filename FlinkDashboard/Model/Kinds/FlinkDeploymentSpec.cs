using System.Text.Json.Serialization;

namespace FlinkDashboard.Model.Kinds;

/// <summary>spec of a FlinkDeployment, with the fields that Amazon EMR adds. The CRD has no defaults: absent is null or empty here.</summary>
public sealed record FlinkDeploymentSpec
{
    /// <summary>No spec.</summary>
    public static readonly FlinkDeploymentSpec None = new();

    /// <summary><c>v1_20</c> and the like.</summary>
    public string? FlinkVersion { get; init; }

    /// <summary>Image of both components; null means Flink's default image, or EMR's by release label.</summary>
    public string? Image { get; init; }

    /// <summary>Always, IfNotPresent or Never.</summary>
    public string? ImagePullPolicy { get; init; }

    /// <summary>Service account of the pods.</summary>
    public string? ServiceAccount { get; init; }

    /// <summary>native (default) or standalone.</summary>
    public DeploymentMode Mode { get; init; }

    /// <summary>Flink and operator keys, flattened as the operator flattens them.</summary>
    public StringMap FlinkConfiguration { get; init => field = value ?? StringMap.Empty; } = StringMap.Empty;

    /// <summary>Log configuration files by name.</summary>
    public StringMap LogConfiguration { get; init => field = value ?? StringMap.Empty; } = StringMap.Empty;

    /// <summary>Template common to both components.</summary>
    public PodTemplate? PodTemplate { get; init; }

    /// <summary>Ingress to the web UI.</summary>
    public FlinkIngress? Ingress { get; init; }

    /// <summary>JobManager resources and replicas.</summary>
    public FlinkComponentSpec JobManager { get; init => field = value ?? FlinkComponentSpec.None; } = FlinkComponentSpec.None;

    /// <summary>TaskManager resources and replicas.</summary>
    public FlinkComponentSpec TaskManager { get; init => field = value ?? FlinkComponentSpec.None; } = FlinkComponentSpec.None;

    /// <summary>The job; null for a session cluster.</summary>
    public FlinkJobSpec? Job { get; init; }

    /// <summary>A new value redeploys the same spec.</summary>
    public long? RestartNonce { get; init; }

    /// <summary>EMR: release, for instance <c>emr-7.12.0-flink-latest</c>.</summary>
    public string? EmrReleaseLabel { get; init; }

    /// <summary>EMR: IAM role of the pods.</summary>
    public string? ExecutionRoleArn { get; init; }

    /// <summary>EMR: where logs go.</summary>
    public EmrMonitoring? MonitoringConfiguration { get; init; }

    /// <summary>No job: a session cluster.</summary>
    [JsonIgnore]
    public bool IsSession => Job is null;
}

/// <summary>jobManager or taskManager of a FlinkDeployment.</summary>
public sealed record FlinkComponentSpec
{
    /// <summary>Not specified.</summary>
    public static readonly FlinkComponentSpec None = new();

    /// <summary>Flink style resources.</summary>
    public FlinkResource? Resource { get; init; }

    /// <summary>Kubernetes style resources (operator 1.16); win over <see cref="Resource"/> when not empty.</summary>
    public ResourceRequirements? Resources { get; init; }

    /// <summary>JobManagers (default 1, more need HA), or TaskManagers (null: as many as the parallelism needs).</summary>
    public int? Replicas { get; init; }

    /// <summary>Template of this component, merged over the common one.</summary>
    public PodTemplate? PodTemplate { get; init; }

    /// <summary>EMR: node selector given directly.</summary>
    public StringMap NodeSelector { get; init => field = value ?? StringMap.Empty; } = StringMap.Empty;

    /// <summary>EMR: high availability, on unless false.</summary>
    public bool? HighAvailabilityEnabled { get; init; }

    /// <summary>EMR: where HA metadata is stored.</summary>
    public string? StorageDir { get; init; }
}

/// <summary>cpu, memory and disk as the operator takes them.</summary>
public sealed record FlinkResource
{
    /// <summary>Cores.</summary>
    public double? Cpu { get; init; }

    /// <summary>Read as Flink memory first (<c>2048m</c> is MiB), then as a Kubernetes quantity. </summary>
    public string? Memory { get; init; }

    /// <summary>Kubernetes quantity.</summary>
    public string? EphemeralStorage { get; init; }
}

/// <summary>spec.ingress.</summary>
public sealed record FlinkIngress
{
    /// <summary>URL pattern with <c>{{name}}</c> and <c>{{namespace}}</c>.</summary>
    public string? Template { get; init; }

    /// <summary>Ingress class.</summary>
    public string? ClassName { get; init; }
}

/// <summary>EMR's monitoringConfiguration.</summary>
public sealed record EmrMonitoring
{
    /// <summary>Logs to S3.</summary>
    public EmrS3Monitoring? S3MonitoringConfiguration { get; init; }

    /// <summary>Logs to CloudWatch.</summary>
    public EmrCloudWatchMonitoring? CloudWatchMonitoringConfiguration { get; init; }
}

/// <summary>EMR logs in S3.</summary>
public sealed record EmrS3Monitoring
{
    /// <summary>Target, with or without scheme.</summary>
    public string? LogUri { get; init; }
}

/// <summary>EMR logs in CloudWatch.</summary>
public sealed record EmrCloudWatchMonitoring
{
    /// <summary>Log group.</summary>
    public string? LogGroupName { get; init; }

    /// <summary>Prefix of its streams.</summary>
    public string? LogStreamNamePrefix { get; init; }
}
