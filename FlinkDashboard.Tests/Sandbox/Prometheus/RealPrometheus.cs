using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox;
using FlinkDashboard.Sandbox.Protocols.PrometheusApi.Query;
using FlinkDashboard.Sandbox.World.Metrics;

namespace FlinkDashboard.Tests.Sandbox.Prometheus;

/// <summary>A fact about a real Prometheus; skipped where there is none.</summary>
public sealed class RealPrometheusFactAttribute : FactAttribute
{
    /// <summary>Skips it where there is none.</summary>
    public RealPrometheusFactAttribute() => Skip = File.Exists(RealPrometheus.Program) ? null : "prometheus is not there: apt-get install prometheus.";
}

/// <summary>The same of several queries.</summary>
public sealed class RealPrometheusTheoryAttribute : TheoryAttribute
{
    /// <summary>Skips it where there is none.</summary>
    public RealPrometheusTheoryAttribute() => Skip = File.Exists(RealPrometheus.Program) ? null : "prometheus is not there: apt-get install prometheus.";
}

/// <summary>
/// Debian's Prometheus 2.42 that has scraped the busy world for a minute. Its scrapes fall where they fall, and some fail on a loaded machine: what it has
/// seen is read back (each answer says of which moment it is), and the sandbox's evaluator is given exactly these scrapes.
/// </summary>
public sealed class RealPrometheus : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Lived = TimeSpan.FromSeconds(85);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sandbox-prometheus-");
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(60) };
    private Process? _process;
    private Uri _address = null!;
    private ScrapePlan _plan = null!;

    /// <summary>Path of the program.</summary>
    public const string Program = "/usr/bin/prometheus";

    /// <summary>Time between scrapes.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>The world it scrapes.</summary>
    public SandboxCluster Cluster { get; private set; } = null!;

    /// <summary>Moments up to which everything is known, in milliseconds; no target has just gone then.</summary>
    public IReadOnlyList<long> Moments { get; private set; } = [];

    /// <summary>How many targets there were, scrapes of them, and scrapes that failed.</summary>
    public (int Targets, int Scrapes, int Failed) Seen { get; private set; }

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        if (!File.Exists(Program))
            return;
        Cluster = await SandboxCluster.StartAsync(new SandboxOptions { World = "busy", Speed = 1 });
        _address = await StartAsync();
        var begun = Stopwatch.GetTimestamp();
        await UntilAsync(async () => Stopwatch.GetElapsedTime(begun) > Lived && (await AskAsync("count(up == 1)", Now())).Count > 0);
        var until = Now();
        // What was begun before these moments has ended by now, or has been given up.
        var settled = until - (3 * (long)Interval.TotalMilliseconds) - 500;
        var read = await ScrapesRead.ReadAsync(this, until);
        (_plan, Seen) = (read, (read.Targets, read.Count, read.Failed));
        Moments = [.. read.Quiet([settled, settled - 3_333, settled - 7_777, settled - 12_345, settled - 17_891]).Take(2)];
    }

    /// <inheritdoc />
    public async Task DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
        _process?.Dispose();
        _http.Dispose();
        if (Cluster is not null)
            await Cluster.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Real time, milliseconds.</summary>
    private static long Now() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>What the real one answers to a query at a moment: values by labels.</summary>
    internal async Task<Dictionary<LabelSet, double>> AskAsync(string query, long at)
    {
        var answer = await DataAsync(query, at);
        return (string)answer["resultType"]! == "scalar" ? new() { [LabelSet.Empty] = Value(answer["result"]![1]!) }
            : answer["result"]!.AsArray().ToDictionary(s => Labels(s!["metric"]!), s => Value(s!["value"]![1]!));
    }

    /// <summary>The samples that the real one has, up to a moment.</summary>
    internal async Task<IReadOnlyList<SampledSeries>> SamplesAsync(string selector, long at) => [.. (await DataAsync(selector, at))["result"]!.AsArray().Select(s => new SampledSeries(Labels(s!["metric"]!),
        [.. s["values"]!.AsArray().Select(p => (long)Math.Round((double)p![0]! * 1000))], [.. s["values"]!.AsArray().Select(p => Value(p![1]!))]))];

    /// <summary>Labels of the targets that it knows now.</summary>
    internal async Task<IReadOnlySet<LabelSet>> TargetsAsync() => JsonNode.Parse(await _http.GetStringAsync(new Uri(_address, "api/v1/targets?state=active")))!["data"]!["activeTargets"]!.AsArray().Select(t => Labels(t!["labels"]!)).ToHashSet();

    /// <summary>What the sandbox's evaluator answers at a moment, given the same scrapes.</summary>
    internal Dictionary<LabelSet, double> Reckon(string query, long at)
    {
        var expression = Parser.Parse(query);
        var evaluator = new Evaluator((matchers, from, to, moments) => Cluster.World.Metrics.Read(new SeriesQuery([.. matchers.Select(m => m.Condition)], from, to) { Moments = moments }, _plan)) { IsVersion2 = true };
        evaluator.Prepare(expression, [at]);
        return expression.Type == PromType.Scalar ? new() { [LabelSet.Empty] = evaluator.Scalar(expression, at) } : evaluator.Vector(expression, at).ToDictionary(s => s.Labels, s => s.Value);
    }

    private async Task<JsonNode> DataAsync(string query, long at)
    {
        using var form = new FormUrlEncodedContent([new("query", query), new("time", (at / 1000m).ToString(CultureInfo.InvariantCulture))]);
        using var answer = await _http.PostAsync(new Uri(_address, "api/v1/query"), form);
        var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.True((string)json["status"]! == "success", $"{query}\n{json["error"]}");
        return json["data"]!;
    }

    private async Task<Uri> StartAsync()
    {
        var port = FreePort();
        var config = Path.Combine(_folder.FullName, "prometheus.yml");
        await File.WriteAllTextAsync(config, $$"""
            global: { scrape_interval: {{Interval.TotalSeconds}}s, scrape_timeout: {{Interval.TotalSeconds}}s }
            scrape_configs:
              - job_name: sandbox
                honor_labels: true
                params: { moment: ["1"] }
                http_sd_configs: [{ url: "{{Cluster.PrometheusAddress}}sd", refresh_interval: 1s }]
            """);
        _process = Process.Start(new ProcessStartInfo(Program,
            [$"--config.file={config}", $"--storage.tsdb.path={Path.Combine(_folder.FullName, "data")}", $"--web.listen-address=127.0.0.1:{port}", "--log.level=error"])
        {
            WorkingDirectory = _folder.FullName,
        })!;
        var address = new Uri($"http://127.0.0.1:{port}/");
        await UntilAsync(async () =>
        {
            try
            {
                using var ready = await _http.GetAsync(new Uri(address, "-/ready"));
                return ready.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
        return address;
    }

    private static async Task UntilAsync(Func<Task<bool>> reached)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await reached())
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, patience.Token);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static LabelSet Labels(JsonNode node) => LabelSet.Of(node.AsObject().Select(l => KeyValuePair.Create(l.Key, (string)l.Value!)));

    private static double Value(JsonNode node) => (string)node! switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        var text => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };
}
