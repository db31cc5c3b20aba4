using System.Globalization;
using System.Text;

namespace FlinkDashboard.Sandbox.Protocols.Aws;

/// <summary>
/// The body of an upload in <c>aws-chunked</c> form, decoded: <c>SIZE[;chunk-signature=…]</c>, content, and at the end trailing headers.
/// Chunk signatures are checked before their content is passed on.
/// </summary>
internal sealed class ChunkedPayload(Stream body, SignedRequest signed) : Stream
{
    private const int MaxChunk = 64 << 20;
    private const int MaxLine = 8 * 1024;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly byte[] _key = SigV4.Key(signed.Key.Secret, signed.Scope);
    private readonly Dictionary<string, string> _trailers = new(StringComparer.OrdinalIgnoreCase);
    private readonly bool _isSigned = signed.PayloadHash.StartsWith("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", StringComparison.Ordinal);
    private readonly bool _hasTrailer = signed.PayloadHash.EndsWith("-TRAILER", StringComparison.Ordinal);
    private string _previous = signed.Signature;
    private byte[] _chunk = [];
    private int _chunkAt;
    private int _start;
    private int _end;
    private bool _done;

    /// <summary>True for bodies in this form.</summary>
    public static bool Is(string payloadHash) => payloadHash is "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" or "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" or "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

    /// <summary>Headers after the content; complete when everything was read.</summary>
    public IReadOnlyDictionary<string, string> Trailers => _trailers;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_chunkAt == _chunk.Length && !_done)
            await NextChunkAsync(cancellationToken).ConfigureAwait(false);
        var count = Math.Min(buffer.Length, _chunk.Length - _chunkAt);
        _chunk.AsMemory(_chunkAt, count).CopyTo(buffer);
        _chunkAt += count;
        return count;
    }

    private async Task NextChunkAsync(CancellationToken cancel)
    {
        var head = (await LineAsync(cancel).ConfigureAwait(false)).Split(';');
        if (!int.TryParse(head[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var size) || size is < 0 or > MaxChunk)
            throw Incomplete();
        _chunk = new byte[size];
        _chunkAt = 0;
        await FillAsync(_chunk, cancel).ConfigureAwait(false);
        if (_isSigned)
            CheckChunk(head.Select(h => h.Split('=', 2)).FirstOrDefault(h => h[0].Trim() == "chunk-signature")?[^1]);
        if (size > 0)
        {
            if ((await LineAsync(cancel).ConfigureAwait(false)).Length > 0)
                throw Incomplete();
            return;
        }
        _done = true;
        await TrailersAsync(cancel).ConfigureAwait(false);
    }

    private void CheckChunk(string? signature)
    {
        var expected = SigV4.Sign(_key, SigV4.ChunkToSign(signed.Time, signed.Scope, _previous, _chunk));
        if (signature != expected)
            throw new SignatureException(SignatureFault.Mismatch);
        _previous = expected;
    }

    private async Task TrailersAsync(CancellationToken cancel)
    {
        var text = new StringBuilder();
        string? signature = null;
        while (await LineAsync(cancel, mayEnd: true).ConfigureAwait(false) is { Length: > 0 } line)
        {
            if (line.Split(':', 2) is not [var name, var value])
                throw Incomplete();
            if (name.Equals("x-amz-trailer-signature", StringComparison.OrdinalIgnoreCase))
            {
                signature = value.Trim();
                continue;
            }
            _trailers[name.Trim()] = value.Trim();
            text.Append(name.Trim().ToLowerInvariant()).Append(':').Append(value.Trim()).Append('\n');
        }
        if (_isSigned && _hasTrailer && signature != SigV4.Sign(_key, SigV4.TrailerToSign(signed.Time, signed.Scope, _previous, text.ToString())))
            throw new SignatureException(SignatureFault.Mismatch);
    }

    private async Task FillAsync(Memory<byte> target, CancellationToken cancel)
    {
        while (target.Length > 0)
        {
            if (_start == _end && !await MoreAsync(cancel).ConfigureAwait(false))
                throw Incomplete();
            var count = Math.Min(target.Length, _end - _start);
            _buffer.AsMemory(_start, count).CopyTo(target);
            target = target[count..];
            _start += count;
        }
    }

    private async Task<string> LineAsync(CancellationToken cancel, bool mayEnd = false)
    {
        var line = new StringBuilder();
        while (true)
        {
            if (_start == _end && !await MoreAsync(cancel).ConfigureAwait(false))
                return mayEnd ? line.ToString() : throw Incomplete();
            var c = (char)_buffer[_start++];
            if (c == '\n')
                return line.ToString().TrimEnd('\r');
            if (line.Append(c).Length > MaxLine)
                throw Incomplete();
        }
    }

    private async Task<bool> MoreAsync(CancellationToken cancel)
    {
        (_start, _end) = (0, await body.ReadAsync(_buffer, cancel).ConfigureAwait(false));
        return _end > 0;
    }

    private static AwsFailure Incomplete() => new("IncompleteBody", "The request body terminated unexpectedly", 400);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
