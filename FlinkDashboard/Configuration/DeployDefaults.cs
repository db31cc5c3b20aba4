namespace FlinkDashboard.Configuration;

/// <summary>
/// Settings below <c>Defaults</c>: what a new application is filled with. What is not set is taken from the namespace: its service account and the
/// applications that run there.
/// </summary>
public sealed class DeployDefaults
{
    /// <summary>Where checkpoints, savepoints and high-availability data go: a bucket or a prefix such as <c>s3://bucket/flink</c>.</summary>
    public string? Storage { get; set; }

    /// <summary>EMR: IAM role of the pods.</summary>
    public string? ExecutionRoleArn { get; set; }

    /// <summary>EMR: release label, for instance <c>emr-7.12.0-flink-latest</c>.</summary>
    public string? EmrRelease { get; set; }

    /// <summary>EMR: CloudWatch log group.</summary>
    public string? LogGroup { get; set; }

    /// <summary>Image of new applications where the operator is Apache's.</summary>
    public string? Image { get; set; }

    /// <summary>Flink image that holds a Python interpreter.</summary>
    public string? PythonImage { get; set; }

    /// <summary>Flink version of new applications, as the operator writes it.</summary>
    public string? FlinkVersion { get; set; }

    /// <summary>Time between checkpoints in Flink's form.</summary>
    public string CheckpointInterval { get; set; } = "30 s";
}
