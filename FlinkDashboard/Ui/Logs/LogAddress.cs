using System.Globalization;
using FlinkDashboard.Model;
using FlinkDashboard.Model.Logs;
using FlinkDashboard.State.Logs;
using FlinkDashboard.Ui.Menu;

namespace FlinkDashboard.Ui.Logs;

/// <summary>What a query string says about a log: which, from when to when, what of it. Read once for each query string, so that "the last hour" does not become another view with each second.</summary>
/// <param name="Place">Which log.</param>
/// <param name="View">Which part of it is read.</param>
/// <param name="Window">The range of time; null: the newest lines.</param>
/// <param name="Line">A line to go to.</param>
/// <param name="At">A moment to go to.</param>
public sealed record LogAddress(LogPlace Place, LogView View, TimeWindow? Window, string? Line, DateTimeOffset? At)
{
    /// <summary>Keys that choose the log itself; all others say what is shown of it.</summary>
    public static readonly string[] PlaceKeys = ["way", "ns", "name", "pods", "container", "previous", "group", "stream", "address", "output"];

    private static readonly TimeSpan Around = TimeSpan.FromSeconds(30);

    /// <summary>Reads a query string.</summary>
    /// <param name="query">The query.</param>
    /// <param name="ns">Namespace that the page gives; null: the query's.</param>
    /// <param name="name">Application that the page gives; null: the query's.</param>
    /// <param name="now">Now.</param>
    public static LogAddress Of(PageQuery query, string? ns, string? name, DateTimeOffset now)
    {
        var way = query["way"] switch { "cloudwatch" => LogWay.CloudWatch, "archive" => LogWay.Archive, _ => LogWay.Pods };
        var place = new LogPlace(way, ns ?? query["ns"], name ?? query["name"], query.Many("pods"))
        {
            Container = way == LogWay.Pods ? query["container"] : null,
            Previous = way == LogWay.Pods && query["previous"] == "1",
            Group = way == LogWay.CloudWatch ? query["group"] : null,
            StreamPrefix = way == LogWay.CloudWatch ? query["stream"] : null,
            Address = way == LogWay.Archive ? query["address"] : null,
            Output = way == LogWay.CloudWatch ? query["output"] switch { "stdout" => "STDOUT", "stderr" => "STDERR", _ => null } : null,
        };
        var window = WindowOf(query, now);
        var pattern = way == LogWay.CloudWatch ? query["pattern"] : null;
        var view = window is null ? new LogView(Pattern: pattern) : new LogView(window.From, window.IsLive ? null : window.To, window.IsLive, pattern);
        return new(place, view, window, query["line"], TimeWindow.Read(query["at"], now));
    }

    /// <summary>The filter that a query string says; keeps the search of an earlier one when it is the same.</summary>
    public static LogFilter FilterOf(PageQuery query, LogFilter before)
    {
        var (text, isPattern) = (query["q"] ?? "", query["re"] == "1");
        var search = before.Search.Text == text && before.Search.IsPattern == isPattern ? before.Search : LogSearch.Of(text, isPattern);
        var least = query["sev"] switch { "error" => LogSeverity.Error, "warn" => LogSeverity.Warn, "info" => LogSeverity.Info, _ => LogSeverity.Unknown };
        return new(search, query["only"] != "0", least, query["logger"] ?? "");
    }

    /// <summary>The address of a line: the same page and log, with half a minute before and after.</summary>
    public static PageQuery Permalink(PageQuery query, LogEntry line) => query.With("from", Exact(line.Time - Around)).With("to", Exact(line.Time + Around)).With("at", null).With("line", line.Id);

    /// <summary>The address of a moment in a log group: half a minute before and after it.</summary>
    /// <param name="group">Log group.</param>
    /// <param name="stream">Its stream; null: all.</param>
    /// <param name="at">The moment.</param>
    public static string Moment(string group, string? stream, DateTimeOffset at) => Between(group, stream, at - Around, at + Around).With("at", at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)).On("/logs");

    /// <summary>The query string of a span of time of a log group.</summary>
    public static PageQuery Between(string group, string? stream, DateTimeOffset from, DateTimeOffset to) =>
        PageQuery.Empty.With("way", "cloudwatch").With("group", group).With("stream", stream).With("from", Exact(from)).With("to", Exact(to));

    /// <summary>The words of a way in a query string.</summary>
    public static string Word(LogWay way) => way.ToString().ToLowerInvariant();

    private static TimeWindow? WindowOf(PageQuery query, DateTimeOffset now)
    {
        if (query["from"] is not null || query["to"] is not null)
            return TimeWindow.Of(query["from"], query["to"], now);
        return LogId.TimeOf(query["line"]) is { } time ? TimeWindow.Between(time - Around, time + Around) : null;
    }

    private static string Exact(DateTimeOffset instant) => TimeWindow.Text(instant);
}
