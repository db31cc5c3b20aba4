using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using FlinkDashboard.Model.Storage;

namespace FlinkDashboard.Gateways.S3;

/// <summary>What S3's errors and the package's exceptions mean. Pure.</summary>
internal static class S3Errors
{
    /// <summary>The failure of one request.</summary>
    /// <param name="e">What was thrown.</param>
    /// <param name="right">The permission the request needs: <c>s3:GetObject</c>.</param>
    /// <param name="place">What it was about.</param>
    /// <param name="server">Who was asked.</param>
    public static S3Exception Of(Exception e, string right, StorageAddress place, string server) => e switch
    {
        S3Exception own => own,
        AmazonS3Exception answer => Answered(answer, right, place, server),
        AmazonServiceException other => Plain(other, $"{server} could not be asked: {other.Message}", S3Fault.Unreachable),
        AmazonClientException client => Plain(client, $"Nothing to sign with: {client.Message} The dashboard takes AWS credentials from its environment, profile, service account (IRSA, Pod Identity) or instance role.", S3Fault.NotConfigured),
        _ => Plain(e, $"{server} does not answer: {Innermost(e).Message}", S3Fault.Unreachable)
    };

    /// <summary>It may be tried again from where it broke off.</summary>
    public static bool IsCut(Exception e) => e is (IOException and not S3Exception) or HttpRequestException or WebException or AmazonClientException { InnerException: IOException or HttpRequestException };

    private static S3Exception Answered(AmazonS3Exception e, string right, StorageAddress place, string server)
    {
        var resource = right is "s3:ListBucket" or "s3:ListBucketMultipartUploads" ? $"arn:aws:s3:::{place.Bucket}" : $"arn:aws:s3:::{place.Bucket}/{place.Key}";
        var below = right == "s3:ListBucket" && place.Key.Length > 0 ? $" (prefix {place.Key})" : "";
        S3Exception Told(S3Fault fault, string message) => new(fault, message, string.IsNullOrEmpty(e.Message) ? e.ErrorCode : $"{e.ErrorCode}: {e.Message}", e);
        return e.ErrorCode switch
        {
            "InvalidAccessKeyId" or "SignatureDoesNotMatch" or "ExpiredToken" or "InvalidToken" or "TokenRefreshRequired" =>
                Told(S3Fault.Credentials, $"{server} does not take the dashboard's credentials ({e.ErrorCode}). Check its service account, role or keys."),
            "RequestTimeTooSkewed" => Told(S3Fault.Credentials, $"The clocks of the dashboard and of {server} differ by more than 15 minutes."),
            "NoSuchBucket" => Told(S3Fault.NoBucket, $"There is no bucket {place.Bucket}."),
            "NoSuchUpload" => Told(S3Fault.Absent, "This upload no longer exists: it was completed, given up, or removed by a rule of the bucket."),
            "PermanentRedirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException" =>
                Told(S3Fault.WrongRegion, $"Bucket {place.Bucket} stands in another region; set Storage:Region."),
            "SlowDown" or "ServiceUnavailable" or "RequestLimitExceeded" or "Throttling" => Told(S3Fault.Throttled, $"{server} asks for fewer requests; it answered so several times."),
            "PreconditionFailed" or "ConditionalRequestConflict" => Told(S3Fault.Changed, $"{place.Name} has changed since it was looked at."),
            "AccessDenied" or "Forbidden" or "AllAccessDisabled" or "AccountProblem" =>
                Told(S3Fault.Forbidden, $"The dashboard's role may not {right} on {resource}{below}.{(right == "s3:GetObject" ? " The same is said of an object that does not exist, where the role may not s3:ListBucket." : "")}"),
            _ when e.StatusCode == HttpStatusCode.Forbidden => Told(S3Fault.Forbidden, $"The dashboard's role may not {right} on {resource}{below}."),
            _ when e.StatusCode == HttpStatusCode.NotFound => Told(S3Fault.Absent, $"There is no {place}."),
            _ when e.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict => Told(S3Fault.Changed, $"{place.Name} has changed since it was looked at."),
            _ when e.StatusCode == 0 => Told(S3Fault.Unreachable, $"{server} does not answer: {Innermost(e).Message}"),
            _ => Told(S3Fault.Refused, $"{server} answers {(int)e.StatusCode} to {right} of {place}: {e.Message}")
        };
    }

    private static S3Exception Plain(Exception e, string message, S3Fault fault) => new(fault, message, Innermost(e) is var inner && inner != e ? inner.Message : null, e);

    private static Exception Innermost(Exception e)
    {
        while (e.InnerException is { } inner)
            e = inner;
        return e;
    }
}
