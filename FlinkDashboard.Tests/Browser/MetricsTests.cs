using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using FlinkDashboard.Sandbox.Protocols.PrometheusApi;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlinkDashboard.Tests.Browser;

/// <summary>Charts in a real browser, of the sandbox's Prometheus: drawn, zoomed, growing, read by keys and as tables, saved, and kept when the source is lost.</summary>
[Collection(BrowserTests.Name)]
public class MetricsTests(BusyStage busy)
{
    private const string Orders = "/applications/flink-team-a-ns/orders-healthy?tab=metrics";
    private const string Ready = "[data-chart-host][data-ready=true]";

    private static readonly LocatorAssertionsToBeVisibleOptions Patient = new() { Timeout = 60_000 };

    [BrowserFact]
    public async Task Charts_AreDrawn_OfRealSeries_AndOnlyThoseInSight()
    {
        var page = await OpenAsync(Orders);
        var values = await page.Locator(Ready).First.EvaluateAsync<int>("host => host.chart.lines.rows.flat().filter(Number.isFinite).length");
        Assert.True(values > 100, $"{values} values");
        var painted = await page.Locator(Ready).First.EvaluateAsync<int>("""
            host => {
              const canvas = host.querySelector("canvas");
              const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
              const colours = host.chart.colours().map((colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)));
              let count = 0;
              for (let i = 0; i < pixels.length; i += 4) if (colours.some((one) => one.every((part, at) => Math.abs(pixels[i + at] - part) < 12))) count++;
              return count;
            }
            """);
        Assert.True(painted > 100, $"{painted} pixels have a line's colour");
        Assert.True(await page.Locator(Ready).CountAsync() < await page.Locator("[data-chart-host]").CountAsync());
        await page.Locator("[data-chart-host]").Last.ScrollIntoViewIfNeededAsync();
        await Expect(page.Locator("[data-chart-host]").Last).ToHaveAttributeAsync("data-ready", "true", new() { Timeout = 60_000 });
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Dragging_ZoomsEveryChart_AndTheAddress_AndBackComesBack()
    {
        var page = await OpenAsync(Orders);
        var box = (await page.Locator($"{Ready} .u-over").First.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + (box.Width * 0.25f), box.Y + 60);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + (box.Width * 0.75f), box.Y + 60, new() { Steps = 8 });
        await page.Mouse.UpAsync();
        await Expect(page).ToHaveURLAsync(new Regex("from=.*to="), new() { Timeout = 60_000 });
        var from = new Uri(page.Url).Query.Split("from=")[1].Split('&')[0].Replace("%3A", ":");
        await Expect(page.Locator($"[data-board][data-from='{from}']")).ToBeVisibleAsync(Patient);
        var ranges = await page.Locator(Ready).EvaluateAllAsync<string[]>("hosts => hosts.map(host => host.dataset.from + host.dataset.to)");
        Assert.True(ranges.Length > 1);
        Assert.Single(ranges.Distinct());
        await Expect(page.Locator("[data-range-live]")).ToHaveAttributeAsync("aria-pressed", "false");
        await page.ReloadAsync();
        await Expect(page.Locator($"[data-board][data-from='{from}']")).ToBeVisibleAsync(Patient);
        await page.Locator("[data-interactive=true]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.GoBackAsync();
        await Expect(page.Locator("[data-range-live]")).ToHaveAttributeAsync("aria-pressed", "true", new() { Timeout = 60_000 });
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task LiveChart_GrowsByAppendedPoints_OfLessThanAKilobyte()
    {
        var frames = new ConcurrentQueue<byte[]>();
        var page = await busy.Stage.OpenAsync("/applications", watch: one => one.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) => frames.Enqueue(frame.Binary ?? []));
        await page.GotoAsync(busy.Stage.Address + Orders + "&from=-15m");
        await Expect(page.Locator(Ready).First).ToBeVisibleAsync(Patient);
        var before = await page.Locator(Ready).First.EvaluateAsync<double>("host => host.chart.lines.xs.at(-1)");
        while (frames.TryDequeue(out _))
        {
            // what was sent before the first point is no update
        }
        await Expect(page.Locator($"{Ready}:not([data-appended='0'])").First).ToBeVisibleAsync(new() { Timeout = 90_000 });
        Assert.True(await page.Locator($"{Ready}:not([data-appended='0'])").First.EvaluateAsync<double>("host => host.chart.lines.xs.at(-1)") > before);
        var updates = frames.Where(frame => Encoding.Latin1.GetString(frame) is var text && (text.Contains("ReceiveByteArray", StringComparison.Ordinal) || text.Contains("update", StringComparison.Ordinal))).ToList();
        Assert.NotEmpty(updates);
        Assert.All(updates, frame => Assert.InRange(frame.Length, 1, 1024));
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Keys_MoveTheCursorOfEveryChart_AndSayTheValues()
    {
        var page = await OpenAsync(Orders);
        await page.Locator($"{Ready} .chart-plot").First.FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("Shift+ArrowLeft");
        var cursors = await page.Locator(Ready).EvaluateAllAsync<string[]>("hosts => hosts.map(host => host.dataset.cursor)");
        Assert.Single(cursors.Distinct());
        Assert.EndsWith("Z", cursors[0], StringComparison.Ordinal);
        await Expect(page.Locator("[data-say]")).ToContainTextAsync("Out of sources");
        await Expect(page.Locator("[data-readout]")).Not.ToBeEmptyAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("[data-readout]")).ToBeEmptyAsync();
        await page.Keyboard.PressAsync("+");
        await Expect(page).ToHaveURLAsync(new Regex("to="), new() { Timeout = 60_000 });
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Table_AndCsv_HaveTheNumbersThatAreDrawn()
    {
        var page = await OpenAsync(Orders + "&from=-15m");
        var card = page.Locator("[data-chart]", new() { Has = page.Locator(Ready) }).First;
        await Expect(card).ToBeVisibleAsync(Patient);
        await page.Locator("[data-range-live]").ClickAsync();
        await Expect(page.Locator("[data-range-live]")).ToHaveAttributeAsync("aria-pressed", "false");
        await card.Locator("[data-table]").ClickAsync();
        await Expect(card.Locator("[data-chart-moments] tbody tr").First).ToBeVisibleAsync();
        var drawn = await card.Locator("[data-chart-host]").EvaluateAsync<string[]>("host => host.chart.lines.xs.map((_, i) => host.chart.legend.text(host.chart.lines.rows[0][i])).reverse()");
        var told = await card.Locator("[data-chart-moments] tbody tr").EvaluateAllAsync<string[]>("rows => rows.map(row => row.cells[1].textContent)");
        Assert.Equal(drawn, told);
        await card.Locator("details.more summary").ClickAsync();
        var file = await page.RunAndWaitForDownloadAsync(() => card.Locator("[data-csv]").ClickAsync());
        Assert.EndsWith(".csv", file.SuggestedFilename, StringComparison.Ordinal);
        var lines = (await File.ReadAllTextAsync(await file.PathAsync())).TrimEnd('\n').Split('\n');
        Assert.StartsWith("time,", lines[0], StringComparison.Ordinal);
        Assert.Equal(drawn.Length, lines.Length - 1);
        await card.Locator("details.more summary").ClickAsync();
        var picture = await page.RunAndWaitForDownloadAsync(() => card.Locator("[data-png]").ClickAsync());
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], (await File.ReadAllBytesAsync(await picture.PathAsync())).Take(4));
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Legend_HidesLines_AndAbsoluteRange_KeepsWhatWasTyped()
    {
        var page = await OpenAsync(Orders);
        var line = page.Locator($"{Ready} .chart-legend button").First;
        await line.ClickAsync();
        await Expect(line).ToHaveAttributeAsync("aria-pressed", "false");
        await line.ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await Expect(line).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.Locator($"{Ready} .chart-legend").First.Locator("button").Nth(1)).ToHaveAttributeAsync("aria-pressed", "false");
        // Whoever follows the address sees the same.
        await Expect(page).ToHaveURLAsync(new Regex("hide=throughput~"), new() { Timeout = 60_000 });
        await page.ReloadAsync();
        await Expect(line).ToHaveAttributeAsync("aria-pressed", "true", new() { Timeout = 60_000 });
        await Expect(page.Locator($"{Ready} .chart-legend").First.Locator("button").Nth(1)).ToHaveAttributeAsync("aria-pressed", "false");
        await page.Locator("[data-interactive=true]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.Locator("[data-range-more] summary").ClickAsync();
        await page.Locator("[data-range-form] input[name=from]").FillAsync("yesterday noon");
        await page.Locator("[data-range-form] button").ClickAsync();
        await Expect(page.Locator("[data-range-form]")).ToContainTextAsync("\"yesterday noon\" is no time that can be read.");
        await Expect(page.Locator("[data-range-form] input[name=from]")).ToHaveValueAsync("yesterday noon");
        await page.Locator("[data-range-form] input[name=from]").FillAsync("-2h");
        await page.Locator("[data-range-form] button").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("from=-2h"), new() { Timeout = 60_000 });
        await page.Keyboard.PressAsync("[");
        await Expect(page).ToHaveURLAsync(new Regex("to="), new() { Timeout = 60_000 });
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task LostPrometheus_LeavesTheLines_Greyed_WithOneReason()
    {
        await using var stage = await Stage.StartAsync("busy");
        var page = await stage.OpenAsync(Orders + "&from=-15m");
        await Expect(page.Locator(Ready).First).ToBeVisibleAsync(Patient);
        stage.Cluster.PrometheusFaults.Fault = PrometheusFault.Stopping;
        await Expect(page.Locator(".stale-chart").First).ToBeVisibleAsync(new() { Timeout = 90_000 });
        await Expect(page.Locator("[data-chart-trouble]")).ToHaveCountAsync(1);
        Assert.True(await page.Locator($".stale-chart {Ready}").First.EvaluateAsync<int>("host => host.chart.lines.rows.flat().filter(Number.isFinite).length") > 20);
        stage.Cluster.PrometheusFaults.Fault = PrometheusFault.None;
        await Expect(page.Locator(".stale-chart")).ToHaveCountAsync(0, new() { Timeout = 90_000 });
        await page.Context.CloseAsync();
    }

    [BrowserTheory]
    [InlineData(Orders, Ready)]
    [InlineData("/charts", Ready)]
    [InlineData("/charts?measure=all", Ready)]
    [InlineData("/charts?tab=operator", "[data-chart]")]
    [InlineData("/charts?tab=nodes", "[data-chart]")]
    [InlineData("/charts?tab=karpenter", "[data-chart]")]
    [InlineData("/charts?tab=yunikorn", "[data-chart]")]
    public async Task Page_PassesAxe_AndFitsAPhone(string path, string shown)
    {
        var page = await busy.Stage.OpenAsync(path);
        await Expect(page.Locator(shown).First).ToBeAttachedAsync(new() { Timeout = 60_000 });
        await page.HoldsAsync();
        await page.Context.CloseAsync();
    }

    private async Task<IPage> OpenAsync(string path)
    {
        var page = await busy.Stage.OpenAsync(path);
        await Expect(page.Locator(Ready).First).ToBeVisibleAsync(Patient);
        await Expect(page.Locator(Ready).Nth(1)).ToBeVisibleAsync(Patient);
        return page;
    }
}
