using FlinkDashboard.Model.Logs;
using FlinkDashboard.Ui.Formats;
using FlinkDashboard.Ui.Live;
using Microsoft.AspNetCore.Components;

namespace FlinkDashboard.Ui.Logs;

/// <summary>What is shown of a log, and where in it one is: entries become the rows in sight. What the reader does stands in LogScreen.Acts.cs, what the browser measures in LogScreen.Browser.cs.</summary>
public sealed partial class LogScreen
{
    // What a row costs beside its text when it is sent: elements, class names, ids.
    private const int RowBytes = 380;

    private static readonly TimeSpan Telling = TimeSpan.FromSeconds(15);

    private readonly LogSieve _sieve = new();
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private LogSieve? _ahead;
    private IReadOnlyDictionary<string, LogSourceName> _names = new Dictionary<string, LogSourceName>();
    private LineBudget _budget = null!;
    private LogGeometry _geometry = new([], LogSheet.Wide, new HashSet<string>());
    private LogSheet _sheet = LogSheet.Wide;
    private LogWindow _window = LogWindow.Empty;
    private IReadOnlyList<LogRow> _rows = [];
    private IReadOnlyList<LogEntry>? _held;
    private LogEntry? _left;
    private LogEntry? _saidLast;
    private long _saidAt;
    private string? _found;
    private int _top;
    private int _sight = 40;
    private int _labelWidth;
    private int _waiting;
    private int _fresh;
    private long _passed;
    private bool _withDate;
    private bool _following = true;
    private bool _paused;
    private bool _lineSought;
    private bool _draw = true;

    /// <summary>Everything that was read.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<LogEntry> Entries { get; set; } = [];

    /// <summary>Which of it is shown.</summary>
    [Parameter] public LogFilter Filter { get; set; } = LogFilter.None;

    /// <summary>Pods that are there; null when that is not known. Lines of others are marked.</summary>
    [Parameter] public IReadOnlySet<string>? There { get; set; }

    /// <summary>What it is a log of, for those who hear the page.</summary>
    [Parameter] public string Label { get; set; } = "log";

    /// <summary>New lines are to come.</summary>
    [Parameter] public bool IsLive { get; set; }

    /// <summary>Everything of the window is read.</summary>
    [Parameter] public bool IsRead { get; set; }

    /// <summary>Its source is lost: what stands here is old.</summary>
    [Parameter] public bool Stale { get; set; }

    /// <summary>A line to go to, once it is there.</summary>
    [Parameter] public string? Line { get; set; }

    /// <summary>A moment to go to, once the window is read.</summary>
    [Parameter] public DateTimeOffset? At { get; set; }

    /// <summary>Begin of the window; null: the oldest line.</summary>
    [Parameter] public DateTimeOffset? From { get; set; }

    /// <summary>End of the window; null: the newest line.</summary>
    [Parameter] public DateTimeOffset? To { get; set; }

    /// <summary>All lines from this moment on were read; null: all of the window, or of the log.</summary>
    [Parameter] public DateTimeOffset? ReadFrom { get; set; }

    /// <summary>Where all lines of the window are counted; null where nobody can.</summary>
    [Parameter] public string? AllCounted { get; set; }

    /// <summary>A range of time was chosen on the drawing.</summary>
    [Parameter] public EventCallback<(DateTimeOffset From, DateTimeOffset To)> Narrowed { get; set; }

    /// <summary>What stands above the oldest line.</summary>
    [Parameter] public string? OlderText { get; set; }

    /// <summary>Asked for when one comes to the oldest line.</summary>
    [Parameter] public EventCallback OlderWanted { get; set; }

    /// <summary>Address of a line.</summary>
    [Parameter] public Func<LogEntry, string>? Link { get; set; }

    /// <summary>Source, age and what is wrong.</summary>
    [Parameter] public RenderFragment? Status { get; set; }

    /// <summary>Shown when nothing was read.</summary>
    [Parameter] public RenderFragment? Empty { get; set; }

    /// <summary>Shown when the filter hides everything.</summary>
    [Parameter] public RenderFragment? NoMatch { get; set; }

    [Inject]
    private ScreenClock Screen { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private bool IsLineMissing => Line is not null && IsRead && !_lineSought && _sieve.Lines > 0;

    private string Counts => Lines + (_passed > 0 && _following ? $", {Amounts.Count(_passed)} went by too fast to be drawn" : "");

    private string Lines => _sieve.ShownLines == _sieve.Lines ? Amounts.Plural(_sieve.Lines, "line") : $"{Amounts.Count(_sieve.ShownLines)} of {Amounts.Plural(_sieve.Lines, "line")}";

    protected override void OnInitialized()
    {
        _budget = new(Screen.Time);
        _following = Line is null && At is null;
    }

    protected override void OnParametersSet() => _draw = Look(forced: false);

    protected override bool ShouldRender()
    {
        var draw = _draw;
        _draw = true;
        return draw;
    }

    /// <summary>Reads the entries into rows. False when they are left as they are: there was too much to send.</summary>
    private bool Look(bool forced)
    {
        var entries = _held ?? Entries;
        _sieve.Take(entries, Filter);
        _waiting = _paused ? Waiting() : 0;
        Lay();
        if (Sought())
            forced = true;
        if (_following)
            _top = _geometry.Lines - _sight;
        var window = _geometry.Window(_top, _sight, _following ? FollowMargin() : _sight);
        var (rows, cost, passed) = Rows(window);
        if (!forced && !_budget.Take(cost))
            return false;
        _passed += _following ? passed : 0;
        Say(window);
        (_window, _rows, _fresh) = (window, rows, _following || _left is null ? 0 : _sieve.Shown.LinesAfter(_left));
        return true;
    }

    // Those who hear the page are told how much has come, not each line.
    private void Say(LogWindow window)
    {
        if (!IsLive || !_ready || Screen.Time.GetElapsedTime(_saidAt) < Telling)
            return;
        var come = _saidLast is null || window.Count == 0 ? 0 : _sieve.Shown.LinesAfter(_saidLast);
        if (come > 0)
            _said = Amounts.Plural(come, "new line");
        (_saidAt, _saidLast) = (Screen.Time.GetTimestamp(), _sieve.Shown.Count > 0 ? _sieve.Shown[^1] : null);
    }

    private void Lay()
    {
        _geometry = new(_sieve.Shown, _sheet, _open);
        Name();
        _labelWidth = _names.Count > 1 ? _names.Values.Max(name => name.Label.Length) : 0;
        var today = TimeZoneInfo.ConvertTime(Clock.GetUtcNow(), _zone).Date;
        _withDate = _sieve.Shown.Count > 0 && TimeZoneInfo.ConvertTime(_sieve.Shown[0].Time, _zone).Date != today;
    }

    // With one source there is no column.
    private void Name()
    {
        if (_sieve.Sources.Count == _names.Count && _sieve.Sources.All(_names.ContainsKey) && _names.Values.All(name => name.Gone == (There is not null && !There.Contains(LogSourceName.PodOf(name.Source)))))
            return;
        _names = LogSourceName.Of(_sieve.Sources, There);
    }

    // A log that grows by more than a page between two looks is drawn without a margin: nobody scrolls in it now.
    private int FollowMargin() => _rows.Count > 0 && _sieve.Shown.Count > 0 && _sieve.Shown.LinesAfter(_rows[^1].Entry) >= _sight ? 3 : _sight;

    private (List<LogRow> Rows, int Cost, int Passed) Rows(LogWindow window)
    {
        var before = _rows.Select(row => row.Entry.Id).ToHashSet(StringComparer.Ordinal);
        var (rows, cost, fresh) = (new List<LogRow>(window.Count), 0, 0);
        for (var i = window.First; i < window.First + window.Count; i++)
        {
            var row = Row(_sieve.Shown[i]);
            rows.Add(row);
            if (before.Contains(row.Entry.Id))
                continue;
            fresh++;
            cost += RowBytes + row.Entry.Text.Length + (row.Open ? row.Entry.More.Sum(line => line.Length) : 0);
        }
        var come = _rows.Count > 0 && cost > 0 ? _sieve.Shown.LinesAfter(_rows[^1].Entry) : 0;
        return (rows, cost, Math.Max(0, come - fresh));
    }

    private LogRow Row(LogEntry entry) => LogRow.From(entry, _zone, _withDate, _labelWidth > 0 ? _names.GetValueOrDefault(entry.Source) : null, _open.Contains(entry.Id), Filter.Search, MarkOf(entry));

    private string? MarkOf(LogEntry entry) => _picked.Holds(entry) ? "picked" : entry.Id == _found ? "found" : entry.Id == Line ? "here" : null;

    private int Waiting()
    {
        (_ahead ??= new()).Take(Entries, Filter);
        return _held is { Count: > 0 } ? _ahead.Shown.LinesAfter(_held[^1]) : _ahead.ShownLines;
    }
}
