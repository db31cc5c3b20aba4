using FlinkDashboard.Model.Logs;
using FlinkDashboard.Ui.Formats;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FlinkDashboard.Ui.Logs;

/// <summary>What the browser measures and tells.</summary>
/// <param name="Columns">Characters that fit beside the head of a row.</param>
/// <param name="Lead">1 when the head stands above the text.</param>
/// <param name="Wrap">What the reader chose.</param>
/// <param name="Sight">Lines in sight.</param>
/// <param name="Zone">IANA name of the time zone.</param>
/// <param name="Offset">Minutes before UTC, as JavaScript counts, for zones the server does not know.</param>
public sealed record LogMeasure(int Columns, int Lead, bool Wrap, int Sight, string? Zone, int Offset);

public sealed partial class LogScreen
{
    private const string Script = "./js/logs.js";

    private ElementReference _host;
    private DotNetObjectReference<LogScreen>? _self;
    private IJSObjectReference? _module;
    private IJSObjectReference? _screen;
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private IReadOnlyList<LogEntry> _picked = [];
    private string? _pickedNote;
    private string? _reveal;
    private string _said = "";
    private bool _ready;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    /// <summary>The browser has measured, first or anew.</summary>
    [JSInvokable]
    public async Task Measured(LogMeasure measure)
    {
        var first = !_ready;
        (_ready, _sight, _sheet) = (true, Math.Clamp(measure.Sight, 5, 200), new(Math.Max(20, measure.Columns), measure.Lead, measure.Wrap));
        _zone = ZoneOf(measure);
        Redraw();
        if (first)
            await ZoneKnown.InvokeAsync(_zone);
    }

    /// <summary>One has scrolled.</summary>
    /// <param name="top">First line of text in sight.</param>
    /// <param name="sight">Lines in sight.</param>
    /// <param name="atEnd">The end is in sight.</param>
    [JSInvokable]
    public async Task View(int top, int sight, bool atEnd)
    {
        (_top, _sight) = (Math.Max(0, top), Math.Clamp(sight, 5, 200));
        Follow(atEnd && !_paused);
        Redraw();
        if (top <= 2)
            await OlderWanted.InvokeAsync();
    }

    /// <summary>Opens or folds the lines of an entry.</summary>
    [JSInvokable]
    public void Toggle(string id)
    {
        if (!_open.Remove(id))
            _open.Add(id);
        Follow(false);
        Redraw();
    }

    /// <summary>What stands in the narrow columns, in full: exact time, source, logger.</summary>
    [JSInvokable]
    public string Facts(string id) => IndexOf(id) is >= 0 and var at ? LineText.Facts(_sieve.Shown[at]) : "";

    /// <summary>Picks a line, or all from the one picked before.</summary>
    [JSInvokable]
    public void Pick(string id, bool range)
    {
        if (IndexOf(id) is not (>= 0 and var to))
            return;
        var from = range && _picked.Count > 0 && IndexOf(_picked[0].Id) is >= 0 and var start ? start : to;
        Pick(Math.Min(from, to), Math.Max(from, to));
    }

    /// <summary>Picks the line before or after; nothing picked: the first in sight.</summary>
    [JSInvokable]
    public void Walk(int step)
    {
        if (_sieve.Shown.Count == 0)
            return;
        var here = _picked.Count > 0 ? IndexOf(_picked[^1].Id) : -1;
        var to = here < 0 ? _geometry.RowAt(_top + (_following ? _sight - 1 : 0)) : Math.Clamp(here + step, 0, _sieve.Shown.Count - 1);
        Pick(to, to);
        _reveal = _sieve.Shown[to].Id;
        if (to < _window.First || to >= _window.First + _window.Count)
            GoTo(to);
        Redraw();
    }

    /// <summary>Opens or folds the picked line.</summary>
    [JSInvokable]
    public void ToggleHere()
    {
        if (_picked.Count == 1 && _picked[0].More.Count > LogGeometry.FewLines)
            Toggle(_picked[0].Id);
    }

    /// <summary>Goes to the next match (1) or the one before (-1).</summary>
    [JSInvokable]
    public void Step(int step)
    {
        if (Filter.Search.IsEmpty || _sieve.Shown.Count == 0)
            return;
        var (count, here) = (_sieve.Shown.Count, _found is null ? -1 : IndexOf(_found));
        if (here < 0)
            here = _geometry.RowAt(_top + _sight / 2) - step;
        for (var i = 1; i <= count; i++)
        {
            var at = ((here + step * i) % count + count) % count;
            if (_sieve.Shown[at].Kind != LogEntryKind.Line || !Filter.IsMatch(_sieve.Shown[at]))
                continue;
            _found = _sieve.Shown[at].Id;
            GoTo(at);
            _said = LineText.Spoken(_sieve.Shown[at]);
            Redraw();
            return;
        }
    }

    /// <summary>The picked lines as text.</summary>
    [JSInvokable]
    public string PickedText() => string.Join('\n', _picked.Select(LineText.Of));

    /// <summary>Drops the selection.</summary>
    [JSInvokable]
    public void Unpick()
    {
        (_picked, _pickedNote) = ([], null);
        Redraw();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _self?.Dispose();
        try
        {
            if (_screen is not null)
                await _screen.InvokeVoidAsync("destroy");
            if (_screen is not null)
                await _screen.DisposeAsync();
            if (_module is not null)
                await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and its listeners with it.
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        try
        {
            if (firstRender)
            {
                _self = DotNetObjectReference.Create(this);
                _module = await Js.InvokeAsync<IJSObjectReference>("import", Assets[Script]);
                _screen = await _module.InvokeAsync<IJSObjectReference>("create", _host, _self);
            }
            if (_reveal is { } id && _screen is not null)
            {
                _reveal = null;
                await _screen.InvokeVoidAsync("reveal", id);
            }
        }
        catch (JSDisconnectedException)
        {
            // The page is gone.
        }
    }

    private void Pick(int from, int to)
    {
        const int Most = 5_000;
        Follow(false);
        _picked = [.. _sieve.Shown.Skip(from).Take(Math.Min(to - from + 1, Most)).Where(entry => entry.Kind == LogEntryKind.Line)];
        _pickedNote = to - from >= Most ? $"the first {Most:N0}" : null;
        _said = _picked.Count == 1 ? LineText.Spoken(_picked[0]) : Amounts.Plural(_picked.Count, "line") + " picked";
        Redraw();
    }

    private void Pause()
    {
        if (_paused)
        {
            Resume();
            return;
        }
        (_paused, _held, _ahead) = (true, Entries, null);
        Redraw();
    }

    private void Resume()
    {
        (_paused, _held, _ahead) = (false, null, null);
        Follow(true);
        Redraw();
    }

    private void FollowAsync()
    {
        (_paused, _held, _ahead) = (false, null, null);
        Follow(true);
        Redraw();
    }

    private void Follow(bool on)
    {
        if (_following && !on && _sieve.Shown.Count > 0)
            _left = _sieve.Shown[^1];
        if (on)
            (_left, _fresh, _passed) = (null, 0, _following ? _passed : 0);
        _following = on;
    }

    private void Redraw()
    {
        Look(forced: true);
        StateHasChanged();
    }

    private static TimeZoneInfo ZoneOf(LogMeasure measure) =>
        measure.Zone is { } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone
            : TimeZoneInfo.CreateCustomTimeZone("reader", TimeSpan.FromMinutes(Math.Clamp(-measure.Offset, -14 * 60, 14 * 60)), null, null);
}
