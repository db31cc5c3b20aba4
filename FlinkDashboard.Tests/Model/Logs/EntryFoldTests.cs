using FlinkDashboard.Model.Logs;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Tests.Model.Logs;

/// <summary>Lines become entries.</summary>
public class EntryFoldTests
{
    private static readonly DateTimeOffset Time = new(2026, 11, 29, 9, 31, 0, TimeSpan.Zero);
    private const string Head = "2026-11-29 09:31:00,000 ERROR a.B [] - ";

    [Fact]
    public void Trace_IsFolded_AcrossReadings()
    {
        var fold = new EntryFold("pod");
        var entries = Read(fold, Head + "failed", "java.lang.IllegalStateException: x", "\tat a.B.c(B.java:1)");
        Assert.Equal(2, Assert.Single(entries).Entry.More.Count);
        var again = Read(fold, "Caused by: y", "\t... 12 more", Head + "next");
        Assert.Equal((2, 4, entries[0].Entry.Id), (again[0].Grown, again[0].Entry.More.Count, again[0].Entry.Id));
        Assert.Equal("next", again[1].Entry.Text);
    }

    [Fact]
    public void PrintedLines_AreEntriesOfTheirOwn()
    {
        Assert.Equal(4, Read(new("pod"), Head + "x", "3> (word,1)", "+I[1, a]", "sink:2> b").Count);
        Assert.Equal(3, Read(new("pod"), "plain one", "plain two", "plain three").Count);
        Assert.Single(Read(new("pod"), Head + "SELECT", "FROM x", "WHERE y"));
    }

    [Fact]
    public void Flood_AfterAHead_DoesNotGrowOneEntryForEver()
    {
        var entries = Read(new("pod"), [Head + "x", .. Enumerable.Range(0, 5_000).Select(i => $"word {i}")]);
        Assert.Equal(50, entries[0].Entry.More.Count);
        Assert.Equal(5_001, entries.Sum(e => 1 + e.Entry.More.Count));
        Assert.All(Read(new("pod"), [Head + "x", .. Enumerable.Range(0, 5_000).Select(i => $"\tat {i}")]), e => Assert.InRange(e.Entry.More.Count, 0, EntryFold.MostLines));
    }

    [Fact]
    public void Orphan_IsAdopted_ByOlderLines()
    {
        var newer = new EntryFold("pod");
        Read(newer, "\tat two", "\tat three", Head + "next");
        Assert.Equal(["\tat two", "\tat three"], (IEnumerable<string>)[newer.Orphan!.Text, .. newer.Orphan.More]);
        var older = new EntryFold("pod");
        List<FoldedEntry> entries = Read(older, Head + "failed", "\tat one");
        Assert.True(older.Adopt(newer.Orphan, entries));
        Assert.Equal(["\tat one", "\tat two", "\tat three"], entries[^1].Entry.More);
        Assert.False(new EntryFold("pod").Adopt(newer.Orphan, entries));
    }

    [Fact]
    public void Ids_AreTheSame_WhereverALineIsReadFrom()
    {
        var (kubelet, cloud) = (new EntryFold("pod"), new EntryFold("pod"));
        var one = Read(kubelet, Head + "x", Head + "x", Head + "y");
        List<FoldedEntry> other = [];
        foreach (var text in (string[])["x", "x", "y"])
            cloud.Read(new(Time.AddSeconds(3), Head + text), other);
        cloud.Flush(other);
        Assert.Equal(one.Select(e => e.Entry.Id), other.Select(e => e.Entry.Id));
        Assert.Equal(3, one.Select(e => e.Entry.Id).Distinct().Count());
        Assert.NotEqual(one[0].Entry.Id, Read(new("other"), Head + "x")[0].Entry.Id);
        Assert.Equal(Time, LogId.TimeOf(one[0].Entry.Id));
        Assert.Null(LogId.TimeOf("nonsense"));
    }

    [Theory]
    [InlineData(-8 * 60, 0)] // Los Angeles
    [InlineData(5 * 60 + 30, 0)] // Delhi
    [InlineData(7, 7)] // no zone: the clock is wrong, the source's counts
    public void LayoutTime_OfAnotherZone_IsSetRight(int minutesOff, int expectedOff)
    {
        List<FoldedEntry> entries = [];
        var fold = new EntryFold("pod");
        fold.Read(new(Time.AddMinutes(-minutesOff), Head + "x"), entries);
        fold.Flush(entries);
        Assert.Equal(expectedOff == 0 ? Time.AddMinutes(-minutesOff) : Time.AddMinutes(-minutesOff), entries[0].Entry.Time);
    }

    [Fact]
    public void LongLine_IsCut_AndSaysSo()
    {
        var entry = Read(new("pod"), Head + new string('x', 100_000))[0].Entry;
        Assert.InRange(entry.Text.Length, EntryFold.LongestLine, EntryFold.LongestLine + 100);
        Assert.EndsWith("more characters are not shown)", entry.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("IOException: token=abcdef", "IOException: token=••••••")]
    [InlineData("password=\"two words\" x", "password=\"••••••\" x")]
    [InlineData("Loading configuration property: s3.secret-key, abc def", "Loading configuration property: s3.secret-key, ••••••")]
    [InlineData("Authorization: Bearer abcdefgh.ijk", "Authorization: Bearer ••••••")]
    [InlineData("got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc back", "got •••••• back")]
    [InlineData("{\\\"secret\\\":\\\"abc\\\"}", "{\\\"secret\\\":\\\"••••••\\\"}")]
    [InlineData("{\"password\":\"ab\\\"cd\",\"a\":1}", "{\"password\":\"••••••\",\"a\":1}")]
    [InlineData("GET /x?X-Amz-Security-Token=abc&y=1", "GET /x?X-Amz-Security-Token=••••••&y=1")]
    [InlineData("checkpoint 17: 12 ms", "checkpoint 17: 12 ms")]
    public void Secrets_AreMasked(string text, string shown) => Assert.Equal(shown, RedactionOfText.OfLine(text));

    private static List<FoldedEntry> Read(EntryFold fold, params string[] lines)
    {
        List<FoldedEntry> entries = [];
        foreach (var line in lines)
            fold.Read(new(Time, line), entries);
        fold.Flush(entries);
        return entries;
    }
}
