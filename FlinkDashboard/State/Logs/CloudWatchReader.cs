using System.Globalization;
using System.Threading.Channels;
using FlinkDashboard.Gateways.CloudWatchLogs;
using FlinkDashboard.Model.Logs;

namespace FlinkDashboard.State.Logs;

/// <summary>
/// Reads a view from CloudWatch: backwards from the end of the window in pieces, so that the newest lines come first however sparse the pattern, and, live, on
/// from there with the session that all views of the same streams share.
/// </summary>
internal sealed partial class CloudWatchReader(CloudScope scope, LogView view, CloudWatchLogsApi api, TailHub tails, TimeProvider time, int room) : LogReader
{
    private const int TailOfLive = 1_000;
    private const int MostWaiting = 256; // updates of about a second
    private readonly Channel<TailNews> news = Channel.CreateBounded<TailNews>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly Dictionary<string, EntryFold> folds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LogEntry> orphans = new(StringComparer.Ordinal);
    private readonly EventLedger ledger = new(Math.Max(room * 2, 50_000));
    private long missed;
    private long oldest;
    private TimeSpan piece = FirstPiece;

    /// <inheritdoc/>
    public override string Words => $"CloudWatch {scope.Group}{(scope.Prefixes.Count > 0 ? $", streams {string.Join(" and ", scope.Prefixes)}…" : "")}{(view.Pattern is { } p ? $", pattern {p}" : "")}";

    /// <inheritdoc/>
    public override async Task RunAsync(LogFeed feed, CancellationToken stop)
    {
        using var membership = view.IsLive ? tails.Join(scope, view.Pattern, Hear) : null;
        oldest = (view.To ?? time.GetUtcNow()).ToUnixTimeMilliseconds() + (view.To is null ? 1 : 0);
        var isRead = await BackfillAsync(feed, stop);
        if (!view.IsLive)
        {
            if (isRead)
                feed.Say(s => s with { State = LogFeedState.Ended });
            return;
        }
        var pass = ledger.Begin();
        await foreach (var told in news.Reader.ReadAllAsync(stop))
            Take(feed, told, pass);
    }

    // False: what is said of the failure stays.
    private async Task<bool> BackfillAsync(LogFeed feed, CancellationToken stop)
    {
        var backoff = new Backoff(new Random(1));
        while (true)
        {
            try
            {
                var wanted = view.Tail ?? (view.IsLive ? TailOfLive : room);
                await ReadBackAsync(feed, wanted, view.IsLive ? Patience : LongPatience, stop);
                feed.Say(s => s with { Problem = null });
                return true;
            }
            catch (CloudWatchLogsException e) when (e.IsTransient)
            {
                feed.Say(s => s with { State = LogFeedState.Paused, Problem = $"{e.Message} It is tried again." });
                await Task.Delay(backoff.Next(), time, stop);
            }
            catch (CloudWatchLogsException e)
            {
                feed.Say(s => s with { State = LogFeedState.Failed, Problem = e.Message });
                if (view.IsLive)
                    feed.Put([Marked(LogMark.Gap(time.GetUtcNow(), "", $"What was written before cannot be read. {e.Message}"))]);
                return false;
            }
        }
    }

    /// <inheritdoc/>
    public override async Task OlderAsync(LogFeed feed, CancellationToken stop)
    {
        try
        {
            await ReadBackAsync(feed, (int)Math.Min(TailOfLive, feed.Room), Patience, stop);
        }
        catch (CloudWatchLogsException e)
        {
            feed.Say(s => s with { Problem = $"Older lines could not be read. {e.Message}" });
        }
    }

    // Called by the session, which must not wait for one slow view.
    private void Hear(TailNews told)
    {
        if (!news.Writer.TryWrite(told))
            Interlocked.Add(ref missed, told.Events.Count);
    }

    private void Take(LogFeed feed, TailNews told, EventLedger.Pass pass)
    {
        List<FoldedEntry> entries = [];
        var lost = Interlocked.Exchange(ref missed, 0);
        if (lost > 0)
            entries.Add(Marked(LogMark.Gap(time.GetUtcNow(), "", string.Create(CultureInfo.InvariantCulture, $"{lost:N0} lines are missing here: they came faster than this server could take them."))));
        if (told.Mark is { } mark)
            entries.Add(Marked(mark.IsGap ? LogMark.Gap(mark.At, "", mark.Text) : LogMark.Note(mark.At, "", mark.Text)));
        lock (ledger)
            Fold(folds, told.Events.Where(e => scope.SourceOf(e.Stream) is not null && pass.IsNew(e)), entries);
        feed.Put(entries, s => s with { State = told.State, Problem = told.Problem, IsSampled = told.IsSampled, Missed = s.Missed + lost });
    }

    private void Fold(Dictionary<string, EntryFold> into, IEnumerable<CloudEvent> events, List<FoldedEntry> entries)
    {
        HashSet<EntryFold> touched = [];
        foreach (var e in events)
        {
            var (source, message) = LogJson.Unwrapped(e.Message) is { } wrapped ? (wrapped.Pod, wrapped.Line) : (scope.SourceOf(e.Stream) ?? e.Stream, e.Message);
            var key = $"{e.Stream}\n{source}";
            if (!into.TryGetValue(key, out var fold))
                into[key] = fold = new(source);
            touched.Add(fold);
            foreach (var line in message.TrimEnd('\n').Split('\n'))
                fold.Read(new(DateTimeOffset.FromUnixTimeMilliseconds(e.Timestamp), line), entries);
        }
        foreach (var fold in touched)
            fold.Flush(entries);
    }

    private static FoldedEntry Marked(LogEntry mark) => new(mark, mark.Time.UtcTicks);
}
