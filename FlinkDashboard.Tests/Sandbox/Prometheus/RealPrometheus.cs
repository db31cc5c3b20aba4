using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using FlinkDashboard.Model.Metrics;
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
/// Debian's Prometheus 2.42 that has scraped the busy world for a minute and a half, and then scrapes no more. Its scrapes fall where they fall, and some fail
/// on a loaded machine, which then gets more time: what it has seen is read back (each answer says of which moment it is), and the sandbox's evaluator is given
/// exactly these scrapes.
/// </summary>
public sealed class RealPrometheus : IAsyncLifetime
{
    private const int ScrapesOfEach = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Lived = TimeSpan.FromSeconds(85);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sandbox-prometheus-");
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
    private Process? _process;
    private Uri _address = null!;
    private ScrapePlan _plan = null!;

    /// <summary>Path of the program.</summary>
    public const string Program = "/usr/bin/prometheus";

    /// <summary>Time between scrapes.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>The world it scrapes.</summary>
    public SandboxCluster Cluster { get; private set; } = null!;

    /// <summary>Two moments up to which everything is known, the later first, in milliseconds; no target has just gone then.</summary>
    public IReadOnlyList<long> Moments { get; private set; } = [];

    /// <summary>A quarter of an hour as a chart draws it; <see cref="Asked"/> is its end.</summary>
    public ChartRange Range { get; private set; } = new(default, default, Interval);

    /// <summary>What a live chart asks of it anew: the end, seven moments.</summary>
    public ChartRange Asked => Range with { From = Range.To - (6 * Range.Step) };

    /// <summary>Those moments of <see cref="Asked"/> at which no target has just gone.</summary>
    public IReadOnlyList<long> RangeMoments { get; private set; } = [];

    /// <summary>How many targets there were, scrapes of them, and scrapes that failed.</summary>
    public (int Targets, int Scrapes, int Failed) Seen { get; private set; }

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        if (!File.Exists(Program))
            return;
        Cluster = await SandboxCluster.StartAsync(new SandboxOptions { World = "busy", Speed = 1 });
        _address = await StartAsync();
        await ScrapeAsync();
        var active = await TargetsAsync();
        await StopScrapingAsync();
        var until = Now();
        var read = await ScrapesRead.ReadAsync(this, active, until);
        (_plan, Seen) = (read, (read.Targets, read.Count, read.Failed));
        // Scrapes that were under way when it ended may be there or not.
        var settled = until - (3 * (long)Interval.TotalMilliseconds) - 500;
        var quiet = read.Quiet(Enumerable.Range(0, 40).Select(i => settled - (i * 1_111L))).ToList();
        Moments = [.. quiet.Take(1), .. quiet.Where(m => m < quiet[0] - 3_000).Take(1)];
        var ranges = Enumerable.Range(0, 5).Select(i => DateTimeOffset.FromUnixTimeMilliseconds(settled - (i * 5_000L))).Select(to => ChartRange.Of(to.AddMinutes(-15), to, 600, Interval));
        (Range, RangeMoments) = ranges.Select(r => (r, read.Quiet(MomentsOf(r with { From = r.To - (6 * r.Step) })).ToList())).MaxBy(r => r.Item2.Count);
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
        var answer = await DataAsync("query", query, ("time", Text(at)));
        return (string)answer["resultType"]! == "scalar" ? new() { [LabelSet.Empty] = Value(answer["result"]![1]!) }
            : answer["result"]!.AsArray().ToDictionary(s => Labels(s!["metric"]!), s => Value(s!["value"]![1]!));
    }

    /// <summary>What the real one answers to a query over the moments of <see cref="Asked"/>: values by labels, by moment.</summary>
    internal async Task<Dictionary<long, Dictionary<LabelSet, double>>> AskRangeAsync(string query)
    {
        var answer = await DataAsync("query_range", query, ("start", Text(Asked.From.ToUnixTimeMilliseconds())), ("end", Text(Asked.To.ToUnixTimeMilliseconds())), ("step", Asked.Step.TotalSeconds.ToString(CultureInfo.InvariantCulture)));
        var points = answer["result"]!.AsArray().SelectMany(s => Labels(s!["metric"]!) is var labels ? s["values"]!.AsArray().Select(p => (At: Milliseconds(p![0]!), labels, Value: Value(p[1]!))) : []);
        return points.GroupBy(p => p.At).ToDictionary(p => p.Key, p => p.ToDictionary(x => x.labels, x => x.Value));
    }

    /// <summary>The samples that the real one has, up to a moment.</summary>
    internal async Task<IReadOnlyList<SampledSeries>> SamplesAsync(string selector, long at) => [.. (await DataAsync("query", selector, ("time", Text(at))))["result"]!.AsArray().Select(s => new SampledSeries(Labels(s!["metric"]!),
        [.. s["values"]!.AsArray().Select(p => Milliseconds(p![0]!))], [.. s["values"]!.AsArray().Select(p => Value(p![1]!))]))];

    /// <summary>Labels of the targets that it knows now.</summary>
    internal async Task<IReadOnlySet<LabelSet>> TargetsAsync() => JsonNode.Parse(await _http.GetStringAsync(new Uri(_address, "api/v1/targets?state=active")))!["data"]!["activeTargets"]!.AsArray().Select(t => Labels(t!["labels"]!)).ToHashSet();

    /// <summary>What the sandbox's evaluator answers at moments of one question, given the same scrapes.</summary>
    internal IReadOnlyList<Dictionary<LabelSet, double>> Reckon(string query, params IReadOnlyList<long> moments)
    {
        var expression = Parser.Parse(query);
        var evaluator = new Evaluator((matchers, from, to, at) => Cluster.World.Metrics.Read(new SeriesQuery([.. matchers.Select(m => m.Condition)], from, to) { Moments = at }, _plan)) { IsVersion2 = true };
        evaluator.Prepare(expression, moments);
        return [.. moments.Select(at => expression.Type == PromType.Scalar ? new() { [LabelSet.Empty] = evaluator.Scalar(expression, at) } : evaluator.Vector(expression, at).ToDictionary(s => s.Labels, s => s.Value))];
    }

    /// <summary>The moments of a range, in milliseconds.</summary>
    internal static IReadOnlyList<long> MomentsOf(ChartRange range) => [.. Enumerable.Range(0, range.Points).Select(i => (range.From + (i * range.Step)).ToUnixTimeMilliseconds())];

    private async Task<JsonNode> DataAsync(string path, string query, params (string Name, string Value)[] parameters)
    {
        using var form = new FormUrlEncodedContent([new("query", query), .. parameters.Select(p => KeyValuePair.Create(p.Name, p.Value))]);
        using var answer = await _http.PostAsync(new Uri(_address, "api/v1/" + path), form);
        var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.True((string)json["status"]! == "success", $"{query}\n{json["error"]}");
        return json["data"]!;
    }

    // Every target often enough, or as often as this machine allows: the tests say when that was too seldom.
    private async Task ScrapeAsync()
    {
        var begun = Stopwatch.GetTimestamp();
        await UntilAsync(() => Task.FromResult(Stopwatch.GetElapsedTime(begun) > Lived));
        while (Stopwatch.GetElapsedTime(begun) < Patience && !(await AskAsync("sum(sum_over_time(up[10m])) / count(sum_over_time(up[10m]))", Now())).Values.Any(each => each >= ScrapesOfEach))
            await Task.Delay(Interval, TimeProvider.System);
    }

    // Nothing changes any more while answers are compared, neither what it knows nor the world, and the machine has peace.
    private async Task StopScrapingAsync()
    {
        await File.WriteAllTextAsync(ConfigFile, "global: {}");
        using var answer = await _http.PostAsync(new Uri(_address, "-/reload"), null);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        Cluster.World.Clock.Speed = 0;
    }

    private string ConfigFile => Path.Combine(_folder.FullName, "prometheus.yml");

    private async Task<Uri> StartAsync()
    {
        await File.WriteAllTextAsync(ConfigFile, $$"""
            global: { scrape_interval: {{Interval.TotalSeconds}}s, scrape_timeout: {{Interval.TotalSeconds}}s }
            scrape_configs:
              - job_name: sandbox
                honor_labels: true
                params: { moment: ["1"] }
                http_sd_configs: [{ url: "{{Cluster.PrometheusAddress}}sd", refresh_interval: 3s }]
            """);
        Uri? address = null;
        await UntilAsync(async () =>
        {
            // Somebody else may take a port between finding and using it.
            if (_process is null or { HasExited: true })
            {
                _process?.Dispose();
                address = new Uri($"http://127.0.0.1:{FreePort()}/");
                _process = Process.Start(new ProcessStartInfo(Program,
                    [$"--config.file={ConfigFile}", $"--storage.tsdb.path={Path.Combine(_folder.FullName, "data")}", $"--web.listen-address={address.Authority}", "--web.enable-lifecycle", "--log.level=error"])
                {
                    WorkingDirectory = _folder.FullName,
                })!;
            }
            try
            {
                using var ready = await _http.GetAsync(new Uri(address!, "-/ready"));
                return ready.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
        return address!;
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

    private static string Text(long milliseconds) => (milliseconds / 1000m).ToString(CultureInfo.InvariantCulture);

    private static long Milliseconds(JsonNode seconds) => (long)Math.Round((double)seconds * 1000);

    private static LabelSet Labels(JsonNode node) => LabelSet.Of(node.AsObject().Select(l => KeyValuePair.Create(l.Key, (string)l.Value!)));

    private static double Value(JsonNode node) => (string)node! switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        var text => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };
}
