using System.Globalization;
using System.Security.Cryptography;
using System.Xml.Linq;
using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.Sandbox.World.Aws;

namespace FlinkDashboard.Sandbox.Protocols.S3;

/// <summary>CopyObject, and where the parts of UploadPartCopy come from.</summary>
internal static class Copies
{
    private const string Header = "x-amz-copy-source";

    /// <summary>The request copies.</summary>
    public static bool Is(S3Call call) => call.Request.Headers.ContainsKey(Header);

    /// <summary>CopyObject.</summary>
    public static async Task ObjectAsync(S3Call call)
    {
        var (bucket, source) = Source(call);
        var isReplaced = call.Request.Headers["x-amz-metadata-directive"] == "REPLACE";
        if (!isReplaced && (bucket, source.Key) == (call.Bucket, call.Key))
        {
            throw new AwsFailure("InvalidRequest", "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.", 400);
        }
        if (source.Size > Payload.MaxSize)
            throw new AwsFailure("InvalidRequest", $"The specified copy source is larger than the maximum allowable size for a copy source: {Payload.MaxSize}", 400);
        Preconditions.CheckWrite(call);
        // The content is shared, but takes its room as if it were not.
        if (!call.World.Buckets.Reserve(source.Size))
            throw new AwsFailure("ServiceUnavailable", $"The sandbox keeps at most {call.World.Buckets.Capacity} bytes of uploads.", 503);
        var copy = source with { Key = call.Key, LastModified = call.World.Now, ETag = source.ETag.Contains('-', StringComparison.Ordinal) ? await HashAsync(call, source).ConfigureAwait(false) : source.ETag };
        if (isReplaced && ObjectDescription.Of(call) is var given)
            copy = copy with { ContentType = given.ContentType ?? "binary/octet-stream", Metadata = given.Metadata };
        call.World.Buckets.Put(call.Bucket, copy);
        await call.AnswerAsync("CopyObjectResult", new XElement("LastModified", S3Call.Iso(copy.LastModified)), new XElement("ETag", $"\"{copy.ETag}\"")).ConfigureAwait(false);
    }

    /// <summary>The bytes that UploadPartCopy takes.</summary>
    public static async Task<Payload> PartAsync(S3Call call)
    {
        var (_, source) = Source(call);
        var (start, length) = Range(call.Request.Headers["x-amz-copy-source-range"].ToString(), source.Size);
        if (length > Payload.MaxSize)
            throw new AwsFailure("InvalidRequest", $"The specified copy source is larger than the maximum allowable size for a copy source: {Payload.MaxSize}", 400);
        var content = source.Open();
        await using (content.ConfigureAwait(false))
        {
            content.Seek(start, SeekOrigin.Begin);
            return await Payload.CopyAsync(call, content, length).ConfigureAwait(false);
        }
    }

    // "/BUCKET/KEY" or "BUCKET/KEY", encoded as in an address.
    private static (string Bucket, StoredObject Object) Source(S3Call call)
    {
        var text = call.Request.Headers[Header].ToString();
        if (text.Contains("?versionId=", StringComparison.Ordinal))
            throw S3Call.NotImplemented();
        if (Uri.UnescapeDataString(text).TrimStart('/').Split('/', 2) is not [var bucket, { Length: > 0 } key])
            throw S3Call.Invalid("Invalid copy source object key", Header, text);
        if (!call.World.Buckets.Names.Contains(bucket))
            throw S3Call.NoSuchBucket(bucket);
        var source = call.World.Buckets.Find(bucket, key) ?? throw S3Call.NoSuchKey(key);
        return Preconditions.Check(call.Request.Headers, Header + "-", source) ? (bucket, source) : throw Preconditions.Failed("x-amz-copy-source-If-None-Match");
    }

    private static (long Start, long Length) Range(string header, long size)
    {
        if (header.Length == 0)
            return (0, size);
        return header.StartsWith("bytes=", StringComparison.Ordinal) && header["bytes=".Length..].Split('-') is [var first, var last]
            && long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var from) && long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var to) && from <= to && to < size
            ? (from, to - from + 1) : throw S3Call.Invalid($"Range specified is not valid for source object of size: {size}", "x-amz-copy-source-range", header);
    }

    private static async Task<string> HashAsync(S3Call call, StoredObject source)
    {
        var content = source.Open();
        await using (content.ConfigureAwait(false))
            return Convert.ToHexStringLower(await MD5.HashDataAsync(content, call.Aborted).ConfigureAwait(false));
    }
}
