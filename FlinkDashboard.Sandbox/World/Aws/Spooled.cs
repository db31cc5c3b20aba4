using Microsoft.Win32.SafeHandles;

namespace FlinkDashboard.Sandbox.World.Aws;

/// <summary>Uploaded bytes: in memory while they are few, else in a temporary file that has no name any more and goes with its last user.</summary>
public sealed class Spooled
{
    private const int InMemory = 1 << 20;
    private readonly byte[]? _bytes;
    private readonly SafeFileHandle? _file;

    private Spooled(byte[]? bytes, SafeFileHandle? file, long length) => (_bytes, _file, Length) = (bytes, file, length);

    /// <summary>Bytes.</summary>
    public long Length { get; }

    /// <summary>Keeps what a stream holds.</summary>
    /// <param name="source">Read to its end.</param>
    /// <param name="read">Called with each piece, for digests.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<Spooled> ReadAsync(Stream source, Action<ReadOnlyMemory<byte>> read, CancellationToken cancel)
    {
        var buffer = new byte[128 * 1024];
        using var memory = new MemoryStream();
        SafeFileHandle? file = null;
        var length = 0L;
        try
        {
            int count;
            while ((count = await source.ReadAsync(buffer, cancel).ConfigureAwait(false)) > 0)
            {
                read(buffer.AsMemory(0, count));
                if (file is null && length + count > InMemory)
                {
                    file = Unnamed();
                    await RandomAccess.WriteAsync(file, memory.GetBuffer().AsMemory(0, (int)length), 0, cancel).ConfigureAwait(false);
                }
                if (file is null)
                    memory.Write(buffer, 0, count);
                else
                    await RandomAccess.WriteAsync(file, buffer.AsMemory(0, count), length, cancel).ConfigureAwait(false);
                length += count;
            }
            return new Spooled(file is null ? memory.ToArray() : null, file, length);
        }
        catch
        {
            file?.Dispose();
            throw;
        }
    }

    /// <summary>A stream over several, one after the other.</summary>
    public static Stream Open(IReadOnlyList<Spooled> parts) => new PartStream(parts);

    private int ReadAt(long position, Span<byte> buffer)
    {
        if (_file is not null)
            return RandomAccess.Read(_file, buffer, position);
        var count = (int)Math.Min(buffer.Length, Length - position);
        _bytes.AsSpan((int)position, count).CopyTo(buffer);
        return count;
    }

    private static SafeFileHandle Unnamed()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        File.Delete(path);
        return handle;
    }

    private sealed class PartStream(IReadOnlyList<Spooled> parts) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length { get; } = parts.Sum(p => p.Length);

        public override long Position { get; set; }

        public override int Read(Span<byte> buffer)
        {
            var start = 0L;
            foreach (var part in parts)
            {
                var at = Position - start;
                if (at < part.Length)
                {
                    var count = part.ReadAt(at, buffer[..(int)Math.Min(buffer.Length, part.Length - at)]);
                    Position += count;
                    return count;
                }
                start += part.Length;
            }
            return 0;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override long Seek(long offset, SeekOrigin origin) =>
            Position = origin switch { SeekOrigin.Begin => offset, SeekOrigin.Current => Position + offset, _ => Length + offset };

        public override void Flush()
        {
        }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
