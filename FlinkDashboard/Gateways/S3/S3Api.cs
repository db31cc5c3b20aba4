using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using FlinkDashboard.Configuration;
using FlinkDashboard.Model.Storage;

namespace FlinkDashboard.Gateways.S3;

/// <summary>
/// S3, or a server that speaks its protocol. Reads, lists and uploads; nothing here deletes an object. Throttled and failed requests are tried again by the
/// package; what remains is an <see cref="S3Exception"/>. Which places may be asked for is decided above; keys that could be read as another place are not sent.
/// </summary>
public sealed partial class S3Api(StorageOptions options, AwsAccess aws, GatewayCalls? calls = null) : IDisposable
{
    private const int PageSize = 1_000;
    private readonly Lock gate = new();
    private AmazonS3Client? client;

    /// <summary>Who is asked, for sentences.</summary>
    public string Server { get; } = options.Endpoint is { } endpoint ? $"S3 at {endpoint}" : "Amazon S3";

    /// <summary>How the requests fare; those tried again by the package count once.</summary>
    public GatewayCalls Calls { get; } = calls ?? new("s3", TimeProvider.System);

    /// <summary>Requests sent since the start of the process.</summary>
    public long Requests => Calls.Now.Requests;

    /// <summary>One page of a folder: at most 1,000 folders and objects.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="next">Where an earlier page ended; null begins.</param>
    /// <param name="size">Entries wanted, 1 to 1,000.</param>
    /// <param name="stop">Ends the question.</param>
    /// <exception cref="S3Exception">It may not or cannot be read.</exception>
    public Task<StorageListing> ListAsync(StorageAddress folder, string? next, int size, CancellationToken stop) => ListAsync(folder, "/", next, size, stop);

    /// <summary>One page of everything below a folder, at most 1,000 objects: for counting.</summary>
    /// <exception cref="S3Exception">It may not or cannot be read.</exception>
    public Task<StorageListing> ListBelowAsync(StorageAddress folder, string? next, CancellationToken stop) => ListAsync(folder, null, next, PageSize, stop);

    /// <summary>Size, time and type of an object.</summary>
    /// <exception cref="S3Exception"><see cref="S3Fault.Absent"/> when there is none.</exception>
    public Task<StorageHead> HeadAsync(StorageAddress place, CancellationToken stop) => AskAsync("s3:GetObject", place, async c =>
    {
        var answer = await c.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = place.Bucket, Key = place.Key }, stop);
        return new StorageHead(new(place, answer.ContentLength, At(answer.LastModified), Tag(answer.ETag)), answer.Headers.ContentType, answer.StorageClass?.Value, answer.ServerSideEncryptionMethod?.Value);
    });

    /// <summary>Part of an object, whole in memory.</summary>
    /// <param name="place">The object.</param>
    /// <param name="from">First byte.</param>
    /// <param name="count">Bytes; fewer come at the object's end.</param>
    /// <param name="tag">Only if the object is still this one; null: whatever it is.</param>
    /// <param name="stop">Ends the question.</param>
    /// <exception cref="S3Exception">It may not or cannot be read, or has changed.</exception>
    public async Task<byte[]> ReadAsync(StorageAddress place, long from, int count, string? tag, CancellationToken stop)
    {
        await using var content = new ResumingStream(this, place, from, from + count, tag);
        using var memory = new MemoryStream(count);
        await content.CopyToAsync(memory, stop);
        return memory.ToArray();
    }

    /// <summary>A whole object as a stream that reads only forwards. A connection that breaks is made again from where it broke.</summary>
    /// <exception cref="S3Exception">It may not or cannot be read; also thrown by the stream.</exception>
    public async Task<Stream> OpenAsync(StorageAddress place, CancellationToken stop)
    {
        var content = new ResumingStream(this, place, 0, null, null);
        try
        {
            await content.StartAsync(stop);
            return content;
        }
        catch
        {
            await content.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => client?.Dispose();

    // Without an end: the whole.
    internal Task<GetObjectResponse> GetAsync(StorageAddress place, long from, long? end, string? tag, CancellationToken stop) => AskAsync("s3:GetObject", place, c =>
    {
        var request = new GetObjectRequest { BucketName = place.Bucket, Key = place.Key };
        if (end is { } last)
            request.ByteRange = new ByteRange(from, last - 1);
        if (tag is not null)
            request.EtagToMatch = $"\"{tag}\"";
        return c.GetObjectAsync(request, stop);
    });

    private Task<StorageListing> ListAsync(StorageAddress folder, string? delimiter, string? next, int size, CancellationToken stop) => AskAsync("s3:ListBucket", folder, async c =>
    {
        var answer = await c.ListObjectsV2Async(new() { BucketName = folder.Bucket, Prefix = folder.Key, Delimiter = delimiter, ContinuationToken = next, MaxKeys = Math.Clamp(size, 1, PageSize) }, stop);
        return new StorageListing(
            [.. (answer.CommonPrefixes ?? []).Select(p => folder with { Key = p })],
            [.. (answer.S3Objects ?? []).Where(o => delimiter is null || o.Key != folder.Key).Select(o => new StorageObject(folder with { Key = o.Key }, o.Size ?? 0, At(o.LastModified), Tag(o.ETag)))],
            answer.IsTruncated == true ? answer.NextContinuationToken : null);
    });

    private async Task<T> AskAsync<T>(string right, StorageAddress place, Func<AmazonS3Client, Task<T>> ask)
    {
        if (StoragePath.Refusal(place.Key) is { } reason)
            throw new S3Exception(S3Fault.NotAllowed, reason);
        var call = Calls.Begin();
        try
        {
            var answer = await ask(Client());
            call.Succeeded();
            return answer;
        }
        catch (OperationCanceledException e) when (e.InnerException is TimeoutException)
        {
            throw Counted(call, new S3Exception(S3Fault.Unreachable, $"{Server} did not answer in time.", null, e), right);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw Counted(call, S3Errors.Of(e, right, place, Server), right);
        }
    }

    // That there is nothing is an answer, too. Bucket and key stay out of what everybody may read.
    private static S3Exception Counted(GatewayCall call, S3Exception e, string right)
    {
        if (e.Fault is S3Fault.Absent or S3Fault.Changed)
            call.Succeeded();
        else
            call.Failed(e.Fault.ToString(), e.Fault == S3Fault.Forbidden ? $"{right} was refused" : e.Fault == S3Fault.NotConfigured ? e.Message : "");
        return e;
    }

    private AmazonS3Client Client()
    {
        lock (gate)
            return client ??= new(aws.Credentials, Config());
    }

    private AmazonS3Config Config()
    {
        var region = aws.RegionOf(options.Region) ?? throw new S3Exception(S3Fault.NotConfigured, "No region is known: set Storage:Region or Aws:Region.");
        var config = new AmazonS3Config
        {
            ForcePathStyle = options.PathStyle,
            // Older servers know no checksums but MD5 and refuse requests that carry others.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            RetryMode = RequestRetryMode.Standard,
            MaxErrorRetry = 3,
            Timeout = TimeSpan.FromSeconds(60),
            ConnectTimeout = TimeSpan.FromSeconds(5)
        };
        if (options.Endpoint is { } endpoint)
            (config.ServiceURL, config.AuthenticationRegion) = (endpoint, region);
        else
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        return config;
    }

    private static DateTimeOffset At(DateTime? time) => time is { } t ? new(t.ToUniversalTime()) : DateTimeOffset.UnixEpoch;

    private static string Tag(string? tag) => tag?.Trim('"') ?? "";
}
