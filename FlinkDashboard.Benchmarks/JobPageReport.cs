using System.Globalization;
using System.Text;
using Microsoft.Playwright;

namespace FlinkDashboard.Benchmarks;

/// <summary>
/// How long a very large job takes until its graph stands on the screen: 400 vertices of 1,600 subtasks each. Cluster, app and browser are processes of their own.
/// </summary>
internal static class JobPageReport
{
    private const int Rounds = 10;
    private const string Namespace = "flink-team-a-ns", Name = "wide-mesh";

    /// <summary>Runs it and writes a Markdown table.</summary>
    public static async Task<string> WriteAsync()
    {
        using var cluster = await Processes.StartAsync("FlinkDashboard.Sandbox", ["--world", "busy", "--https-port", "0", "--speed", "4"], line => line.StartsWith("kubeconfig", StringComparison.Ordinal));
        var kubeconfig = cluster.Output.Split('\n').First(l => l.StartsWith("kubeconfig", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        var api = cluster.Output.Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)[2];
        using var app = await Processes.StartAsync("FlinkDashboard", ["--urls", "http://127.0.0.1:18991", "--Cluster:Source", "KubeConfig", "--Cluster:KubeConfig", kubeconfig], line => line.Contains("Application started", StringComparison.Ordinal));
        await SubmitAsync(api);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
        var page = await (await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } })).NewPageAsync();
        page.SetDefaultTimeout(180_000);
        var address = $"http://127.0.0.1:18991/applications/{Namespace}/{Name}";
        await page.GotoAsync(address + "?tab=job");
        await page.Locator("a.node").First.WaitForAsync();
        var (tab, whole) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            await page.GotoAsync(address);
            await page.Locator("[data-interactive=true]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
            tab.Add(await page.EvaluateAsync<double>(Drawn));
            var start = TimeProvider.System.GetTimestamp();
            await page.GotoAsync(address + "?tab=job");
            await page.Locator("a.node").Nth(20).WaitForAsync();
            whole.Add(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds);
        }
        var nodes = await page.Locator("a.node").CountAsync();
        var report = new StringBuilder("| what | value |\n|---|--:|\n");
        void Row(string what, string value) => report.AppendLine(CultureInfo.InvariantCulture, $"| {what} | {value} |");
        Row("from the click on the tab to the drawn graph, median", $"{Median(tab):N0} ms");
        Row("the same, slowest", $"{tab.Max():N0} ms");
        Row("the page loaded anew until the graph stands, median", $"{Median(whole):N0} ms");
        Row("the same, slowest", $"{whole.Max():N0} ms");
        Row("boxes in the graph", $"{nodes}");
        return report.ToString();
    }

    // Counted in the browser, until the frame in which the graph is there.
    private const string Drawn = """
        () => new Promise(done => {
          const start = performance.now();
          const look = () => { if (document.querySelectorAll('a.node').length > 20) { watch.disconnect(); requestAnimationFrame(() => setTimeout(() => done(performance.now() - start), 0)); } };
          const watch = new MutationObserver(look);
          watch.observe(document.body, { subtree: true, childList: true });
          document.querySelector('a.tab[href*="tab=job"]').click();
        })
        """;

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static async Task SubmitAsync(string api)
    {
        const string application = """
            { "apiVersion": "flink.apache.org/v1beta1", "kind": "FlinkDeployment", "metadata": { "name": "wide-mesh", "namespace": "flink-team-a-ns" },
              "spec": { "image": "flink:1.20", "flinkVersion": "v1_20", "serviceAccount": "default", "flinkConfiguration": { "taskmanager.numberOfTaskSlots": "1600" },
                "jobManager": { "resource": { "memory": "1024m", "cpu": 0.1 } }, "taskManager": { "resource": { "memory": "1024m", "cpu": 0.1 } },
                "job": { "jarURI": "local:///opt/flink/jobs/manyvertices.jar", "args": ["--vertices", "400", "--shape", "mesh"], "parallelism": 1600, "upgradeMode": "stateless", "state": "running" } } }
            """;
        using var http = new HttpMessageInvoker(new SocketsHttpHandler());
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{api}/apis/flink.apache.org/v1beta1/namespaces/{Namespace}/flinkdeployments") { Content = new StringContent(application, Encoding.UTF8, "application/json") };
        using var answer = await http.SendAsync(request, CancellationToken.None);
        answer.EnsureSuccessStatusCode();
    }
}
