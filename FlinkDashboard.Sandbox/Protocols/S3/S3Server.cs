using System.Security.Cryptography;
using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Aws;

namespace FlinkDashboard.Sandbox.Protocols.S3;

/// <summary>S3's REST API over the world's buckets: reading, listing, uploading, copying and deleting objects.</summary>
/// <param name="world">What it shows.</param>
/// <param name="time">Real time, which signatures are made with.</param>
/// <param name="faults">Troubles to make.</param>
public sealed class S3Server(SandboxWorld world, TimeProvider time, AwsFaults faults)
{
    private readonly Uploads _uploads = new(world);
    private long _requests;

    /// <summary>Answers one request.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        var call = new S3Call(http, world);
        var number = Interlocked.Increment(ref _requests);
        var id = SHA256.HashData(BitConverter.GetBytes(number));
        http.Response.Headers["x-amz-request-id"] = Convert.ToHexString(id, 0, 8);
        http.Response.Headers["x-amz-id-2"] = Convert.ToBase64String(id);
        http.Response.Headers.Server = "AmazonS3";
        http.Response.Headers.Date = time.GetUtcNow().ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        try
        {
            await AnswerAsync(call).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client is gone, nobody waits for an answer.
        }
        catch (SignatureException e) when (!http.Response.HasStarted)
        {
            await call.FailAsync(Refusal(e)).ConfigureAwait(false);
        }
        catch (AwsFailure e) when (!http.Response.HasStarted)
        {
            await call.FailAsync(e).ConfigureAwait(false);
        }
    }

    private async Task AnswerAsync(S3Call call)
    {
        if (faults.Delay > TimeSpan.Zero)
            await Task.Delay(faults.Delay, time, call.Aborted).ConfigureAwait(false);
        if (faults.TakeFailure())
            throw new AwsFailure("InternalError", "We encountered an internal error. Please try again.", 500);
        if (faults.TakeThrottle())
            throw new AwsFailure("SlowDown", "Please reduce your request rate.", 503);
        call.Signed = SignedRequest.Verify(call.Request, "s3", time.GetUtcNow());
        var operation = Operation(call);
        if (operation.Right is { } right)
            Allow(call, right, operation.Writes);
        if (call.Bucket.Length > 0 && !world.Buckets.Names.Contains(call.Bucket))
            throw S3Call.NoSuchBucket(call.Bucket);
        await operation.Run(call).ConfigureAwait(false);
    }

    private (string? Right, bool Writes, Func<S3Call, Task> Run) Operation(S3Call call) => (call.Request.Method, call) switch
    {
        ("GET", { Bucket.Length: 0 }) => ("s3:ListAllMyBuckets", false, Listings.BucketsAsync),
        ("HEAD", { Key.Length: 0 }) => ("s3:ListBucket", false, Listings.HeadBucketAsync),
        ("GET", { Key.Length: 0 }) when call.Has("location") => ("s3:GetBucketLocation", false, Listings.LocationAsync),
        ("GET", { Key.Length: 0 }) when call.Has("uploads") => ("s3:ListBucketMultipartUploads", false, _uploads.ListAsync),
        ("GET", { Key.Length: 0 }) when call.Parameter("list-type") == "2" => ("s3:ListBucket", false, Listings.ObjectsAsync),
        ("GET", { Key.Length: > 0 }) when call.Has("uploadId") => ("s3:ListMultipartUploadParts", false, _uploads.PartsAsync),
        ("GET" or "HEAD", { Key.Length: > 0 }) when !HasSubresource(call) => ("s3:GetObject", false, c => Reading.GetAsync(c, faults)),
        ("PUT", { Key.Length: > 0 }) when call.Has("uploadId") => ("s3:PutObject", true, _uploads.PartAsync),
        ("PUT", { Key.Length: > 0 }) when !HasSubresource(call) => ("s3:PutObject", true, Copies.Is(call) ? Copies.ObjectAsync : _uploads.PutAsync),
        ("POST", { Key.Length: > 0 }) when call.Has("uploads") => ("s3:PutObject", true, _uploads.CreateAsync),
        ("POST", { Key.Length: > 0 }) when call.Has("uploadId") => ("s3:PutObject", true, _uploads.CompleteAsync),
        ("DELETE", { Key.Length: > 0 }) when call.Has("uploadId") => ("s3:AbortMultipartUpload", true, _uploads.AbortAsync),
        ("DELETE", { Key.Length: > 0 }) when !HasSubresource(call) => ("s3:DeleteObject", true, Deletions.ObjectAsync),
        // The right is judged key by key.
        ("POST", { Bucket.Length: > 0, Key.Length: 0 }) when call.Has("delete") => (null, true, Deletions.ObjectsAsync),
        _ => throw S3Call.NotImplemented(),
    };

    private static bool HasSubresource(S3Call call) => new[] { "acl", "tagging", "attributes", "torrent", "retention", "legal-hold", "versionId", "restore", "partNumber" }.Any(call.Has);

    private static void Allow(S3Call call, string right, bool writes)
    {
        var key = call.Signed.Key;
        if (writes ? key.MayWrite : key.MayRead)
            return;
        var resource = call.Bucket.Length == 0 ? "*" : $"\"arn:aws:s3:::{call.Bucket}{(call.Key.Length > 0 ? "/" + call.Key : "")}\"";
        throw new AwsFailure("AccessDenied", $"User: {key.Arn} is not authorized to perform: {right} on resource: {resource} because no identity-based policy allows the {right} action", 403);
    }

    private static AwsFailure Refusal(SignatureException e) => e.Fault switch
    {
        SignatureFault.Missing => new("AccessDenied", "Access Denied", 403),
        SignatureFault.UnknownKey => new("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", 403) { Details = new Dictionary<string, string> { ["AWSAccessKeyId"] = e.Detail } },
        SignatureFault.WrongRegion => new("AuthorizationHeaderMalformed", $"The authorization header is malformed; the region '{e.Detail}' is wrong; expecting '{AwsAccount.Region}'", 400)
        {
            Details = new Dictionary<string, string> { ["Region"] = AwsAccount.Region },
            Headers = new Dictionary<string, string> { ["x-amz-bucket-region"] = AwsAccount.Region },
        },
        SignatureFault.WrongService => new("AuthorizationHeaderMalformed", $"The authorization header is malformed; incorrect service \"{e.Detail}\". This endpoint belongs to \"s3\".", 400),
        SignatureFault.Skewed => new("RequestTimeTooSkewed", "The difference between the request time and the current time is too large.", 403),
        SignatureFault.Expired => new("AccessDenied", "Request has expired", 403),
        SignatureFault.Mismatch => new("SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided. Check your key and signing method.", 403)
        {
            Details = e.Detail.Length == 0 ? new Dictionary<string, string>() : new Dictionary<string, string> { ["StringToSign"] = e.Detail },
        },
        _ => new("AuthorizationHeaderMalformed", "The authorization header is malformed; the authorization header requires three components: Credential, SignedHeaders, and Signature.", 400),
    };
}
