using FlinkDashboard.Access;
using FlinkDashboard.Model;
using FlinkDashboard.State.Logs;
using FlinkDashboard.Ui.Formats;
using FlinkDashboard.Ui.Logs;
using FlinkDashboard.Ui.Menu;
using FlinkDashboard.Ui.Ranges;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FlinkDashboard.Features.Logs;

/// <summary>Starts the query, follows it, and keeps the address in step with it.</summary>
public sealed partial class InsightsPanel
{
    private static readonly (string Title, string Text)[] Samples =
    [
        ("Newest lines", "fields @timestamp, @logStream, @message\n| sort @timestamp desc\n| limit 200"),
        ("Exceptions", "fields @timestamp, @logStream, @message\n| filter @message like /(?i)exception/\n| sort @timestamp desc\n| limit 200"),
        ("Lines over time", "stats count(*) as lines, sum(strcontains(@message, \" WARN \")) as warnings, sum(strcontains(@message, \" ERROR \")) as errors by bin(5m)"),
        ("Errors by stream", "filter @message like / ERROR /\n| stats count(*) as errors, fromMillis(latest(@timestamp)) as newest by @logStream\n| sort errors desc\n| limit 50"),
        ("Loudest streams", "stats count(*) as lines by @logStream\n| sort lines desc\n| limit 20"),
    ];

    private Decision? _may;
    private IReadOnlyList<string> _groups = [];
    private TimeWindow _window = null!;
    private string _text = "";
    private string _asked = "";
    private string? _seen;
    private string? _problem;
    private LongQuery _long = null!;
    private InsightsRun? _run;
    private InsightsAnswer? _answer;
    private IDisposable? _listening;
    private Action _mark = () => { };
    private bool _told = true;

    [Inject]
    private LogDoor Door { get; set; } = null!;

    [Inject]
    private ViewerZone Viewer { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    private string? Group => Query["group"] ?? _groups.FirstOrDefault();

    private IEnumerable<string> Groups => Query["group"] is { } chosen && !_groups.Contains(chosen) && _groups.Count > 0 ? _groups.Prepend(chosen) : _groups;

    // What the rows tell of: relative times are those of when it was asked. A limit may have cut some off.
    private TimeWindow? Told => _asked.Contains("limit", StringComparison.OrdinalIgnoreCase) ? null : TimeWindow.Of(Query["from"], Query["to"], TimeWindow.Read(Query["asked"], Now) ?? Now);

    private string Chosen => $"{Group} {Query["from"]} {Query["to"]}";

    private string Progress => _answer is not { } now ? "Billed by AWS for each byte read: a short range costs little."
        : now is { Status: InsightsStatus.Failed, Scanned: 0 } ? "Failed before anything was read."
        : $"{Word(now.Status)}{(_run?.IsOwn == false && TimeWindow.Read(Query["asked"], Now) is { } asked ? $" {Durations.Ago(asked, Now)}" : "")}: {Amounts.Count((long)now.Scanned)} records read, {Amounts.Bytes(now.Bytes)}; {Amounts.Count((long)now.Matched)} matched, {Amounts.Plural(now.Rows.Count, "row")}.";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Dispose();
        await EndAsync();
    }

    protected override async Task OnInitializedAsync()
    {
        _long = new(Door);
        Listen(mark =>
        {
            _mark = mark;
            return new Nothing();
        });
        _text = Query["query"] ?? Samples[0].Text;
        try
        {
            (_may, _groups) = await Door.GroupsAsync(CancellationToken.None);
        }
        catch (Exception e)
        {
            _problem = $"The log groups cannot be listed: {e.Message}";
        }
    }

    protected override void Project()
    {
        _window = TimeWindow.Of(Query["from"], Query["to"], Now);
        _long.Turn(Chosen);
        if (_seen != Query["id"])
            Behind(FollowAsync);
        _answer = _run?.Now;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && await Viewer.AskAsync(Js, Assets["./js/zone.js"]))
            StateHasChanged();
        // Once AWS has named the query, or has refused it, the address says it: a step of its own, so that "back" brings the query before, with its rows.
        if (_told || _run is not { } run || (run.Id is null && !run.Now.IsOver))
            return;
        _told = true;
        Navigation.NavigateTo(Query.With("group", Group).With("query", _asked).With("id", run.Id).With("asked", run.Id is null ? null : TimeWindow.Text(Now)).On(Navigation));
    }

    // The address names another query, or none any more.
    private async Task FollowAsync(CancellationToken stop)
    {
        _seen = Query["id"];
        if (_seen == _run?.Id)
            return;
        await EndAsync();
        if (_seen is { } id)
        {
            _asked = _text = Query["query"] ?? _text;
            var (may, run) = await Door.AskedAsync(id, stop);
            (_may, _problem) = (may, null);
            Hear(run);
        }
        Refresh();
    }

    private async Task RunAsync()
    {
        if (Group is not { } group || string.IsNullOrWhiteSpace(_text) || _answer is { IsOver: false })
            return;
        _window = TimeWindow.Of(Query["from"], Query["to"], Now); // "the last hour" is the one before this moment
        if (!await _long.MayRunAsync(group, _window, Chosen, CancellationToken.None))
            return;
        await EndAsync();
        (_asked, _problem, _told) = (_text, null, false);
        var (may, run) = await Door.AskAsync([group], _text, _window.From, _window.To, CancellationToken.None);
        _may = may;
        Hear(run);
        Refresh();
    }

    // Another range or group is another question: rows of the old one would look like its answer.
    private void Change(PageQuery query) => Navigation.NavigateTo(query.With("query", _text).With("id", null).With("asked", null).On(Navigation));

    private void Hear(InsightsRun? run)
    {
        _run = run;
        _listening = run?.Subscribe(_mark);
    }

    private async Task StopAsync()
    {
        if (_run is not null)
            await _run.StopAsync();
        Refresh();
    }

    private async Task EndAsync()
    {
        _listening?.Dispose();
        var old = _run;
        (_run, _listening) = (null, null);
        if (old is not null)
            await old.DisposeAsync();
    }

    private static string Word(InsightsStatus status) => status switch { InsightsStatus.Scheduled => "Waiting to start", InsightsStatus.Complete => "Done", _ => status.ToString() };

    private sealed class Nothing : IDisposable
    {
        public void Dispose()
        {
            // The run is listened to, and left, by the page itself.
        }
    }
}
