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

/// <summary>Where the browser comes in: it measures and scrolls, and tells how large the window is and where in it one looks.</summary>
public sealed partial class LogScreen
{
    private const string Script = "./js/logs.js";

    private ElementReference _host;
    private DotNetObjectReference<LogScreen>? _self;
    private IJSObjectReference? _module;
    private IJSObjectReference? _screen;
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private string? _reveal;
    private bool _ready;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    /// <summary>The browser has measured, first or anew.</summary>
    [JSInvokable]
    public void Measured(LogMeasure measure)
    {
        (_ready, _sight, _sheet) = (true, Math.Clamp(measure.Sight, 5, 200), new(Math.Max(20, measure.Columns), measure.Lead, measure.Wrap));
        _zone = ZoneOf(measure);
        Redraw();
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

    private void Redraw()
    {
        Look(forced: true);
        StateHasChanged();
    }

    private static TimeZoneInfo ZoneOf(LogMeasure measure) =>
        measure.Zone is { } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone
            : TimeZoneInfo.CreateCustomTimeZone("reader", TimeSpan.FromMinutes(Math.Clamp(-measure.Offset, -14 * 60, 14 * 60)), null, null);
}
