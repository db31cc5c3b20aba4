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
    private const string Md5Header = "content-md5";

    /// <summary>What one request may bring or copy.</summary>
    public const long MaxSize = 5L << 30;

    /// <summary>Checksums that came with them, by header.</summary>
    public IReadOnlyDictionary<string, string> Checksums { get; init; } = new Dictionary<string, string>();

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
        return await InRoomAsync(call, size, () => ReceiveAsync(call, chunked, size)).ConfigureAwait(false);
    }

    /// <summary>Takes what another object holds.</summary>
    /// <param name="call">Who asks.</param>
    /// <param name="source">The other object, at the first byte that is wanted.</param>
    /// <param name="size">Bytes that are wanted.</param>
    public static Task<Payload> CopyAsync(S3Call call, Stream source, long size) => InRoomAsync(call, size, async () =>
    {
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        var content = await Spooled.ReadAsync(new Slice(source, size), piece => md5.AppendData(piece.Span), call.Aborted).ConfigureAwait(false);
        return new Payload(content, md5.GetCurrentHash());
    });

    /// <summary>Holds a body to the hashes that came with it.</summary>
    /// <returns>False when none did.</returns>
    public static bool Verify(S3Call call, ReadOnlySpan<byte> body)
    {
        var checksums = Announced(call);
        foreach (var (name, sum) in checksums)
        {
            using (sum)
            {
                sum.Append(body);
                Compare(name, sum.Text(), call.Request.Headers[name].ToString());
            }
        }
        return checksums.Count > 0;
    }

    private static async Task<Payload> InRoomAsync(S3Call call, long size, Func<Task<Payload>> take)
    {
        if (!call.World.Buckets.Reserve(size))
            throw new AwsFailure("ServiceUnavailable", $"The sandbox keeps at most {call.World.Buckets.Capacity} bytes of uploads.", 503);
        try
        {
            return await take().ConfigureAwait(false);
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
                Compare(name, sum.Text(), chunked?.Trailers.GetValueOrDefault(name) ?? call.Request.Headers[name].ToString());
            var kept = checksums.Where(c => c.Name != Md5Header).ToDictionary(c => c.Name, c => c.Sum.Text());
            foreach (var (name, sum) in kept)
                call.Response.Headers[name] = sum;
            return new Payload(content, md5.GetCurrentHash()) { Checksums = kept };
        }
        finally
        {
            checksums.ForEach(c => c.Sum.Dispose());
        }
    }

    private static List<(string Name, Checksum Sum)> Announced(S3Call call) =>
        [.. call.Request.Headers.Select(h => h.Key).Concat(call.Request.Headers["x-amz-trailer"].ToString().Split(',', StringSplitOptions.TrimEntries))
            .Select(n => (Name: n.ToLowerInvariant(), Sum: Checksum.Of(n))).Where(c => c.Sum is not null).Select(c => (c.Name, c.Sum!))];

    private static void Compare(string name, string computed, string claimed)
    {
        if (computed != claimed)
        {
            throw new AwsFailure("BadDigest", name == Md5Header ? "The Content-MD5 you specified did not match what we received."
                : $"The {name["x-amz-checksum-".Length..].ToUpperInvariant()} you specified did not match the calculated checksum.", 400);
        }
    }

    // The next bytes of a stream, read forwards.
    private sealed class Slice(Stream source, long left) : Stream
    {
        private long _left = left;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await source.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _left)], cancellationToken).ConfigureAwait(false);
            _left -= count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
