using System.Globalization;
using System.IO.Compression;
using System.Text;
using FlinkDashboard.Gateways;
using FlinkDashboard.Model.Logs;

namespace FlinkDashboard.State.Logs;

/// <summary>
/// Reads an archive: gzip text from its beginning to its end, of which the last lines of the window are kept. Bounded in characters and time, and says so.
/// </summary>
internal sealed class ArchiveReader(string address, LogView view, Func<CancellationToken, Task<Stream>> open, TimeProvider time, int room) : LogReader
{
    /// <summary>Most characters of text that are read.</summary>
    public const long MostCharacters = 1_000_000_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Told = TimeSpan.FromSeconds(1);
    private readonly string source = StreamName.PodOf(address.EndsWith(".gz", StringComparison.Ordinal) ? address[..^3] : address) ?? address;

    /// <inheritdoc/>
    public override string Words => $"Archive {address}";

    /// <inheritdoc/>
    public override async Task RunAsync(LogFeed feed, CancellationToken stop)
    {
        var limit = view.Tail ?? room;
        var (began, told, characters, dropped) = (time.GetTimestamp(), time.GetTimestamp(), 0L, 0L);
        Queue<string> kept = [];
        string? end = null;
        try
        {
            await using var content = await open(stop);
            using var reader = new StreamReader(new GZipStream(content, CompressionMode.Decompress), Encoding.UTF8);
            var lines = new BoundedLines(reader, EntryFold.LongestLine * 4, MostCharacters);
            while (await lines.NextAsync(stop) is { } line && time.GetElapsedTime(began) <= Patience)
            {
                if (!IsWithin(line))
                    continue;
                kept.Enqueue(line);
                characters += line.Length;
                // As much as a view holds: so many lines of 1,000 characters on the average.
                while (kept.Count > limit || (characters > room * 1_000L && kept.Count > 1))
                {
                    characters -= kept.Dequeue().Length;
                    dropped++;
                }
                if (time.GetElapsedTime(told) > Told)
                {
                    told = time.GetTimestamp();
                    feed.Say(s => s with { Problem = null });
                }
            }
            if (lines.IsCut || time.GetElapsedTime(began) > Patience)
                end = string.Create(CultureInfo.InvariantCulture, $"The archive goes on: it was read for {lines.Read / 1_000_000:N0} million characters. A download has all of it.");
        }
        catch (Exception e) when (e is InvalidDataException or IOException or HttpRequestException)
        {
            end = $"The archive cannot be read further: {e.Message}";
        }
        Show(feed, kept, dropped, end);
    }

    /// <inheritdoc/>
    public override Task OlderAsync(LogFeed feed, CancellationToken stop) => Task.CompletedTask;

    private DateTimeOffset? lastTime;

    // Lines without a time of their own belong to the one before.
    private bool IsWithin(string line)
    {
        if (view.From is null && view.To is null)
            return true;
        lastTime = LogLayout.Of(line, lastTime ?? DateTimeOffset.UnixEpoch)?.Time ?? lastTime;
        return lastTime is null || (!(lastTime < view.From) && !(lastTime >= view.To));
    }

    private void Show(LogFeed feed, Queue<string> kept, long dropped, string? end)
    {
        List<FoldedEntry> entries = [];
        var fold = new EntryFold(source);
        foreach (var line in kept)
            fold.Read(new(null, line), entries);
        fold.Flush(entries);
        var first = entries.Count > 0 ? entries[0].Order : 0;
        if (dropped > 0)
            entries.Insert(0, new(LogMark.Gap(new(first, TimeSpan.Zero), source, string.Create(CultureInfo.InvariantCulture, $"{dropped:N0} earlier lines of the archive are not shown: a view holds {kept.Count:N0}. A window of time or a download has them.")), first));
        if (end is not null)
            entries.Add(new(LogMark.Gap(new(Math.Max(fold.Order, 0), TimeSpan.Zero), source, end), Math.Max(fold.Order, 0)));
        feed.Put(entries, s => s with
        {
            State = end is null || kept.Count > 0 ? LogFeedState.Ended : LogFeedState.Failed,
            Problem = end is not null && kept.Count == 0 ? end : null,
            Older = dropped > 0 ? OlderLines.NoRoom : OlderLines.None,
            Missed = dropped
        });
    }
}
