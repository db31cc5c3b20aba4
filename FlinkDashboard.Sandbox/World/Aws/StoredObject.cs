namespace FlinkDashboard.Sandbox.World.Aws;

/// <summary>One object of a bucket.</summary>
/// <param name="Key">Name in its bucket.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ETag">Without quotes: the MD5 of the content, or <c>MD5-PARTS</c> for one that was written in parts.</param>
/// <param name="LastModified">When it was written, simulated.</param>
/// <param name="Open">A stream over its content that can seek.</param>
public sealed record StoredObject(string Key, long Size, string ETag, DateTimeOffset LastModified, Func<Stream> Open)
{
    /// <summary>What its writer said it is.</summary>
    public string ContentType { get; init; } = "binary/octet-stream";

    /// <summary>User metadata: names without <c>x-amz-meta-</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Checksums that came with it and were right: by the names of their headers, in base64.</summary>
    public IReadOnlyDictionary<string, string> Checksums { get; init; } = new Dictionary<string, string>();
}
