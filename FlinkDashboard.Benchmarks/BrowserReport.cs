using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;

namespace FlinkDashboard.Benchmarks;

/// <summary>
/// The app on world <c>thousand</c> as its users meet it: the cluster, the app and Chromium are processes of their own. Measures the memory of the
/// app's process, the bytes per second that reach one viewer, and the time from a change at the API server to the changed text on the screen.
/// </summary>
internal static class BrowserReport
{
    private const int Viewers = 20;
    private const int Changes = 30;
    private const string Page = "/applications?q=stream-0";

    /// <summary>A Markdown table.</summary>
    public static async Task<string> WriteAsync()
    {
        var time = TimeProvider.System;
        using var cluster = await Processes.StartAsync("FlinkDashboard.Sandbox", ["--world", "thousand", "--https-port", "0"], line => line.StartsWith("kubeconfig", StringComparison.Ordinal));
        var kubeconfig = cluster.Output.Split('\n').First(l => l.StartsWith("kubeconfig", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        var api = cluster.Output.Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)[2];
        var prometheus = cluster.Output.Split('\n').First(l => l.StartsWith("Prometheus", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        using var app = await Processes.StartAsync("FlinkDashboard", ["--urls", "http://127.0.0.1:18990", "--Cluster:Source", "KubeConfig", "--Cluster:KubeConfig", kubeconfig, "--Prometheus:Url", prometheus], line => line.Contains("Application started", StringComparison.Ordinal));
        await Task.Delay(TimeSpan.FromSeconds(15), time);
        var report = new StringBuilder("| what | value |\n|---|--:|\n");
        void Row(string what, string value) => report.AppendLine(CultureInfo.InvariantCulture, $"| {what} | {value} |");
        Row("app process, 10,000 pods, 500 applications, 1,000 nodes watched, no viewer", $"{app.Megabytes:N0} MB");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
        var first = await OpenAsync(browser);
        Row("bytes to one viewer, applications page, 10 changes/s in the cluster", $"{await BytesPerSecondAsync(first, time):N0} B/s");
        var times = await ChangeTimesAsync(first, api);
        Row($"from a change at the API server to the text on the screen, median of {Changes}", $"{times[times.Count / 2]:N0} ms");
        Row("the same, slowest of ten", $"{times[times.Count * 9 / 10]:N0} ms");
        var alone = app.Megabytes;
        for (var viewer = 1; viewer < Viewers; viewer++)
            await OpenAsync(browser);
        await Task.Delay(TimeSpan.FromSeconds(20), time);
        Row($"app process with {Viewers} viewers", $"{app.Megabytes:N0} MB");
        Row("per further viewer (circuit, page and garbage)", $"{(app.Megabytes - alone) / (Viewers - 1):N1} MB");
        Row($"bytes to one of {Viewers} viewers", $"{await BytesPerSecondAsync(first, time):N0} B/s");
        return report.ToString();
    }

    private static async Task<IPage> OpenAsync(IBrowser browser)
    {
        var page = await (await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } })).NewPageAsync();
        page.SetDefaultTimeout(60_000);
        await page.GotoAsync("http://127.0.0.1:18990" + Page);
        await page.GetByText("stream-001").First.WaitForAsync();
        return page;
    }

    private static async Task<double> BytesPerSecondAsync(IPage page, TimeProvider time)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Network.enable");
        await page.ReloadAsync();
        await page.GetByText("stream-001").First.WaitForAsync();
        await Task.Delay(TimeSpan.FromSeconds(5), time);
        long bytes = 0;
        session.Event("Network.webSocketFrameReceived").OnEvent += (_, e) =>
        {
            if (e?.GetProperty("response") is { } frame)
                Interlocked.Add(ref bytes, Length(frame));
        };
        var start = time.GetTimestamp();
        await Task.Delay(TimeSpan.FromSeconds(30), time);
        return bytes / time.GetElapsedTime(start).TotalSeconds;
    }

    // Binary frames (opcode 2) arrive as base64.
    private static int Length(JsonElement frame)
    {
        var text = frame.GetProperty("payloadData").GetString()!.Length;
        return frame.GetProperty("opcode").GetInt32() == 2 ? text * 3 / 4 : text;
    }

    private static async Task<List<double>> ChangeTimesAsync(IPage page, string api)
    {
        using var http = new HttpMessageInvoker(new SocketsHttpHandler());
        var times = new List<double>();
        for (var i = 0; i < Changes; i++)
        {
            var mode = i % 2 == 0 ? "stateless" : "last-state";
            var seen = page.EvaluateAsync<double>(
                """
                mode => new Promise(done => {
                  const row = [...document.querySelectorAll('[data-row]')].find(r => r.textContent.includes('stream-001'));
                  const look = () => { if (row.isConnected ? row.textContent.includes(mode) : document.body.textContent.includes(mode)) { watch.disconnect(); requestAnimationFrame(() => done(Date.now())); } };
                  const watch = new MutationObserver(look);
                  watch.observe(document.body, { subtree: true, childList: true, characterData: true });
                  look();
                })
                """, mode);
            using var request = new HttpRequestMessage(HttpMethod.Patch, $"{api}/apis/flink.apache.org/v1beta1/namespaces/flink-team-01-ns/flinkdeployments/stream-001")
            {
                Content = new StringContent("{\"spec\":{\"job\":{\"upgradeMode\":\"" + mode + "\"}}}", Encoding.UTF8, "application/merge-patch+json"),
            };
            var sent = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            using var answer = await http.SendAsync(request, CancellationToken.None);
            answer.EnsureSuccessStatusCode();
            times.Add(await seen - sent);
        }
        times.Sort();
        return times;
    }
}
