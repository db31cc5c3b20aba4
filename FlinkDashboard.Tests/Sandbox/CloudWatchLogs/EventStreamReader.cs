using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Protocols.Aws;

namespace FlinkDashboard.Tests.Sandbox.CloudWatchLogs;

/// <summary>One frame of an event stream.</summary>
internal sealed record EventStreamMessage(IReadOnlyDictionary<string, string> Headers, JsonNode Payload)
{
    /// <summary>Type of its event or exception.</summary>
    public string Type => Headers.GetValueOrDefault(":event-type") ?? Headers[":exception-type"];

    /// <summary>Texts of the log events it tells.</summary>
    public IReadOnlyList<string> Messages => [.. Payload["sessionResults"]!.AsArray().Select(e => (string)e!["message"]!)];
}

/// <summary>Reads frames by the documented layout, with the checksums of another code than the sandbox's writer.</summary>
internal sealed class EventStreamReader(Stream stream) : IDisposable
{
    /// <summary>The next frame; null at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">A checksum is wrong.</exception>
    public async Task<EventStreamMessage?> ReadAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var prelude = new byte[12];
        var count = await stream.ReadAtLeastAsync(prelude, prelude.Length, throwOnEndOfStream: false, patience.Token);
        if (count == 0)
            return null;
        Check(prelude.AsSpan(0, 8), prelude.AsSpan(8));
        var frame = new byte[BinaryPrimitives.ReadInt32BigEndian(prelude)];
        prelude.CopyTo(frame, 0);
        await stream.ReadExactlyAsync(frame.AsMemory(prelude.Length), patience.Token);
        Check(frame.AsSpan(0, frame.Length - 4), frame.AsSpan(frame.Length - 4));
        var end = 12 + BinaryPrimitives.ReadInt32BigEndian(frame.AsSpan(4));
        return new(Headers(frame.AsSpan(12, end - 12)), JsonNode.Parse(frame.AsSpan(end, frame.Length - end - 4))!);
    }

    /// <summary>The next frame, which must be of a type.</summary>
    public async Task<EventStreamMessage> ExpectAsync(string type)
    {
        var message = await ReadAsync();
        Assert.Equal(type, message?.Type);
        return message!;
    }

    /// <summary>Texts of log events until there are so many.</summary>
    public async Task<List<string>> MessagesAsync(int count)
    {
        var messages = new List<string>();
        while (messages.Count < count)
            messages.AddRange((await ExpectAsync("sessionUpdate")).Messages);
        return messages;
    }

    public void Dispose() => stream.Dispose();

    private static Dictionary<string, string> Headers(ReadOnlySpan<byte> bytes)
    {
        var headers = new Dictionary<string, string>();
        while (bytes.Length > 0)
        {
            var name = Encoding.UTF8.GetString(bytes.Slice(1, bytes[0]));
            bytes = bytes[(1 + bytes[0])..];
            Assert.Equal(7, bytes[0]);
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]);
            headers[name] = Encoding.UTF8.GetString(bytes.Slice(3, length));
            bytes = bytes[(3 + length)..];
        }
        return headers;
    }

    private static void Check(ReadOnlySpan<byte> content, ReadOnlySpan<byte> expected)
    {
        using var checksum = Checksum.Of("x-amz-checksum-crc32")!;
        checksum.Append(content);
        if (Convert.ToBase64String(expected) != checksum.Text())
            throw new InvalidDataException("The checksum is wrong.");
    }
}
