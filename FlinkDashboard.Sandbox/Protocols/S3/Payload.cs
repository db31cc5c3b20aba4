using System.Globalization;
using System.Security.Cryptography;
using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.Sandbox.World.Aws;

namespace FlinkDashboard.Sandbox.Protocols.S3;

/// <summary>Received content whose hashes were right.</summary>
/// <param name="Content">The bytes.</param>
/// <param name="Md5">Their MD5.</param>
internal sealed record Payload(Spooled Content, byte[] Md5)
{
    private const long MaxSize = 5L << 30;

    /// <summary>Takes the body of an upload, in either form, and holds it to every hash that came with it.</summary>
    public static async Task<Payload> ReceiveAsync(S3Call call)
    {
        var chunked = ChunkedPayload.Is(call.Signed.PayloadHash) ? new ChunkedPayload(call.Request.Body, call.Signed) : null;
        var length = chunked is null ? call.Request.ContentLength
            : long.TryParse(call.Request.Headers["x-amz-decoded-content-length"], CultureInfo.InvariantCulture, out var decoded) ? decoded : null;
        if (length is not { } size)
            throw new AwsFailure("MissingContentLength", "You must provide the Content-Length HTTP header.", 411);
        if (size > MaxSize)
            throw new AwsFailure("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", 400);
        if (!call.World.Buckets.Reserve(size))
            throw new AwsFailure("ServiceUnavailable", $"The sandbox keeps at most {call.World.Buckets.Capacity} bytes of uploads.", 503);
        try
        {
            return await ReceiveAsync(call, chunked, size).ConfigureAwait(false);
        }
        catch
        {
            call.World.Buckets.Release(size);
            throw;
        }
    }

    private static async Task<Payload> ReceiveAsync(S3Call call, ChunkedPayload? chunked, long size)
    {
        var checksums = Announced(call);
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            var content = await Spooled.ReadAsync((Stream?)chunked ?? call.Request.Body, piece =>
            {
                md5.AppendData(piece.Span);
                sha.AppendData(piece.Span);
                checksums.ForEach(c => c.Sum.Append(piece.Span));
            }, call.Aborted).ConfigureAwait(false);
            if (content.Length != size)
                throw new AwsFailure("IncompleteBody", "You did not provide the number of bytes specified by the Content-Length HTTP header", 400);
            if (chunked is null && call.Signed.PayloadHash != SignedRequest.Unsigned && call.Signed.PayloadHash != Convert.ToHexStringLower(sha.GetCurrentHash()))
                throw new AwsFailure("XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.", 400);
            foreach (var (name, sum) in checksums)
                Compare(call, name, sum.Text(), chunked?.Trailers.GetValueOrDefault(name) ?? call.Request.Headers[name].ToString());
            return new Payload(content, md5.GetCurrentHash());
        }
        finally
        {
            checksums.ForEach(c => c.Sum.Dispose());
        }
    }

    private static List<(string Name, Checksum Sum)> Announced(S3Call call) =>
        [.. call.Request.Headers.Select(h => h.Key).Concat(call.Request.Headers["x-amz-trailer"].ToString().Split(',', StringSplitOptions.TrimEntries))
            .Select(n => (Name: n.ToLowerInvariant(), Sum: Checksum.Of(n))).Where(c => c.Sum is not null).Select(c => (c.Name, c.Sum!))];

    private static void Compare(S3Call call, string name, string computed, string claimed)
    {
        if (computed != claimed)
        {
            throw new AwsFailure("BadDigest", name == "content-md5" ? "The Content-MD5 you specified did not match what we received."
                : $"The {name["x-amz-checksum-".Length..].ToUpperInvariant()} you specified did not match the calculated checksum.", 400);
        }
        if (name != "content-md5")
            call.Response.Headers[name] = computed;
    }
}
