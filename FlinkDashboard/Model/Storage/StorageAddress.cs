namespace FlinkDashboard.Model.Storage;

/// <summary>A place in S3. A folder's key ends with a slash, or is empty for a whole bucket.</summary>
/// <param name="Bucket">Name of the bucket.</param>
/// <param name="Key">Without a slash in front.</param>
public readonly record struct StorageAddress(string Bucket, string Key)
{
    // The schemes of Flink's S3 file systems and Hadoop's old one.
    private static readonly string[] Schemes = ["s3", "s3a", "s3p", "s3n"];

    /// <summary>A folder: what is below it can be listed, itself cannot be read.</summary>
    public bool IsFolder => Key.Length == 0 || Key[^1] == '/';

    /// <summary>The same place as a folder.</summary>
    public StorageAddress Folder => IsFolder ? this : this with { Key = Key + "/" };

    /// <summary>The folder this stands in; a bucket stands in none.</summary>
    public StorageAddress? Parent => Key.Length == 0 ? null : this with { Key = Key[..(Key.TrimEnd('/').LastIndexOf('/') + 1)] };

    /// <summary>Last part of the key, without a slash; the bucket's name for a bucket.</summary>
    public string Name => Key.Length == 0 ? Bucket : Key.TrimEnd('/') is var plain ? plain[(plain.LastIndexOf('/') + 1)..] : Key;

    /// <summary>Reads <c>s3://bucket/key</c>, also with the schemes s3a, s3p and s3n; null for anything else. The key is taken letter by letter: nothing is decoded.</summary>
    public static StorageAddress? Of(string? text)
    {
        var at = text?.IndexOf("://", StringComparison.Ordinal) ?? -1;
        if (at < 0 || !Schemes.Contains(text![..at], StringComparer.OrdinalIgnoreCase))
            return null;
        var rest = text[(at + 3)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var bucket = slash < 0 ? rest : rest[..slash];
        return StoragePath.IsBucket(bucket) ? new(bucket, slash < 0 ? "" : rest[(slash + 1)..]) : null;
    }

    /// <summary>Reads a directory as Flink is told of it: with or without scheme (EMR's <c>logUri</c> has none), with or without a slash at the end, as a folder; null when it is not S3.</summary>
    public static StorageAddress? FolderOf(string? text, bool schemeless = false)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var whole = schemeless && !text.Contains("://", StringComparison.Ordinal) && text[0] != '/' ? "s3://" + text : text;
        return Of(whole.TrimEnd('/')) is { } address ? address.Folder : null;
    }

    /// <summary>This is <paramref name="folder"/> or stands below it.</summary>
    public bool IsIn(StorageAddress folder) => Bucket == folder.Bucket && Key.StartsWith(folder.Folder.Key, StringComparison.Ordinal);

    /// <summary><c>s3://bucket/key</c>.</summary>
    public override string ToString() => $"s3://{Bucket}/{Key}";
}
