using Amazon.S3.Model;
using FlinkDashboard.Model.Storage;

namespace FlinkDashboard.Gateways.S3;

/// <summary>Uploads in parts.</summary>
public sealed partial class S3Api
{
    /// <summary>Begins an upload; answers its id.</summary>
    /// <exception cref="S3Exception">It may not or cannot be begun.</exception>
    public Task<string> BeginUploadAsync(StorageAddress place, string contentType, CancellationToken stop) => AskAsync("s3:PutObject", place, async c =>
        (await c.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest { BucketName = place.Bucket, Key = place.Key, ContentType = contentType }, stop)).UploadId);

    /// <summary>Sends one part; the same number again replaces it.</summary>
    /// <param name="place">The object.</param>
    /// <param name="upload">Id of the upload.</param>
    /// <param name="number">1 to 10,000.</param>
    /// <param name="content">Its bytes, from the beginning; at least 5 MiB unless it is the last.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="S3Exception"><see cref="S3Fault.Absent"/> when there is no such upload.</exception>
    public Task<StoragePart> SendPartAsync(StorageAddress place, string upload, int number, MemoryStream content, CancellationToken stop) => AskAsync("s3:PutObject", place, async c =>
    {
        var answer = await c.UploadPartAsync(new UploadPartRequest
        {
            BucketName = place.Bucket,
            Key = place.Key,
            UploadId = upload,
            PartNumber = number,
            PartSize = content.Length,
            InputStream = content,
            // Signed as a whole: not every server takes signed chunks.
            UseChunkEncoding = false
        }, stop);
        return new StoragePart(number, content.Length, answer.ETag);
    });

    /// <summary>The parts that have arrived, in order.</summary>
    /// <exception cref="S3Exception"><see cref="S3Fault.Absent"/> when there is no such upload.</exception>
    public async Task<IReadOnlyList<StoragePart>> PartsAsync(StorageAddress place, string upload, CancellationToken stop)
    {
        var all = new List<StoragePart>();
        string? marker = null;
        do
        {
            var from = marker;
            var answer = await AskAsync("s3:ListMultipartUploadParts", place, c => c.ListPartsAsync(new ListPartsRequest { BucketName = place.Bucket, Key = place.Key, UploadId = upload, PartNumberMarker = from }, stop));
            all.AddRange((answer.Parts ?? []).Select(p => new StoragePart(p.PartNumber ?? 0, p.Size ?? 0, p.ETag)));
            marker = answer.IsTruncated == true ? answer.NextPartNumberMarker?.ToString(System.Globalization.CultureInfo.InvariantCulture) : null;
        }
        while (marker is not null);
        return all;
    }

    /// <summary>Makes the object of its parts.</summary>
    /// <param name="place">The object.</param>
    /// <param name="upload">Id of the upload.</param>
    /// <param name="parts">All parts.</param>
    /// <param name="onlyNew">Refuse when an object of this key has appeared meanwhile. Servers that do not know the condition ignore it.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="S3Exception"><see cref="S3Fault.Changed"/> when there is such an object already.</exception>
    public Task CompleteUploadAsync(StorageAddress place, string upload, IReadOnlyList<StoragePart> parts, bool onlyNew, CancellationToken stop) => AskAsync("s3:PutObject", place, c =>
        c.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest
        {
            BucketName = place.Bucket,
            Key = place.Key,
            UploadId = upload,
            PartETags = [.. parts.OrderBy(p => p.Number).Select(p => new PartETag(p.Number, p.Tag))],
            IfNoneMatch = onlyNew ? "*" : null
        }, stop));

    /// <summary>Gives an upload up: its parts are dropped; no object is touched.</summary>
    /// <exception cref="S3Exception"><see cref="S3Fault.Absent"/> when there is no such upload.</exception>
    public Task AbortUploadAsync(StorageAddress place, string upload, CancellationToken stop) => AskAsync("s3:AbortMultipartUpload", place, c =>
        c.AbortMultipartUploadAsync(new AbortMultipartUploadRequest { BucketName = place.Bucket, Key = place.Key, UploadId = upload }, stop));
}
