using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Text;
using FlinkDashboard.Gateways.CloudWatchLogs;
using FsCheck;
using FsCheck.Fluent;

namespace FlinkDashboard.Tests.Gateways.CloudWatchLogs;

/// <summary>Frames of the event stream, however they are cut, joined or damaged.</summary>
public class EventStreamTests
{
    private const string Known =
        "0000009c0000005383b615360d3a6d6573736167652d747970650700056576656e740b3a6576656e742d7479706507000d73657373696f6e5570646174650d3a636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e" +
        "7b2273657373696f6e4d65746164617461223a7b2273616d706c6564223a66616c73657d2c2273657373696f6e526573756c7473223a5b5d7d8b9f0a13";

    [Fact]
    public async Task KnownFrame_IsRead()
    {
        var frame = Assert.Single(await ReadAsync([Convert.FromHexString(Known)]));
        Assert.Equal(("event", "sessionUpdate", "application/json"), (frame[":message-type"], frame[":event-type"], frame[":content-type"]));
        Assert.Equal("""{"sessionMetadata":{"sampled":false},"sessionResults":[]}""", Encoding.UTF8.GetString(frame.Payload));
    }

    [Fact]
    public async Task Frames_CutAtEveryByte_AreWhole()
    {
        var three = Enumerable.Range(0, 3).SelectMany(i => Frame($"text {i}")).ToArray();
        for (var cut = 0; cut <= three.Length; cut++)
            Assert.Equal(["text 0", "text 1", "text 2"], Texts(await ReadAsync([three[..cut], three[cut..]])));
        Assert.Equal(["text 0", "text 1", "text 2"], Texts(await ReadAsync([.. three.Select(b => new[] { b })])));
    }

    [Fact]
    public async Task Frames_CutAnywhere_AreWhole()
    {
        var property = Prop.ForAll(ArbMap.Default.ArbFor<string[]>(), ArbMap.Default.ArbFor<PositiveInt[]>(), (texts, cuts) =>
        {
            var bytes = texts.SelectMany(t => Frame(t ?? "")).ToArray();
            List<byte[]> parts = [];
            var at = 0;
            foreach (var cut in cuts)
            {
                var end = Math.Min(bytes.Length, at + (cut.Get % 97));
                parts.Add(bytes[at..end]);
                at = end;
            }
            parts.Add(bytes[at..]);
            var wanted = texts.Select(t => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(t ?? "")));
            return Texts(Read(parts)).SequenceEqual(wanted);
        });
        await Task.Run(() => property.QuickCheckThrowOnFailure());
    }

    [Fact]
    public void Frame_DamagedInAnyByte_IsRefused()
    {
        var good = Convert.FromHexString(Known);
        for (var i = 0; i < good.Length; i++)
            foreach (var flip in (byte[])[0x01, 0x80, 0xFF])
            {
                var bad = good.ToArray();
                bad[i] ^= flip;
                Assert.ThrowsAny<InvalidDataException>(() => Read([bad]));
            }
    }

    [Fact]
    public async Task GoodFrames_BeforeADamagedOne_AreDelivered()
    {
        byte[] bytes = [.. Frame("one"), .. Frame("two"), .. Frame("three")];
        bytes[^5] ^= 1;
        List<string> read = [];
        var reader = PipeReader.Create(new ReadOnlySequence<byte>(bytes));
        await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (var frame in EventStreamReader.ReadAsync(reader, default))
                read.Add(Encoding.UTF8.GetString(frame.Payload));
        });
        Assert.Equal(["one", "two"], read);
    }

    [Theory]
    [InlineData(15u, 0u)]
    [InlineData(16u, 1u)]
    [InlineData(0u, 0u)]
    [InlineData(uint.MaxValue, 0u)]
    [InlineData(200_000u, 131_073u)]
    [InlineData(16u, uint.MaxValue)]
    public void Length_ThatIsImpossible_IsRefusedAtOnce(uint total, uint headers)
    {
        var prelude = new byte[12];
        BinaryPrimitives.WriteUInt32BigEndian(prelude, total);
        BinaryPrimitives.WriteUInt32BigEndian(prelude.AsSpan(4), headers);
        BinaryPrimitives.WriteUInt32BigEndian(prelude.AsSpan(8), Crc32.Of(prelude.AsSpan(0, 8)));
        Assert.Throws<InvalidDataException>(() => Read([prelude]));
    }

    [Fact]
    public void Headers_OfAllTypes_ArePassedOver()
    {
        byte[] headers =
        [
            1, (byte)'a', 0, 1, (byte)'b', 1, 1, (byte)'c', 2, 9, 1, (byte)'d', 3, 0, 9, 1, (byte)'e', 4, 0, 0, 0, 9, 1, (byte)'f', 5, 0, 0, 0, 0, 0, 0, 0, 9,
            1, (byte)'g', 6, 0, 2, 1, 2, 1, (byte)'h', 8, 0, 0, 0, 0, 0, 0, 0, 9, 1, (byte)'i', 9, .. new byte[16], 1, (byte)'z', 7, 0, 2, (byte)'o', (byte)'k'
        ];
        Assert.Equal("ok", Assert.Single(Read([Framed(headers, [])]))["z"]);
        Assert.Throws<InvalidDataException>(() => Read([Framed([1, (byte)'a', 10], [])]));
        Assert.Throws<InvalidDataException>(() => Read([Framed([5, (byte)'a'], [])]));
        Assert.Throws<InvalidDataException>(() => Read([Framed([1, (byte)'a', 7, 0, 9, 1], [])]));
    }

    [Fact]
    public void AnyBytes_AreReadOrRefused_AndNeverAnythingElse()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<byte[]>(), (headers, payload) => IsReadOrRefused(Framed(headers, payload))).QuickCheckThrowOnFailure();
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), noise => IsReadOrRefused([.. Frame("x"), .. noise])).QuickCheckThrowOnFailure();

        static bool IsReadOrRefused(byte[] bytes)
        {
            try
            {
                return Read([bytes]).Count > 0;
            }
            catch (InvalidDataException)
            {
                return true;
            }
        }
    }

    [Fact]
    public void Stream_EndingInsideAFrame_IsAnError() => Assert.Throws<InvalidDataException>(() => Read([Frame("x")[..^1]]));

    internal static byte[] Frame(string payload) => Framed([13, .. ":message-type"u8, 7, 0, 5, .. "event"u8], Encoding.UTF8.GetBytes(payload));

    private static byte[] Framed(byte[] headers, byte[] payload)
    {
        var frame = new byte[16 + headers.Length + payload.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)frame.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(4), (uint)headers.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(8), Crc32.Of(frame.AsSpan(0, 8)));
        headers.CopyTo(frame, 12);
        payload.CopyTo(frame, 12 + headers.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(frame.Length - 4), Crc32.Of(frame.AsSpan(0, frame.Length - 4)));
        return frame;
    }

    private static IEnumerable<string> Texts(IEnumerable<EventFrame> frames) => frames.Select(f => Encoding.UTF8.GetString(f.Payload));

    // Without a pipe: what the reader does with what has come, part by part.
    private static List<EventFrame> Read(IEnumerable<byte[]> parts)
    {
        List<EventFrame> frames = [];
        byte[] left = [];
        foreach (var part in parts)
        {
            var buffer = new ReadOnlySequence<byte>([.. left, .. part]);
            while (EventStreamReader.TryTake(ref buffer) is { } frame)
                frames.Add(frame);
            left = buffer.ToArray();
        }
        return left.Length == 0 ? frames : throw new InvalidDataException("The stream ends inside a frame.");
    }

    private static async Task<List<EventFrame>> ReadAsync(IReadOnlyList<byte[]> parts)
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        foreach (var part in parts)
            await pipe.Writer.WriteAsync(part);
        await pipe.Writer.CompleteAsync();
        List<EventFrame> frames = [];
        await foreach (var frame in EventStreamReader.ReadAsync(pipe.Reader, default))
            frames.Add(frame);
        return frames;
    }
}
