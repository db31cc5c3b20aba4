using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace FlinkDashboard.Sandbox.World.Aws;

/// <summary>Bytes that look random and are a function of a name, readable at any position without being kept: state files of any size.</summary>
internal sealed class GeneratedContent(string name, long length, byte[] head) : Stream
{
    private readonly ulong _seed = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get => _position; set => _position = value; }

    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Min(buffer.Length, length - _position);
        for (var i = 0; i < count;)
        {
            if (_position < head.Length)
            {
                buffer[i++] = head[_position++];
                continue;
            }
            var word = Word(_position >> 3);
            for (var at = (int)(_position & 7); at < 8 && i < count; at++, _position++)
                buffer[i++] = (byte)(word >> (8 * at));
        }
        return Math.Max(0, count);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => _position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    // The finaliser of SplitMix64: neighbouring positions give unrelated words.
    private ulong Word(long index)
    {
        var z = _seed + ((ulong)index * 0x9E3779B97F4A7C15);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
