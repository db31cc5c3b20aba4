using Bunit;
using FlinkDashboard.Ui.Charts;
using FlinkDashboard.Ui.Menu;
using Microsoft.JSInterop;

namespace FlinkDashboard.Tests.Ui.Charts;

public class ChartPanelTests : UiContext
{
    private readonly BunitJSModuleInterop _board;
    private readonly BunitJSModuleInterop _chart;

    public ChartPanelTests()
    {
        _board = JSInterop.SetupModule("board");
        _chart = _board.SetupModule(invocation => invocation.Identifier == "chart");
        _chart.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public async Task Frames_ReachTheBrowser_WholeOnce_ThenAsAppendedPoints_AndNothingIsRendered()
    {
        var (panel, board) = await PanelAsync();
        await panel.InvokeAsync(() => panel.Instance.TakeAsync(Frames.Answer(Frames.Of(8, 240)), board));
        var rendered = panel.RenderCount;
        for (var i = 1; i <= 5; i++)
            await panel.InvokeAsync(() => panel.Instance.TakeAsync(Frames.Answer(Frames.Of(8, 240, shift: i)), board));
        Assert.Single(_board.Invocations["chart"]);
        Assert.Single(_chart.Invocations["frame"]);
        Assert.Equal(8 * 240 * 8, ((byte[])_chart.Invocations["frame"][0].Arguments[1]!).Length);
        Assert.All(_chart.Invocations["update"], one => Assert.Equal(8 * 8, ((byte[])one.Arguments[3]!).Length));
        Assert.Equal(5, _chart.Invocations["update"].Count);
        Assert.Equal(rendered, panel.RenderCount);
    }

    [Fact]
    public async Task SourceThatFails_LeavesTheDrawing_Greyed()
    {
        var (panel, board) = await PanelAsync();
        var good = Frames.Answer(Frames.Of(2, 10));
        await panel.InvokeAsync(() => panel.Instance.TakeAsync(good, board));
        await panel.InvokeAsync(() => panel.Instance.TakeAsync(good with { Problem = "Prometheus stops." }, board));
        Assert.Contains("stale-chart", panel.Find("article").ClassName, StringComparison.Ordinal);
        Assert.Single(_chart.Invocations["frame"]);
        await panel.InvokeAsync(() => panel.Instance.TakeAsync(Frames.Answer(Frames.Of(2, 10, shift: 1)), board));
        Assert.DoesNotContain("stale-chart", panel.Find("article").ClassName, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoSeries_AreExplained_AndNothingIsDrawn()
    {
        var (panel, board) = await PanelAsync();
        await panel.InvokeAsync(() => panel.Instance.TakeAsync(new(null, null, null, Frames.Chart.Missing, "prometheus.example"), board));
        Assert.Equal("No series: Flink's reporter is off.", panel.Find(".chart-none").TextContent);
        Assert.Empty(_board.Invocations);
    }

    [Fact]
    public async Task Table_ShowsTheSameNumbers()
    {
        var (panel, board) = await PanelAsync();
        await panel.InvokeAsync(() => panel.Instance.TakeAsync(Frames.Answer(Frames.Of(2, 3)), board));
        panel.Render(parameters => parameters.Add(one => one.Chosen, Chosen($"?table={Frames.Chart.Id}")));
        Assert.Equal("true", panel.Find("[data-table]").GetAttribute("aria-pressed"));
        Assert.Equal(["line 1", "1 k/s", "1 k/s", "1 k/s", "1 k/s"], panel.Find("[data-chart-lines] tbody tr").Children.Select(cell => cell.TextContent));
        Assert.Equal(["1 Mar 12:02:00", "2/s", "1 k/s"], panel.Find("[data-chart-moments] tbody tr").Children.Select(cell => cell.TextContent));
        Assert.Equal(3, panel.FindAll("[data-chart-moments] tbody tr").Count);
    }

    [Fact]
    public async Task HiddenLines_AreThoseOfTheAddress_AndFollowIt()
    {
        var (panel, board) = await PanelAsync();
        var hiding = Chosen(BoardAddress.Of(PageQuery.Empty).Hiding(Frames.Chart.Id, ["line 1", "not there"]).On(""));
        panel.Render(parameters => parameters.Add(one => one.Chosen, hiding));
        await panel.InvokeAsync(() => panel.Instance.TakeAsync(Frames.Answer(Frames.Of(2, 3)), board));
        var frame = _chart.Invocations["frame"][0].Arguments[0]!;
        Assert.Equal(["line 1"], (string[])frame.GetType().GetProperty("hidden")!.GetValue(frame)!);
        panel.Render(parameters => parameters.Add(one => one.Chosen, hiding));
        Assert.Empty(_chart.Invocations["hide"]);
        panel.Render(parameters => parameters.Add(one => one.Chosen, BoardAddress.Of(PageQuery.Empty)));
        Assert.Empty((string[])Assert.Single(_chart.Invocations["hide"]).Arguments[0]!);
    }

    private static BoardAddress Chosen(string query) => BoardAddress.Of(PageQuery.Of(query));

    private async Task<(IRenderedComponent<ChartPanel>, IJSObjectReference)> PanelAsync()
    {
        var board = await JSInterop.JSRuntime.InvokeAsync<IJSObjectReference>("import", "board");
        return (Render<ChartPanel>(parameters => parameters.Add(panel => panel.Chart, Frames.Chart)), board);
    }
}
