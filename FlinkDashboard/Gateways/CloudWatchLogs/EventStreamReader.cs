using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Text;

namespace FlinkDashboard.Gateways.CloudWatchLogs;

/// <summary>One frame of an event stream.</summary>
/// <param name="Headers">Headers of text; those of other types are left out.</param>
/// <param name="Payload">The rest.</param>
internal sealed record EventFrame(IReadOnlyDictionary<string, string> Headers, byte[] Payload)
{
    /// <summary>A header, or an empty text.</summary>
    public string this[string header] => Headers.GetValueOrDefault(header, "");
}

/// <summary>
/// Frames of <c>application/vnd.amazon.eventstream</c>, however the connection cuts or joins them. A length is believed only when its checksum is right, a
/// frame only when its own is. (The AWS package's decoder loses frames when it is not given a buffer's beginning.)
/// </summary>
internal static class EventStreamReader
{
    /// <summary>Most bytes of headers.</summary>
    public const int MostHeaders = 128 << 10;

    /// <summary>Most bytes of payload.</summary>
    public const int MostPayload = 24 << 20;

    private const int Prelude = 12;
    private const int Trailer = 4;

    /// <summary>Reads frame after frame until the stream ends.</summary>
    /// <exception cref="InvalidDataException">A frame is damaged, or the stream ends inside one.</exception>
    public static async IAsyncEnumerable<EventFrame> ReadAsync(PipeReader reader, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        while (true)
        {
            var read = await reader.ReadAsync(stop);
            var buffer = read.Buffer;
            while (TryTake(ref buffer) is { } frame)
                yield return frame;
            if (read.IsCompleted)
            {
                var left = buffer.Length;
                reader.AdvanceTo(buffer.End);
                if (left > 0)
                    throw new InvalidDataException($"The stream ends {left} bytes into a frame.");
                yield break;
            }
            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    /// <summary>Takes a frame off the beginning of what has come; null when it is not whole yet.</summary>
    internal static EventFrame? TryTake(ref ReadOnlySequence<byte> buffer)
    {
        if (buffer.Length < Prelude)
            return null;
        Span<byte> prelude = stackalloc byte[Prelude];
        buffer.Slice(0, Prelude).CopyTo(prelude);
        var (total, headers) = (BinaryPrimitives.ReadUInt32BigEndian(prelude), BinaryPrimitives.ReadUInt32BigEndian(prelude[4..]));
        if (Crc32.Of(prelude[..8]) != BinaryPrimitives.ReadUInt32BigEndian(prelude[8..]))
            throw new InvalidDataException("The checksum of a frame's length is wrong.");
        if (headers > MostHeaders || total < Prelude + Trailer + headers || total - Prelude - Trailer - headers > MostPayload)
            throw new InvalidDataException($"A frame of {total} bytes with {headers} bytes of headers is not possible.");
        if (buffer.Length < total)
            return null;
        var whole = buffer.Slice(0, total).ToArray();
        if (Crc32.Of(whole.AsSpan(0, whole.Length - Trailer)) != BinaryPrimitives.ReadUInt32BigEndian(whole.AsSpan(whole.Length - Trailer)))
            throw new InvalidDataException("The checksum of a frame is wrong.");
        buffer = buffer.Slice(total);
        return new(HeadersOf(whole.AsSpan(Prelude, (int)headers)), whole[(Prelude + (int)headers)..^Trailer]);
    }

    private static Dictionary<string, string> HeadersOf(ReadOnlySpan<byte> bytes)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        while (bytes.Length > 0)
        {
            var name = Encoding.UTF8.GetString(Take(ref bytes, Take(ref bytes, 1)[0]));
            var type = Take(ref bytes, 1)[0];
            var value = type switch
            {
                0 or 1 => [],
                2 => Take(ref bytes, 1),
                3 => Take(ref bytes, 2),
                4 => Take(ref bytes, 4),
                5 or 8 => Take(ref bytes, 8),
                6 or 7 => Take(ref bytes, BinaryPrimitives.ReadUInt16BigEndian(Take(ref bytes, 2))),
                9 => Take(ref bytes, 16),
                _ => throw new InvalidDataException($"A header is of type {type}, which is none."),
            };
            if (type == 7)
                headers[name] = Encoding.UTF8.GetString(value);
        }
        return headers;
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> bytes, int count)
    {
        if (bytes.Length < count)
            throw new InvalidDataException("A frame's headers end inside one.");
        var taken = bytes[..count];
        bytes = bytes[count..];
        return taken;
    }
}
