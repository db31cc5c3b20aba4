namespace FlinkDashboard.Configuration;

/// <summary>Settings below <c>Storage</c>: S3 or what speaks its protocol.</summary>
public sealed class StorageOptions
{
    /// <summary>What may be looked at: <c>s3://bucket/prefix</c> for those who may list applications of all namespaces, <c>team-a=s3://bucket/prefix</c> for those of one. Empty: no storage.</summary>
    public List<string> Locations { get; set; } = [];

    /// <summary>Address of an S3-compatible server. Not set: AWS.</summary>
    public string? Endpoint { get; set; }

    /// <summary>Buckets stand in the path, not in the host name. Servers of one's own want it.</summary>
    public bool PathStyle { get; set; }

    /// <summary>Region of the buckets. Not set: <c>Aws:Region</c>.</summary>
    public string? Region { get; set; }

    /// <summary>Folder that jars are uploaded to, below one of the locations, <c>s3://bucket/jobs/</c>. Not set: <c>jobs/</c> of the first location.</summary>
    public string? Jars { get; set; }

    /// <summary>Largest jar that may be uploaded, MiB, 1 to 5,120.</summary>
    public int UploadLimit { get; set; } = 512;
}
