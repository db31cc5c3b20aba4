using FlinkDashboard.Model;
using FlinkDashboard.Model.Metrics;
using FlinkDashboard.Model.Verdicts;
using FlinkDashboard.Ui.Live;
using FlinkDashboard.Ui.Ranges;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FlinkDashboard.Ui.Charts;

/// <summary>A group of charts as it is shown.</summary>
/// <param name="Name">Heading.</param>
/// <param name="Shown">Drawn, or about to be.</param>
/// <param name="Missing">Without series, explained below the others.</param>
/// <param name="More">How many stand back until one asks for them.</param>
/// <param name="IsOpen">One did.</param>
public sealed record ChartGroup(string Name, IReadOnlyList<MetricChart> Shown, IReadOnlyList<MetricChart> Missing, int More, bool IsOpen);

/// <summary>
/// What a board of charts does: asks which charts are in sight, reads those, tells each what is new, and follows the range. Nothing is read while nobody
/// looks: not below the window's edge, not in a hidden tab, and not again where the range stands still.
/// </summary>
public abstract partial class ChartReading : LiveComponent, IAsyncDisposable
{
    /// <summary>Between two readings of a live range.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private const int AtOnce = 4;
    private static readonly TimeSpan Seldom = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim _turns = new(AtOnce);
    private readonly Dictionary<string, (ChartRange Range, long At)> _read = new(StringComparer.Ordinal);
    private CancellationTokenSource _stop = new();
    private HashSet<string> _seen = new(StringComparer.Ordinal);
    private (DateTimeOffset, DateTimeOffset)? _shownRange;
    private (string?, string?, string) _asked;
    private IReadOnlyList<ChartMarker>? _told;
    private DotNetObjectReference<ChartReading>? _self;
    private IJSObjectReference? _script;
    private bool _awake = true, _draw = true, _gone;

    [Inject] private IJSRuntime Js { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private ScreenClock Screen { get; set; } = null!;

    [Inject] protected ViewerZone Zone { get; set; } = null!;

    [Inject] private ChartDoor Door { get; set; } = null!;

    /// <summary>What is drawn, in this order.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<MetricChart> Charts { get; set; } = [];

    /// <summary>Whom it is about.</summary>
    [Parameter, EditorRequired] public ChartSubject Subject { get; set; } = null!;

    /// <summary>The range as the address says it.</summary>
    [Parameter, EditorRequired] public TimeWindow Window { get; set; } = null!;

    /// <summary>Told the range that was dragged out, or that one wants to see more.</summary>
    [Parameter] public EventCallback<TimeWindow?> Moved { get; set; }

    /// <summary>What happened in the range.</summary>
    [Parameter] public IReadOnlyList<ChartMarker> Markers { get; set; } = [];

    /// <summary>Name of the subject, for files.</summary>
    [Parameter] public string About { get; set; } = "";

    /// <summary>Stands in the bar above the charts.</summary>
    [Parameter] public RenderFragment? Head { get; set; }

    /// <summary>CSS class of the grid.</summary>
    [Parameter] public string? Class { get; set; }

    /// <summary>Where a query can be asked by hand; null where it may not.</summary>
    [Parameter] public Func<string, string>? QueryPage { get; set; }

    /// <summary>Where a chart's title leads.</summary>
    [Parameter] public Func<MetricChart, string?>? TitleAddress { get; set; }

    /// <summary>How what a chart is about stands.</summary>
    [Parameter] public Func<MetricChart, VerdictState?>? StateOf { get; set; }

    /// <summary>Reads a chart; by default through the door, for the subject.</summary>
    [Parameter] public Func<MetricChart, ChartRange, CancellationToken, Task<ChartAnswer>>? Read { get; set; }

    /// <summary>Newest answers by chart.</summary>
    protected Dictionary<string, ChartAnswer> Answers { get; } = new(StringComparer.Ordinal);

    /// <summary>Charts on the page by id.</summary>
    protected Dictionary<string, ChartPanel> Panels { get; } = new(StringComparer.Ordinal);

    /// <summary>What the address says is hidden, open, or shown as a table.</summary>
    protected BoardAddress Chosen { get; private set; } = BoardAddress.Of(Menu.PageQuery.Empty);

    /// <summary>The board's element.</summary>
    protected ElementReference Host { get; set; }

    /// <summary>What is shown.</summary>
    protected IReadOnlyList<ChartGroup> Groups { get; private set; } = [];

    /// <summary>Why the newest questions failed, said once for all charts; null when they did not.</summary>
    protected string? Trouble { get; private set; }

    private DateTimeOffset End => Window.IsLive ? Now : Window.To;

    private DateTimeOffset Start => Window.IsLive && Window.FromText is null or ['-', ..] ? End - Window.Length : Window.From;

    protected override void OnInitialized() => Beat(TimeSpan.FromSeconds(5));

    protected override void OnParametersSet()
    {
        _draw = true;
        Chosen = BoardAddress.Of(Menu.PageQuery.Of(Navigation.Uri));
        base.OnParametersSet();
    }

    protected override void Project()
    {
        var asked = (Window.FromText, Window.ToText, Subject.Key);
        if (asked != _asked)
        {
            if (_asked.Item3 is { } before && before != Subject.Key)
                Answers.Clear();
            _asked = asked;
            _read.Clear();
            _stop.Cancel();
            _stop = new CancellationTokenSource();
        }
        Arrange();
        _ = CycleAsync();
    }

    protected override bool ShouldRender()
    {
        var draw = _draw;
        _draw = false;
        return draw;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        try
        {
            if (firstRender)
            {
                _self = DotNetObjectReference.Create(this);
                var module = await Js.InvokeAsync<IJSObjectReference>("import", "./lib/charts.js");
                _script = await module.InvokeAsync<IJSObjectReference>("create", Host, new { }, _self);
                await module.DisposeAsync();
                await CycleAsync();
            }
            if (_script is null)
                return;
            await _script.InvokeVoidAsync("look");
            if (_told is null || !_told.SequenceEqual(Markers))
            {
                _told = Markers;
                await _script.InvokeVoidAsync("marks", (object)Markers.Select(one => new { at = one.At.ToUnixTimeMilliseconds(), kind = one.Kind.ToString().ToLowerInvariant(), words = one.Words, href = MarkerWords.Address(one), chart = one.Chart }).ToArray());
            }
            // A chart that has come (back) draws what is known of it.
            foreach (var (id, panel) in Panels.Where(one => one.Value is { Answer: null }).ToList())
                if (Answers.TryGetValue(id, out var answer))
                    await panel.TakeAsync(answer, _script);
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and the charts with it.
        }
    }

    /// <summary>Shows the rest of a group, or hides it again.</summary>
    protected void Turn(string group) => Choose(Chosen.Turning(group));

    /// <summary>Shows a chart as a table too, or no more.</summary>
    protected void TurnTable(string chart) => Choose(Chosen.TurningTable(chart));

    // The address holds it. The page follows the address in its own time, which is too late for a click.
    private void Choose(Menu.PageQuery query)
    {
        Chosen = BoardAddress.Of(query);
        Arrange();
        _draw = true;
        Navigation.NavigateTo(query.On(Navigation), replace: true);
    }

    /// <summary>Address of one chart in the range that is shown now, standing still.</summary>
    protected string LinkTo(MetricChart chart)
    {
        var query = Menu.PageQuery.Of(Navigation.Uri).With("from", TimeWindow.Text(Start)).With("to", TimeWindow.Text(End));
        return Navigation.ToAbsoluteUri(query.On(Navigation)) + $"#chart-{chart.Id}";
    }

    /// <summary>The queries of a chart as they are asked.</summary>
    protected IReadOnlyList<string> AskedOf(MetricChart chart) => _read.TryGetValue(chart.Id, out var read) && Read is null ? Door.Texts(chart, Subject, read.Range) : [];

    private void Arrange()
    {
        var groups = Charts.GroupBy(chart => chart.Group).Select(Group).ToList();
        if (Groups.Count == groups.Count && Groups.Zip(groups).All(pair => pair.First.Name == pair.Second.Name && pair.First.More == pair.Second.More && pair.First.IsOpen == pair.Second.IsOpen && pair.First.Shown.SequenceEqual(pair.Second.Shown) && pair.First.Missing.SequenceEqual(pair.Second.Missing)))
            return;
        Groups = groups;
        _draw = true;
        var shown = groups.SelectMany(group => group.Shown).Select(chart => chart.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var id in Panels.Keys.Where(id => !shown.Contains(id)).ToList())
            Panels.Remove(id);
    }

    private ChartGroup Group(IGrouping<string, MetricChart> group)
    {
        var main = group.Where(chart => chart.IsMain).ToList();
        var isOpen = Chosen.IsOpen(group.Key) || main.Count == 0;
        var chosen = isOpen ? group.ToList() : main;
        var missing = chosen.Where(chart => Answers.TryGetValue(chart.Id, out var answer) && answer is { Missing: not null, Problem: null, Frame: null or { Lines.Count: 0 } }).ToList();
        return new(group.Key, [.. chosen.Except(missing)], missing, main.Count == 0 ? 0 : group.Count() - main.Count, isOpen);
    }
}
