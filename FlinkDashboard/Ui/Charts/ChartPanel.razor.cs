using FlinkDashboard.Model.Metrics;
using FlinkDashboard.Model.Verdicts;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FlinkDashboard.Ui.Charts;

/// <summary>The way from answers to the browser.</summary>
public partial class ChartPanel : IAsyncDisposable
{
    private ElementReference _host;
    private IJSObjectReference? _script;
    private ChartAnswer? _answer;
    private DrawnChart? _drawn;
    private DateTimeOffset _at;
    private ChartAnswer? _next;
    private (MetricChart, string, int, VerdictState?, bool) _given;
    private string _hidden = "";
    private bool _stale, _busy, _draw = true;

    [Inject] private IJSRuntime Js { get; set; } = null!;

    protected override void OnParametersSet()
    {
        // A board that is drawn again draws its charts again only where they were told something else.
        var given = (Chart, Link, Asked.Count, State, HasTable);
        _draw |= given != _given;
        _given = given;
    }

    // An address that was followed hides other lines.
    protected override async Task OnParametersSetAsync()
    {
        if (_script is null || _drawn is null || _busy || Chosen.HiddenKey(Chart.Id) == _hidden)
            return;
        try
        {
            await _script.InvokeVoidAsync("hide", (object)HiddenLines(_drawn));
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and the drawing with it.
        }
    }

    protected override bool ShouldRender()
    {
        var draw = _draw;
        _draw = false;
        return draw;
    }

    /// <summary>Takes a newer answer: tells the browser what is new in it. <paramref name="board"/> makes the drawing when there is something to draw.</summary>
    public async Task TakeAsync(ChartAnswer answer, IJSObjectReference board)
    {
        _next = answer;
        if (_busy)
            return;
        _busy = true;
        try
        {
            while (_next is { } next)
            {
                _next = null;
                await ShowAsync(next, board);
            }
        }
        finally
        {
            _busy = false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_script is null)
                return;
            await _script.InvokeVoidAsync("destroy");
            await _script.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and the drawing with it.
        }
    }

    // A source that fails leaves what was there.
    private async Task ShowAsync(ChartAnswer answer, IJSObjectReference board)
    {
        var (before, kept) = (_answer, answer.Problem is not null ? answer.Frame ?? _answer?.Frame : answer.Frame);
        var stale = answer is { Problem: not null, IsStandIn: false } && kept is { Lines.Count: > 0 };
        _answer = answer with { Frame = kept };
        if (kept is { Lines.Count: > 0 } && !ReferenceEquals(kept, before?.Frame))
            await DrawAsync(kept, answer.At ?? kept.Range.To, board);
        _draw |= before is null || HasTable || stale != _stale || before.Problem != answer.Problem || before.Missing != answer.Missing || before.Source != answer.Source || before.Frame?.Warnings.Count != kept?.Warnings.Count;
        _stale = stale;
        if (_draw)
            StateHasChanged();
    }

    private async Task DrawAsync(ChartFrame frame, DateTimeOffset at, IJSObjectReference board)
    {
        var options = new { title = Chart.Title, unit = Chart.Unit.ToString(), stacked = Chart.IsStacked, thresholds = Chart.Thresholds.Select(one => new { value = one.Value, words = one.Words, severe = one.IsSevere }).ToArray() };
        _script ??= await board.InvokeAsync<IJSObjectReference>("chart", _host, options);
        var now = DrawnChart.Of(frame, Chart.IsStacked, _drawn);
        if (ChartPatch.Between(_drawn, now) is { } patch)
        {
            if (patch is { Drop: 0, Tail.Length: 0 } && at == _at)
                return;
            await _script.InvokeVoidAsync("update", at.ToUnixTimeMilliseconds(), patch.Drop, patch.Keep, patch.Tail);
        }
        else
        {
            await _script.InvokeVoidAsync("frame", new { from = now.Range.From.ToUnixTimeMilliseconds() / 1000d, step = now.Range.Step.TotalSeconds, points = now.Range.Points, lines = now.Lines.Select(line => new { name = line.Name, colour = line.Colour }).ToArray(), others = now.Others, hidden = HiddenLines(now), at = at.ToUnixTimeMilliseconds() }, ChartPatch.Pack(now, 0));
        }
        (_drawn, _at) = (now, at);
    }

    private string[] HiddenLines(DrawnChart drawn)
    {
        _hidden = Chosen.HiddenKey(Chart.Id);
        return [.. drawn.Lines.Select(line => line.Name).Append(drawn.OthersName).Where(line => Chosen.IsHidden(Chart.Id, line))];
    }

    private async Task SaveCsvAsync()
    {
        if (_answer?.Frame is not { } frame)
            return;
        using var stream = new DotNetStreamReference(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(ChartText.Csv(frame))));
        await using var module = await Js.InvokeAsync<IJSObjectReference>("import", Assets["./js/download.js"]);
        await module.InvokeVoidAsync("save", ChartText.FileName(Chart, About, frame.Range.From, "csv"), stream);
    }

    private async Task SavePictureAsync()
    {
        if (_script is not null && _drawn is not null)
            await _script.InvokeVoidAsync("picture", ChartText.FileName(Chart, About, _drawn.Range.From, "png"));
    }
}
