using FlinkDashboard.Model;
using FlinkDashboard.Model.Metrics;
using Microsoft.JSInterop;

namespace FlinkDashboard.Ui.Charts;

public abstract partial class ChartReading
{
    /// <summary>From the browser: the charts that are in sight now.</summary>
    [JSInvokable]
    public Task Seen(string[] ids)
    {
        _seen = ids.ToHashSet(StringComparer.Ordinal);
        return CycleAsync();
    }

    /// <summary>From the browser: the tab was hidden, or is looked at again.</summary>
    [JSInvokable]
    public Task Awake(bool awake)
    {
        _awake = awake;
        return CycleAsync();
    }

    /// <summary>From the browser: a range was dragged out. Milliseconds since 1970.</summary>
    [JSInvokable]
    public Task Zoomed(double from, double to) => Moved.InvokeAsync(TimeWindow.Between(DateTimeOffset.FromUnixTimeMilliseconds((long)from), DateTimeOffset.FromUnixTimeMilliseconds((long)to)));

    /// <summary>From the browser: more is wanted than is shown.</summary>
    [JSInvokable]
    public Task ZoomedOut() => Moved.InvokeAsync(Window.Wider(Now));

    /// <summary>From the browser: these lines of a chart are hidden now, and no others.</summary>
    [JSInvokable]
    public void Hidden(string chart, string[] lines)
    {
        if (!_gone && Charts.Any(one => one.Id == chart))
            Choose(Chosen.Hiding(chart, lines));
    }

    public async ValueTask DisposeAsync()
    {
        _gone = true;
        await _stop.CancelAsync();
        try
        {
            if (_script is not null)
            {
                await _script.InvokeVoidAsync("destroy");
                await _script.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and the charts with it.
        }
        _self?.Dispose();
        _turns.Dispose();
        Dispose();
        GC.SuppressFinalize(this);
    }

    // Reads what is in sight and old, a few at a time. Called often: what is young or under way is left alone.
    private async Task CycleAsync()
    {
        if (_script is null || !_awake || _gone)
            return;
        var (stop, range) = (_stop.Token, Door.RangeOf(Start, End));
        var due = Charts.Where(chart => (_seen.Contains(chart.Id) || MayHaveCome(chart)) && IsDue(chart, range)).ToList();
        if (due.Count == 0 && _shownRange is not null)
            return;
        try
        {
            if (_shownRange != (Start, End))
            {
                _shownRange = (Start, End);
                await _script.InvokeVoidAsync("show", stop, Start.ToUnixTimeMilliseconds(), End.ToUnixTimeMilliseconds());
            }
            foreach (var chart in due)
                _read[chart.Id] = (range, Screen.Time.GetTimestamp());
            await Task.WhenAll(due.Select(chart => ReadAsync(chart, range, stop)));
        }
        catch (Exception e) when (e is OperationCanceledException or JSDisconnectedException or ObjectDisposedException)
        {
            return; // another range is wanted, or nobody is there any more
        }
        Judge();
        Arrange();
        if (_draw && !_gone)
            StateHasChanged();
    }

    private bool IsDue(MetricChart chart, ChartRange range) => !_read.TryGetValue(chart.Id, out var read) || Answers.GetValueOrDefault(chart.Id) is { Problem: not null } && Old(read.At)
        || (Window.IsLive && read.Range != range && Old(read.At)) || (!Window.IsLive && read.Range != range);

    // A chart without series is explained out of sight: a job that starts brings them.
    private bool MayHaveCome(MetricChart chart) => Window.IsLive && Answers.GetValueOrDefault(chart.Id) is { Missing: not null } && _read.TryGetValue(chart.Id, out var read) && Screen.Time.GetElapsedTime(read.At) >= Seldom;

    private bool Old(long at) => Screen.Time.GetElapsedTime(at) >= Interval - TimeSpan.FromSeconds(1);

    private async Task ReadAsync(MetricChart chart, ChartRange range, CancellationToken stop)
    {
        await _turns.WaitAsync(stop);
        try
        {
            var answer = await (Read is null ? Door.ReadAsync(chart, Subject, range, stop) : Read(chart, range, stop));
            stop.ThrowIfCancellationRequested();
            Answers[chart.Id] = answer;
            if (Panels.TryGetValue(chart.Id, out var panel) && panel is not null)
                await panel.TakeAsync(answer, _script!);
        }
        finally
        {
            if (!_gone)
                _turns.Release();
        }
    }

    // One reason for all: forty charts that cannot be asked are one trouble.
    private void Judge()
    {
        var problems = Charts.Select(chart => Answers.GetValueOrDefault(chart.Id)?.Problem).OfType<string>().Distinct().ToList();
        var trouble = problems.Count switch { 0 => null, 1 => problems[0], _ => $"{problems[0]} And {problems.Count - 1} other reasons." };
        if (trouble == Trouble)
            return;
        Trouble = trouble;
        _draw = true;
    }
}
