using System.Buffers.Binary;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.Protocols.CloudWatchLogs.LiveTail;

/// <summary>
/// Frames of <c>application/vnd.amazon.eventstream</c>: total length, length of the headers, CRC-32 of these, headers, payload, CRC-32 of all
/// before it. All numbers are big-endian.
/// </summary>
internal static class EventStreamFrame
{
    /// <summary>Media type of a stream of frames.</summary>
    public const string ContentType = "application/vnd.amazon.eventstream";

    private const int Prelude = 8;
    private const byte Text = 7;
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly uint[] Table = MakeTable();

    /// <summary>A frame that tells an event.</summary>
    public static byte[] Event(string type, JsonNode payload) => Message("event", type, payload);

    /// <summary>A frame that ends the stream.</summary>
    public static byte[] Exception(string type, string message) => Message("exception", type, new JsonObject { ["message"] = message });

    /// <summary>Any frame with headers of text.</summary>
    public static byte[] Encode(IReadOnlyList<(string Name, string Value)> headers, ReadOnlySpan<byte> payload)
    {
        var length = headers.Sum(h => 1 + Encoding.UTF8.GetByteCount(h.Name) + 1 + 2 + Encoding.UTF8.GetByteCount(h.Value));
        var frame = new byte[Prelude + 4 + length + payload.Length + 4];
        BinaryPrimitives.WriteInt32BigEndian(frame, frame.Length);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), length);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(Prelude), Crc32(frame.AsSpan(0, Prelude)));
        var rest = frame.AsSpan(Prelude + 4);
        foreach (var (name, value) in headers)
        {
            rest[0] = (byte)Encoding.UTF8.GetBytes(name, rest[1..]);
            rest = rest[(1 + rest[0])..];
            rest[0] = Text;
            var count = Encoding.UTF8.GetBytes(value, rest[3..]);
            BinaryPrimitives.WriteUInt16BigEndian(rest[1..], (ushort)count);
            rest = rest[(3 + count)..];
        }
        payload.CopyTo(rest);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(frame.Length - 4), Crc32(frame.AsSpan(0, frame.Length - 4)));
        return frame;
    }

    private static byte[] Message(string kind, string type, JsonNode payload) =>
        Encode([(":message-type", kind), ($":{kind}-type", type), (":content-type", "application/json")], JsonSerializer.SerializeToUtf8Bytes(payload, Json));

    private static uint Crc32(ReadOnlySpan<byte> content)
    {
        var crc = uint.MaxValue;
        foreach (var b in content)
            crc = Table[(byte)(crc ^ b)] ^ (crc >> 8);
        return ~crc;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            table[i] = i;
            for (var bit = 0; bit < 8; bit++)
                table[i] = (table[i] & 1) != 0 ? (table[i] >> 1) ^ 0xEDB88320 : table[i] >> 1;
        }
        return table;
    }
}
