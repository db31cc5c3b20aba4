using System.IO.Compression;
using System.Text;
using FlinkDashboard.Model.Logs;
using FlinkDashboard.State.Logs;

namespace FlinkDashboard.Tests.State.Logs;

/// <summary>Archives of the log sidecar.</summary>
public sealed class ArchiveFeedTests : IAsyncLifetime
{
    private LogStage stage = null!;

    public async Task InitializeAsync() => stage = await LogStage.StartAsync(1_000);

    public async Task DisposeAsync() => await stage.DisposeAsync();

    [Fact]
    public async Task Archive_IsReadToItsEnd_AndItsLastLinesKept()
    {
        var feed = Open(Enumerable.Range(0, 3_000).Select(i => $"2026-11-24 16:{i / 60 % 60:d2}:{i % 60:d2},000 INFO  a.B [] - line {i}"));
        using var look = feed.Subscribe(() => { });
        await feed.UntilAsync(s => s.State == LogFeedState.Ended);
        Assert.Equal(Enumerable.Range(2_000, 1_000).Select(i => $"line {i}"), feed.Lines());
        Assert.Equal(("orders-taskmanager-1-1", 2_000L, OlderLines.NoRoom), (feed.Now.Entries[1].Source, feed.Now.Missed, feed.Now.Older));
        Assert.StartsWith("2,000 earlier lines of the archive are not shown", Assert.Single(feed.Marks()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Window_OfAnArchive_IsCutOut_WithItsTraces()
    {
        var start = new DateTimeOffset(2026, 11, 24, 16, 0, 0, TimeSpan.Zero);
        var feed = Open(["2026-11-24 16:00:00,000 INFO  a.B [] - before", "\tbelongs to it", "2026-11-24 16:00:10,000 ERROR a.B [] - within", "\tat a.B", "2026-11-24 16:00:20,000 INFO  a.B [] - after"], new(start.AddSeconds(5), start.AddSeconds(15), false));
        using var look = feed.Subscribe(() => { });
        await feed.UntilAsync(s => s.State == LogFeedState.Ended);
        Assert.Equal(("within", 1), (Assert.Single(feed.Now.Entries).Text, feed.Now.Entries[0].More.Count));
    }

    [Fact]
    public async Task Archive_ThatIsDamaged_ShowsWhatCanBeRead()
    {
        var whole = Compressed(Enumerable.Range(0, 5_000).Select(i => $"line {i} {i * 7919L % 104729}"));
        var feed = stage.Hub.OpenArchive(Place, new(), _ => Task.FromResult<Stream>(new MemoryStream(whole[..(whole.Length / 2)])));
        using var look = feed.Subscribe(() => { });
        await feed.UntilAsync(s => s.State == LogFeedState.Ended);
        var text = stage.Hub.OpenArchive(Place with { Address = "s3://b/x" }, new(), _ => Task.FromResult<Stream>(new MemoryStream("no gzip"u8.ToArray())));
        using var second = text.Subscribe(() => { });
        await text.UntilAsync(s => s.State == LogFeedState.Failed);
        Assert.StartsWith("The archive cannot be read further:", text.Now.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Archive_ThatIsABomb_TakesNoMoreRoomThanAView()
    {
        // 200 MB of a single line, and then lines of 60,000 characters each: 300 KB as it is stored.
        using var bytes = new MemoryStream();
        using (var gz = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            var (piece, line) = (new byte[1_000_000], new byte[60_000]);
            Array.Fill(piece, (byte)'x');
            Array.Fill(line, (byte)'y');
            line[^1] = (byte)'\n';
            for (var i = 0; i < 200; i++)
                gz.Write(piece);
            gz.WriteByte((byte)'\n');
            for (var i = 0; i < 100; i++)
                gz.Write(line);
        }
        Assert.InRange(bytes.Length, 1, 3_000_000);
        var feed = stage.Hub.OpenArchive(Place, new(), _ => Task.FromResult<Stream>(new MemoryStream(bytes.ToArray())));
        using var look = feed.Subscribe(() => { });
        await feed.UntilAsync(s => s.State == LogFeedState.Ended, 60);
        Assert.InRange(feed.Now.Entries.Sum(e => (long)e.Text.Length), 1, 2_000_000); // a view of 1,000 lines holds a million characters
        Assert.InRange(feed.Now.Missed, 80, 101);
    }

    private static LogPlace Place => new(LogWay.Archive, "team", "orders", Address: "s3://bucket/logs/orders-taskmanager-1-1/STDOUT.gz");

    private LogFeed Open(IEnumerable<string> lines, LogView? view = null)
    {
        var content = Compressed(lines);
        return stage.Hub.OpenArchive(Place, view ?? new(), _ => Task.FromResult<Stream>(new MemoryStream(content)));
    }

    private static byte[] Compressed(IEnumerable<string> lines)
    {
        using var bytes = new MemoryStream();
        using (var gz = new GZipStream(bytes, CompressionMode.Compress))
            gz.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        return bytes.ToArray();
    }
}
