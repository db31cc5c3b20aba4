using FlinkDashboard.Model;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Logs;
using FlinkDashboard.State.Logs;
using FlinkDashboard.Ui.Formats;
using FlinkDashboard.Ui.Live;
using FlinkDashboard.Ui.Menu;
using FlinkDashboard.Ui.Ranges;
using Microsoft.AspNetCore.Components;

namespace FlinkDashboard.Ui.Logs;

/// <summary>Opens what the address says, follows it, and keeps what was read when the source is lost.</summary>
public sealed partial class LogPanel
{
    private static readonly TimeSpan RightsLife = TimeSpan.FromSeconds(30);

    private LogAddress _address = null!;
    private LogFilter _filter = LogFilter.None;
    private LogSnapshot _snapshot = LogSnapshot.Empty;
    private LogOffer? _offer;
    private OpenedLog? _opened;
    private IDisposable? _subscription;
    private Action _mark = () => { };
    private IReadOnlySet<string>? _there;
    private PlaceStreams _streams = PlaceStreams.None;
    private string? _goneProblem;
    private string _read = "?";
    private string? _openedFor;
    private string? _streamsFor;
    private string _download = "";
    private string? _trouble;
    private string _tone = "";
    private string _screen = "";
    private bool _mayCount;
    private bool _live;
    private bool _lost;
    private DateTimeOffset _openedAt;
    private DateTimeOffset? _lastLive;

    /// <summary>Namespace of the application; null: the address says which log.</summary>
    [Parameter] public string? Namespace { get; set; }

    /// <summary>The application or session cluster.</summary>
    [Parameter] public string? Name { get; set; }

    /// <summary>The page, for links that change what is shown.</summary>
    [Parameter, EditorRequired] public string Path { get; set; } = "";

    /// <summary>The page chooses the range, and this is meant when the address names none; null: it is chosen here, and the newest lines are meant.</summary>
    [Parameter] public string? Usual { get; set; }

    [Inject]
    private ClusterView Cluster { get; set; } = null!;

    [Inject]
    private LogDoor Door { get; set; } = null!;

    /// <inheritdoc/>
    protected override TimeSpan Pace => TimeSpan.FromMilliseconds(200);

    // Pods that only CloudWatch still knows, and those that have ended while one looked.
    private IReadOnlyList<string> Gone => [.. _streams.Gone.Select(pod => pod.Name).Concat(_address.Place.Way == LogWay.Pods && _there is { } there ? _snapshot.Sources.Select(source => source.Name).Where(name => !there.Contains(name)) : []).Distinct(StringComparer.Ordinal)];

    private string Label => _address.Place.Name ?? _address.Place.Group ?? _address.Place.Address ?? "log";

    private string Who => _opened is { IsBeyond: true } ? "" : $"Whoever may get pods/log {(_address.Place is { Namespace: { } ns, Group: null } ? $"in namespace {ns}" : "in all namespaces")} sees them.";

    private string StateText => _snapshot.State switch
    {
        LogFeedState.Live => "live",
        LogFeedState.Connecting => "reading…",
        LogFeedState.Paused => "waiting",
        LogFeedState.Ended => _live ? "ended" : "read to its end",
        _ => "not reached",
    };

    // A view that is full, or long, is a large file.
    private string Download => _snapshot.Dropped > 0 || _snapshot.Older == OlderLines.NoRoom || _address.Window?.Length > TimeSpan.FromHours(6) ? _download + "&gz=1" : _download;

    private string OlderText => _snapshot.Older switch
    {
        OlderLines.Loading => "Older lines are being read…",
        OlderLines.None when _snapshot.State is not LogFeedState.Connecting && _snapshot.Count > 0 => _address.Window is null ? "The log begins here" : "The window begins here",
        OlderLines.NoRoom => "There are older lines; this view is full. A window of time shows them",
        OlderLines.Possible when _snapshot.Count > 0 => "Scroll up for older lines",
        _ => "",
    };

    // The kubelet's own words tell of one container, and not what that means.
    private string? Why => _address.Place.Previous && _snapshot.Problem?.Contains("previous terminated container", StringComparison.Ordinal) == true
        ? "No container of these pods has been restarted: there is no run before this one. A pod that was replaced took its runs with it." : _snapshot.Problem;

    private string NothingText => _address.View.Pattern is not null ? "No line of this window matches the pattern." : _address.Window is null ? "It has written nothing yet." : "Nothing was written in this window.";

    // What the drawing of the lines over time knows; the moment itself when nothing is read yet.
    private DateTimeOffset? ReadFrom => _snapshot switch
    {
        { State: LogFeedState.Ended or LogFeedState.Live, Older: OlderLines.None, Dropped: 0 } => null,
        { Dropped: > 0, Count: > 0 } => _snapshot.Entries[0].Time,
        { SearchedTo: { } searched } => searched,
        { Count: > 0 } => _snapshot.Entries[0].Time,
        _ => _address.Window?.To ?? Now,
    };

    private string? AllCounted => _mayCount && _address.Place.Way == LogWay.CloudWatch && (_address.Place.Group ?? _offer?.Group) is { } group ? InsightsLinks.CountAll(group, _address.Place, _address.Window ?? TimeWindow.Of(null, null, Now)) : null;

    private string? Elsewhere => _address.Place.Way == LogWay.Pods && _offer?.CloudWatch is not null ? Query.With("way", "cloudwatch").With("container", null).With("previous", null).On(Path) : null;

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Listen(mark =>
        {
            _mark = mark;
            return new Ending(Close);
        });
        Listen(Cluster.Subscribe<Pod>);
        Listen(Cluster.Subscribe<FlinkDeployment>);
        Beat(TimeSpan.FromSeconds(1));
    }

    protected override void Project()
    {
        var query = Usual is not null && Query["from"] is null && Query["to"] is null ? Query.With("from", Usual) : Query;
        var wanted = $"{Cluster.User.Identity?.Key} {Namespace} {Name} {query.Only([.. LogAddress.PlaceKeys, "from", "to", "line", "at", "pattern"]).On("")}";
        if (wanted != _read)
            Turn(wanted, query);
        if (_openedFor != _read || Now - _openedAt > RightsLife)
            Behind(OpenAsync);
        else if (_streamsFor != _read && _opened?.Feed is not null && _address.Place is { Way: not LogWay.Pods } and ({ Name: not null } or { Group: not null }))
            Behind(StreamsAsync);
        _filter = LogAddress.FilterOf(Query, _filter);
        _offer = _address.Place is { Namespace: { } ns, Name: { } name } ? Door.OfferOf(ns, name) : null;
        _there = _offer?.Pods.Select(pod => pod.Name).ToHashSet(StringComparer.Ordinal);
        if (_opened?.Feed is { } feed)
            _snapshot = feed.Now;
        Judge();
    }

    // Another log, or another part of it: what was read before is no longer true.
    private void Turn(string wanted, PageQuery query)
    {
        _read = wanted;
        Close();
        (_opened, _snapshot, _lastLive) = (null, LogSnapshot.Empty, null);
        _address = LogAddress.Of(query, Namespace, Name, Now);
        _screen = wanted;
        _live = _address.View is { IsLive: true, To: null } && !_address.Place.Previous && _address.Place.Way != LogWay.Archive;
        (_streams, _goneProblem, _mayCount) = (PlaceStreams.None, null, false);
        _download = query.Only([.. LogAddress.PlaceKeys, "from", "to", "line", "pattern"]).With("ns", _address.Place.Namespace).With("name", _address.Place.Name).On("/logs/download");
    }

    private async Task OpenAsync(CancellationToken stop)
    {
        var wanted = _read;
        var opened = await Door.OpenAsync(_address.Place, _address.View, stop);
        (_openedFor, _openedAt) = (wanted, Now);
        if (wanted == _read)
            Enter(opened);
    }

    // Pods that only CloudWatch still knows, and how its streams are named.
    private async Task StreamsAsync(CancellationToken stop)
    {
        var wanted = _streamsFor = _read;
        try
        {
            var may = await Door.MayQueryAsync(stop);
            var streams = await Door.StreamsAsync(_address.Place, stop);
            if (wanted == _read)
                (_streams, _mayCount) = (streams, may.Allowed);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            // Of a group chosen freely the lines themselves say what is wrong.
            _goneProblem = _address.Place.Group is not null ? null : $"Pods that are gone cannot be listed: {e.Message}";
        }
        Refresh();
    }

    private void Enter(OpenedLog opened)
    {
        if (!ReferenceEquals(opened.Feed, _opened?.Feed))
        {
            Close();
            _subscription = opened.Feed?.Subscribe(_mark);
        }
        _opened = opened;
        Refresh();
    }

    private void Close()
    {
        _subscription?.Dispose();
        _subscription = null;
    }

    private void Judge()
    {
        if (_snapshot.State is LogFeedState.Live or LogFeedState.Ended)
            _lastLive = Now;
        _lost = _snapshot.Count > 0 && _snapshot.State is LogFeedState.Failed or LogFeedState.Paused && _snapshot.Problem is not null && _snapshot.Count > 0;
        _trouble = _snapshot.Problem is { } problem && _snapshot.Count > 0 ? _lost && _lastLive is { } last ? $"{problem} What stands here was read until {Durations.Ago(last, Now)}." : problem : null;
        _tone = _lost || _snapshot.State == LogFeedState.Failed ? "lost" : _snapshot.State == LogFeedState.Live ? "live" : "";
    }

    private Task OlderAsync() => _opened?.Feed?.OlderAsync() ?? Task.CompletedTask;

    private string Link(LogEntry line) => LogAddress.Permalink(Query, line).On(Path);

    private void Narrow((DateTimeOffset From, DateTimeOffset To) range) => Navigation.NavigateTo(RangeAddress.Of(Query, TimeWindow.Between(range.From, range.To)).On(Path));

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
