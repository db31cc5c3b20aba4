using System.Net;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox;
using FlinkDashboard.Sandbox.Protocols.PrometheusApi;

namespace FlinkDashboard.Tests.Sandbox.Prometheus;

public sealed class PrometheusApiTests : IAsyncLifetime
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private SandboxCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        _cluster = await SandboxCluster.StartAsync(new SandboxOptions { World = "busy", Speed = 0, Start = new(2026, 11, 24, 16, 0, 0, TimeSpan.Zero) });
        _http.BaseAddress = _cluster.PrometheusAddress;
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _cluster.DisposeAsync();
    }

    private async Task<JsonNode> GetAsync(string path) => (await JsonNode.ParseAsync(await _http.GetStreamAsync("/api/v1/" + path)))!["data"]!;

    private async Task RefusedAsync(string path, string type, string words, HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        using var answer = await _http.GetAsync("/api/v1/" + path);
        Assert.Equal(status, answer.StatusCode);
        var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal(("error", type, words), ((string)json["status"]!, (string)json["errorType"]!, (string)json["error"]!));
    }

    private long Now => _cluster.World.Now.ToUnixTimeSeconds();

    [Fact]
    public async Task Queries_AreAnsweredInTheirForms()
    {
        var vector = await GetAsync("query?query=count(up{component!=\"\"})by(component)");
        Assert.Equal("vector", (string)vector["resultType"]!);
        Assert.Equal(["jobmanager", "taskmanager"], vector["result"]!.AsArray().Select(r => (string)r!["metric"]!["component"]!).Order());
        Assert.Equal($$"""{"resultType":"scalar","result":[1700000000.05,"3"]}""", (await GetAsync("query?query=1%2B2&time=1700000000.05")).ToJsonString());
        Assert.Equal("matrix", (string)(await GetAsync("query?query=up[1m]"))["resultType"]!);
        using var form = new FormUrlEncodedContent([new("query", "vector(1)"), new("start", $"{Now - 60}"), new("end", $"{Now}"), new("step", "15s")]);
        using var posted = await _http.PostAsync("/api/v1/query_range", form);
        var range = JsonNode.Parse(await posted.Content.ReadAsStringAsync())!["data"]!;
        Assert.Equal(5, range["result"]![0]!["values"]!.AsArray().Count);
    }

    [Fact]
    public async Task SpanOfThePast_IsTheSameTwice()
    {
        var path = $"query_range?query=sum by (app) (rate(flink_taskmanager_job_task_numRecordsOut[5m]))&start={Now - 86_400}&end={Now - 300}&step=300";
        var first = (await GetAsync(path)).ToJsonString();
        Assert.Contains("\"app\":", first, StringComparison.Ordinal);
        _cluster.World.Timeline.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(first, (await GetAsync(path)).ToJsonString());
    }

    [Fact]
    public async Task BadRequests_AreRefused_InPrometheusWords()
    {
        await RefusedAsync("query?query=sum(", "bad_data", "invalid parameter \"query\": 1:5: parse error: unexpected end of input");
        await RefusedAsync("query_range?query=up&start=0&end=11001&step=1", "bad_data", "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)");
        Assert.Equal("matrix", (string)(await GetAsync("query_range?query=up&start=0&end=11000&step=1"))["resultType"]!);
        await RefusedAsync("query_range?query=up&start=2&end=1&step=1", "bad_data", "invalid parameter \"end\": end timestamp must not be before start time");
        await RefusedAsync("query_range?query=up&start=1&end=2&step=0", "bad_data", "invalid parameter \"step\": zero or negative query resolution step widths are not accepted. Try a positive integer");
        await RefusedAsync("query_range?query=up&start=1&end=2", "bad_data", "invalid parameter \"step\": cannot parse \"\" to a valid duration");
        await RefusedAsync("query_range?query=up&end=2&step=1", "bad_data", "invalid parameter \"start\": cannot parse \"\" to a valid timestamp");
        await RefusedAsync("query_range?query=up[1m]&start=1&end=2&step=1", "bad_data", "invalid parameter \"query\": invalid expression type \"range vector\" for range query, must be Scalar or instant Vector");
        await RefusedAsync("series", "bad_data", "no match[] parameter provided");
        await RefusedAsync("query?query=up*on()up", "execution", (await ErrorAsync("query?query=up*on()up")), HttpStatusCode.UnprocessableEntity);
        using var posted = await _http.PostAsync("/api/v1/metadata", null);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, posted.StatusCode);
        using var unknown = await _http.GetAsync("/api/v1/nothing");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private async Task<string> ErrorAsync(string path)
    {
        using var answer = await _http.GetAsync("/api/v1/" + path);
        var words = (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"]!;
        Assert.StartsWith("found duplicate series for the match group {} on the right hand-side", words, StringComparison.Ordinal);
        return words;
    }

    [Fact]
    public async Task SeriesLabelsAndTargets_AreListed()
    {
        var apps = (await GetAsync($"label/app/values?match[]=up{{app!=\"\"}}&start={Now}&end={Now}")).AsArray().Select(a => (string)a!).ToList();
        Assert.Equal(apps, (await GetAsync("query?query=count(up{app!=\"\"})by(app)"))["result"]!.AsArray().Select(r => (string)r!["metric"]!["app"]!).Order(StringComparer.Ordinal));
        Assert.Contains("task_attempt_num", (await GetAsync("labels")).AsArray().Select(l => (string)l!));
        Assert.Empty((await GetAsync("label/nothing/values")).AsArray());
        Assert.All((await GetAsync("series?match[]=flink_jobmanager_job_uptime")).AsArray(), s => Assert.Equal(32, ((string)s!["job_id"]!).Length));
        Assert.Equal("gauge", (string)(await GetAsync("metadata?metric=flink_jobmanager_job_uptime"))["flink_jobmanager_job_uptime"]![0]!["type"]!);
        var targets = (await GetAsync("targets"))["activeTargets"]!.AsArray();
        Assert.Equal(targets.Count, JsonNode.Parse(await _http.GetStringAsync("/sd"))!.AsArray().Count);
        Assert.Equal("3.5.0", (string)(await GetAsync("status/buildinfo"))["version"]!);
    }

    [Theory]
    [InlineData(PrometheusFault.Stopping, 503, "Service Unavailable")]
    [InlineData(PrometheusFault.TimedOut, 503, "query timed out")]
    [InlineData(PrometheusFault.TooManySamples, 422, "too many samples")]
    [InlineData(PrometheusFault.Throttled, 429, "Rate exceeded")]
    [InlineData(PrometheusFault.LoginPage, 200, "<html>")]
    public async Task Faults_AreAnswered(PrometheusFault fault, int status, string words)
    {
        _cluster.PrometheusFaults.Fault = fault;
        using var answer = await _http.GetAsync("/api/v1/query?query=1");
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(words, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
