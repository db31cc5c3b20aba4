using Amazon.S3.Model;
using FlinkDashboard.Model.Storage;

namespace FlinkDashboard.Gateways.S3;

/// <summary>An object, or a part of it, read forwards. When the connection breaks, it is asked for again from there, if it is still the same object.</summary>
internal sealed class ResumingStream(S3Api api, StorageAddress place, long first, long? last, string? tag) : Stream
{
    private const int Attempts = 4;
    private GetObjectResponse? answer;
    private readonly long from = first;
    private long at = first;
    private long? stopAt = last;
    private string? tag = tag;
    private int broken;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => at; set => throw new NotSupportedException(); }

    /// <summary>Asks; without it the first read does.</summary>
    public async Task StartAsync(CancellationToken stop)
    {
        if (answer is not null)
            return;
        answer = await api.GetAsync(place, at, stopAt, tag, stop);
        tag ??= answer.ETag is { Length: > 0 } own ? own.Trim('"') : null;
        stopAt = at + answer.ContentLength;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (buffer.Length == 0 || (answer is not null && at >= stopAt))
                return 0;
            try
            {
                await StartAsync(cancellationToken);
                var count = await answer!.ResponseStream.ReadAsync(buffer, cancellationToken);
                if (count == 0 && at < stopAt)
                    throw new IOException("The connection was closed before the end.");
                at += count;
                return count;
            }
            catch (Exception e) when (S3Errors.IsCut(e) && !cancellationToken.IsCancellationRequested)
            {
                Drop();
                if (++broken >= Attempts)
                    throw new S3Exception(S3Fault.Unreachable, $"The answer of {api.Server} broke off {broken} times; {at - from:N0} bytes of {place.Name} had come.", e.Message, e);
            }
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read it asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Drop();
        base.Dispose(disposing);
    }

    private void Drop()
    {
        answer?.Dispose();
        answer = null;
    }
}
