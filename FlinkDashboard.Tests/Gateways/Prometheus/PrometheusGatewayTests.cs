using FlinkDashboard.Configuration;
using FlinkDashboard.Gateways;
using FlinkDashboard.Gateways.Prometheus;
using FlinkDashboard.Model.Metrics;
using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.Tests.Support;
using Microsoft.AspNetCore.Http;
using PrometheusTrouble = FlinkDashboard.Sandbox.Protocols.PrometheusApi.PrometheusFault;

namespace FlinkDashboard.Tests.Gateways.Prometheus;

/// <summary>The gateway against the sandbox's Prometheus: what it asks, and every way in which it is not answered.</summary>
[Collection(MetricsTests.Name)]
public sealed class PrometheusGatewayTests(MetricsWorld world) : IAsyncLifetime
{
    private readonly MetricsStage stage = MetricsStage.At(world);

    private PrometheusApi Api => stage.Api;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await stage.DisposeAsync();

    [Fact]
    public async Task Queries_HaveValuesOfEachKind()
    {
        var at = stage.Time.GetUtcNow();
        var vector = await Api.QueryAsync("count by (component) (up)", at, default);
        Assert.Equal(QueryValueKind.Vector, vector.Kind);
        Assert.Contains("jobmanager", vector.Series.Select(s => s.Labels.GetValueOrDefault("component")));
        var scalar = await Api.QueryAsync("1 + 2", at, default);
        Assert.Equal((QueryValueKind.Scalar, 3.0), (scalar.Kind, Assert.Single(Assert.Single(scalar.Series).Points).Value));
        Assert.Equal("a \"text\"", (await Api.QueryAsync("'a \"text\"'", at, default)).Text);
        var matrix = await Api.QueryAsync("up[1m]", at, default);
        Assert.Equal(QueryValueKind.Matrix, matrix.Kind);
        Assert.Empty((await Api.QueryAsync("no_such_metric", at, default)).Series);
        var odd = await Api.QueryAsync("vector(1) / 0 or label_replace(vector(-1) / 0, \"a\", \"b\", \"\", \"\") or label_replace(vector(0) / 0, \"a\", \"c\", \"\", \"\")", at, default);
        Assert.Equal([double.PositiveInfinity, double.NegativeInfinity, double.NaN], odd.Series.Select(s => s.Points[0].Value));
    }

    [Fact]
    public async Task Range_GivesMomentsOfItsStep()
    {
        stage.Live(120);
        var range = stage.Last(2);
        var answer = await Api.RangeAsync("sum(up)", range, default);
        Assert.Equal(range.Points, Assert.Single(answer.Series).Points.Count);
        Assert.Equal(range.From.ToUnixTimeMilliseconds(), answer.Series[0].Points[0].Milliseconds);
        var tooLong = await Assert.ThrowsAsync<PrometheusException>(() => Api.RangeAsync("up", new(range.To.AddDays(-30), range.To, TimeSpan.FromSeconds(15)), default));
        Assert.Equal(PrometheusFault.BadQuery, tooLong.Fault);
    }

    [Fact]
    public async Task Discovery_FindsSeriesLabelsValuesAndMetadata()
    {
        var series = await Api.SeriesAsync(["{__name__=\"flink_jobmanager_numRunningJobs\"}"], null, null, 3, default);
        Assert.Equal(3, series.Items.Count);
        Assert.All(series.Items, s => Assert.Equal("flink_jobmanager_numRunningJobs", s["__name__"]));
        Assert.Contains("app", (await Api.LabelNamesAsync(["flink_jobmanager_numRunningJobs"], null, null, 0, default)).Items);
        Assert.Equal(["jobmanager", "taskmanager"], (await Api.LabelValuesAsync("component", ["{component=~\".+manager\"}"], null, null, 0, default)).Items);
        Assert.Equal("gauge", (await Api.MetadataAsync("flink_jobmanager_numRunningJobs", 0, default))["flink_jobmanager_numRunningJobs"].Type);
        Assert.StartsWith("Prometheus 3.", await Api.ProbeAsync(default), StringComparison.Ordinal);
        Assert.StartsWith("Prometheus 3.", Api.Describe().Kind, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RemarksOddValuesAndGaps_AreKeptAsTheyCome()
    {
        var range = stage.Last(10);
        stage.Cluster.PrometheusFaults.Fault = PrometheusTrouble.Remarks;
        var remarked = await Api.RangeAsync("sum(up)", range, default);
        Assert.NotEmpty(remarked.Warnings);
        Assert.NotEmpty(remarked.Infos);
        stage.Cluster.PrometheusFaults.Fault = PrometheusTrouble.OddValues;
        var odd = (await Api.RangeAsync("sum(up)", range, default)).Series.Single().Points.Select(p => p.Value).ToList();
        Assert.Contains(double.NaN, odd);
        Assert.Contains(double.PositiveInfinity, odd);
        Assert.Contains(double.NegativeInfinity, odd);
        stage.Cluster.PrometheusFaults.Fault = PrometheusTrouble.Gaps;
        var gaps = ChartFrames.Of(range, [(new("", "up"), await Api.RangeAsync("sum(up)", range, default))], SeriesLabels.Usual).Lines.Single().Values;
        Assert.Equal((range.Points, true, false), (gaps.Length, double.IsNaN(gaps[range.Points / 2]), double.IsNaN(gaps[^1])));
    }

    [Fact]
    public async Task WrongQuery_SaysWhereItIsWrong()
    {
        var e = await Assert.ThrowsAsync<PrometheusException>(() => Api.QueryAsync("sum(up", null, default));
        Assert.Equal((PrometheusFault.BadQuery, 400, true), (e.Fault, e.Status, e.IsOfTheQuery));
        Assert.StartsWith("The query is not understood: ", e.Message, StringComparison.Ordinal);
        Assert.Contains("parse error", e.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PrometheusTrouble.Stopping, PrometheusFault.Starting, "stopping")]
    [InlineData(PrometheusTrouble.TimedOut, PrometheusFault.QueryTimeout, "shorter range")]
    [InlineData(PrometheusTrouble.TooManySamples, PrometheusFault.NotComputable, "too many samples")]
    [InlineData(PrometheusTrouble.Unavailable, PrometheusFault.Starting, "TSDB not ready")]
    [InlineData(PrometheusTrouble.Internal, PrometheusFault.Failed, "input/output error")]
    [InlineData(PrometheusTrouble.Throttled, PrometheusFault.Throttled, "(429)")]
    [InlineData(PrometheusTrouble.Forbidden, PrometheusFault.Forbidden, "Prometheus:TokenFile")]
    [InlineData(PrometheusTrouble.LoginPage, PrometheusFault.NotPrometheus, "an HTML page")]
    [InlineData(PrometheusTrouble.CutShort, PrometheusFault.NotUnderstood, "cut on its way")]
    public async Task Fault_IsToldWithWhatItMeans(PrometheusTrouble made, PrometheusFault told, string words)
    {
        stage.Cluster.PrometheusFaults.Fault = made;
        var e = await Assert.ThrowsAsync<PrometheusException>(() => Api.QueryAsync("up", null, default));
        Assert.Equal(told, e.Fault);
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1", e.Message + (told == PrometheusFault.NotComputable ? "127.0.0.1" : ""), StringComparison.Ordinal);
        Assert.Equal(1, Api.Describe().Errors);
        stage.Cluster.PrometheusFaults.Fault = PrometheusTrouble.None;
        Assert.NotEmpty((await Api.QueryAsync("up", null, default)).Series);
        Assert.NotNull(Api.Describe().LastSuccess);
    }

    [Fact]
    public async Task TransientFailure_IsTriedAgain_AFinalOneIsNot()
    {
        var asked = 0;
        await using var server = await LoopbackHost.StartAsync(0, context =>
        {
            asked++;
            context.Response.StatusCode = asked < 3 ? 503 : 200;
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync("""{"status":"success","data":{"resultType":"scalar","result":[1,"2"]},"warnings":["w"],"infos":["i"]}""");
        }, default);
        using var api = At(server);
        var answer = await api.QueryAsync("2", null, default);
        Assert.Equal((3, "w", "i"), (asked, answer.Warnings.Single(), answer.Infos.Single()));
        Assert.Equal(1, api.Describe().Requests);
        stage.Cluster.PrometheusFaults.Fault = PrometheusTrouble.TimedOut;
        await Assert.ThrowsAsync<PrometheusException>(() => Api.QueryAsync("up", null, default));
    }

    [Fact]
    public async Task ProxyWithoutPost_IsAskedWithGet()
    {
        var methods = new List<string>();
        await using var server = await LoopbackHost.StartAsync(0, context =>
        {
            methods.Add($"{context.Request.Method} {context.Request.Query["query"]}");
            context.Response.StatusCode = context.Request.Method == "GET" ? 200 : 405;
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync("""{"status":"success","data":{"resultType":"vector","result":[]}}""");
        }, default);
        using var api = At(server);
        const string Query = "sum(rate(up{a=~\"b+ &c\"}[5m])) % 2";
        await api.QueryAsync(Query, null, default);
        await api.QueryAsync(Query, null, default);
        Assert.Equal(["POST ", "GET " + Query, "GET " + Query], methods);
    }

    [Fact]
    public async Task HeadersAndToken_AreSent_AndATokenIsReadAgain()
    {
        var seen = new List<string>();
        await using var server = await LoopbackHost.StartAsync(0, context =>
        {
            seen.Add($"{context.Request.Headers["X-Scope-OrgID"]} {context.Request.Headers.Authorization}");
            context.Response.StatusCode = context.Request.Headers.Authorization == "Bearer two" ? 200 : 401;
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync("""{"status":"success","data":{"resultType":"vector","result":[]}}""");
        }, default);
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "one\n");
        using var api = At(server, o => (o.TokenFile, o.Headers) = (file, ["X-Scope-OrgID: team-a"]));
        Assert.Equal(PrometheusFault.Forbidden, (await Assert.ThrowsAsync<PrometheusException>(() => api.QueryAsync("up", null, default))).Fault);
        await File.WriteAllTextAsync(file, "two\n");
        await api.QueryAsync("up", null, default);
        File.Delete(file);
        Assert.Equal(["team-a Bearer one", "team-a Bearer two"], seen);
    }

    [Fact]
    public async Task Redirect_IsNotFollowed()
    {
        await using var server = await LoopbackHost.StartAsync(0, context =>
        {
            context.Response.Redirect("http://127.0.0.1:1/login");
            return Task.CompletedTask;
        }, default);
        using var api = At(server);
        Assert.Equal((PrometheusFault.NotPrometheus, 302), await FaultAsync(api));
    }

    [Fact]
    public async Task NobodyThere_SlowAnswer_AndTooLargeAnswer_AreTold()
    {
        using var nobody = new PrometheusApi(new() { Url = "http://127.0.0.1:1", Timeout = 20 }, new AwsAccess(new()), TimeProvider.System);
        Assert.Equal((PrometheusFault.Unreachable, 0), await FaultAsync(nobody));
        using var none = new PrometheusApi(new(), new AwsAccess(new()), TimeProvider.System);
        Assert.Equal((PrometheusFault.NotConfigured, 0), await FaultAsync(none));
        stage.Cluster.PrometheusFaults.Delay = TimeSpan.FromMinutes(2);
        using var impatient = new PrometheusApi(new() { Url = stage.Cluster.PrometheusAddress.ToString(), Timeout = 1 }, new AwsAccess(new()), TimeProvider.System);
        Assert.Equal((PrometheusFault.Timeout, 0), await FaultAsync(impatient));
        using var given = new CancellationTokenSource();
        var asking = Api.QueryAsync("up", null, given.Token);
        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await using var server = await LoopbackHost.StartAsync(0, async context =>
        {
            context.Response.ContentType = "application/json";
            var chunk = new byte[1 << 20];
            for (var i = 0; i < 40 && !context.RequestAborted.IsCancellationRequested; i++)
                await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
        }, default);
        using var large = At(server);
        Assert.Equal((PrometheusFault.TooLarge, 200), await FaultAsync(large));
    }

    private static async Task<(PrometheusFault, int)> FaultAsync(PrometheusApi api)
    {
        var e = await Assert.ThrowsAsync<PrometheusException>(() => api.QueryAsync("up", null, default));
        return (e.Fault, e.Status);
    }

    private static PrometheusApi At(LoopbackHost server, Action<PrometheusOptions>? change = null)
    {
        var options = new PrometheusOptions { Url = server.Address.ToString() };
        change?.Invoke(options);
        return new(options, new AwsAccess(new()), TimeProvider.System);
    }
}
