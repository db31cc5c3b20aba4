using FlinkDashboard.Gateways;
using FlinkDashboard.Gateways.Prometheus;
using FlinkDashboard.Model.Metrics;
using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.State.Metrics;
using FlinkDashboard.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using PrometheusFault = FlinkDashboard.Sandbox.Protocols.PrometheusApi.PrometheusFault;

namespace FlinkDashboard.Tests.State.Metrics;

/// <summary>Reading for all together: shared, only what is new, and old values while the source fails.</summary>
[Collection(MetricsTests.Name)]
public sealed class ChartSourceTests(MetricsWorld world) : IAsyncLifetime
{
    private static readonly MetricChart Busy = MetricCatalog.Find("busy")!;
    private readonly MetricsStage stage = MetricsStage.At(world);
    private ChartSubject subject = null!;

    public async Task InitializeAsync()
    {
        subject = await stage.SomebodyAsync();
        await stage.Names.GetAsync(default);
    }

    public async Task DisposeAsync() => await stage.DisposeAsync();

    private long Requests => stage.Api.Describe().Requests;

    [Fact]
    public async Task TwentyViewers_AskAsOftenAsOne()
    {
        var before = Requests;
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => stage.Charts.ReadAsync(Busy, subject, stage.Last(15), default)));
        Assert.Equal(before + 1, Requests);
        Assert.NotEmpty(answers[0].Frame!.Lines);
        Assert.All(answers, a => Assert.Same(answers[0].Frame, a.Frame));
        stage.Time.Advance(TimeSpan.FromSeconds(10));
        await stage.Charts.ReadAsync(Busy, subject, answers[0].Frame!.Range, default);
        Assert.Equal(before + 1, Requests);
    }

    [Fact]
    public async Task ViewerWhoLeaves_DoesNotSpoilItForOthers()
    {
        using var leaves = new CancellationTokenSource();
        stage.Cluster.PrometheusFaults.Delay = TimeSpan.FromMilliseconds(300);
        var (first, second) = (stage.Charts.ReadAsync(Busy, subject, stage.Last(15), leaves.Token), stage.Charts.ReadAsync(Busy, subject, stage.Last(15), default));
        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.NotEmpty((await second).Frame!.Lines);
    }

    [Fact]
    public async Task LiveRange_IsAskedOnlyForWhatIsNew_AndIsAsIfReadWhole()
    {
        await using var watched = await PrometheusWatch.StartAsync(stage);
        var joined = await watched.Charts.ReadAsync(Busy, subject, stage.Last(15), default);
        stage.Live(60);
        joined = await watched.Charts.ReadAsync(Busy, subject, stage.Last(15), default);
        var points = watched.Asked.Where(a => a.StartsWith("query_range", StringComparison.Ordinal)).Select(a => int.Parse(a.Split(' ')[1])).ToList();
        Assert.Equal([61, 6], points);
        var whole = await stage.Api.RangeAsync(ChartQueryText.Of(Busy.Queries[0], subject, SeriesLabels.Usual, joined.Frame!.Range, stage.Api.ScrapeInterval), joined.Frame.Range, default);
        var expected = ChartFrames.Of(joined.Frame.Range, [(Busy.Queries[0], whole)], SeriesLabels.Usual);
        Assert.Equal(expected.Lines.Select(l => l.Name), joined.Frame.Lines.Select(l => l.Name));
        Assert.All(expected.Lines.Zip(joined.Frame.Lines), p => Assert.Equal(p.First.Values, p.Second.Values));
    }

    [Fact]
    public async Task SourceThatFails_LeavesTheLastFrameWithItsAge_AndIsNotAskedByEverybody()
    {
        var good = await stage.Charts.ReadAsync(Busy, subject, stage.Last(15), default);
        stage.Cluster.PrometheusFaults.Fault = PrometheusFault.TooManySamples;
        stage.Live(60);
        var before = Requests;
        var bad = await stage.Charts.ReadAsync(Busy, subject, stage.Last(15), default);
        Assert.Same(good.Frame, bad.Frame);
        Assert.Equal(good.At, bad.At);
        Assert.Contains("too many samples", bad.Problem, StringComparison.Ordinal);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => stage.Charts.ReadAsync(Busy, subject, stage.Last(15), default)));
        Assert.Equal(before + 1, Requests);
        stage.Cluster.PrometheusFaults.Fault = PrometheusFault.None;
        stage.Live(60);
        Assert.Null((await stage.Charts.ReadAsync(Busy, subject, stage.Last(15), default)).Problem);
    }

    [Fact]
    public async Task ChartWithoutSeries_SaysWhy()
    {
        var kafka = MetricCatalog.Find("busy")! with { Id = "made-up", Queries = [new("no_such_metric{$app}", "x")], Needs = ["no_such_metric"], Missing = "No series: there are none." };
        Assert.Equal("No series: there are none.", (await stage.Charts.ReadAsync(kafka, subject, stage.Last(15), default)).Missing);
        Assert.StartsWith("Others have these series", (await stage.Charts.ReadAsync(Busy, ChartSubject.Application("nowhere", "nobody"), stage.Last(15), default)).Missing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fleet_ShowsTheNamespacesOfTheViewer_AndNoOther()
    {
        var chart = MetricCatalog.Find("fleet-busy")!;
        var own = await stage.Charts.ReadAsync(chart, ChartSubject.Fleet([subject.Namespace!]), stage.Last(15), default);
        Assert.All(own.Frame!.Lines, l => Assert.StartsWith(subject.Namespace + "/", l.Name, StringComparison.Ordinal));
        var all = await stage.Charts.ReadAsync(chart, ChartSubject.Fleet(null), stage.Last(15), default);
        Assert.True(all.Frame!.Lines.Select(l => l.Labels["namespace"]).Distinct().Count() > 1);
        var none = await stage.Charts.ReadAsync(chart, new ChartSubject(ChartSubjectKind.Fleet), stage.Last(15), default);
        Assert.Empty(none.Frame!.Lines);
        Assert.NotNull(none.Missing);
    }

    [Fact]
    public async Task Memory_IsBounded()
    {
        var range = stage.Last(180) with { Step = TimeSpan.FromSeconds(15) };
        var values = string.Join(',', Enumerable.Range(0, range.Points).Select(i => $"[{range.From.AddSeconds(15 * i).ToUnixTimeSeconds()},\"{i}\"]"));
        var series = string.Join(',', Enumerable.Range(0, 150).Select(i => "{\"metric\":{\"pod\":\"p" + i + "\"},\"values\":[" + values + "]}"));
        var matrix = "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[" + series + "]}}";
        await using var server = await LoopbackHost.StartAsync(0, context =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(context.Request.Path.Value!.EndsWith("query_range", StringComparison.Ordinal) ? matrix : """{"status":"success","data":[]}""");
        }, default);
        using var api = new PrometheusApi(new() { Url = server.Address.ToString() }, new AwsAccess(new()), TimeProvider.System);
        using var names = new SeriesNames(api, stage.Time);
        using var charts = new ChartSource(api, names, stage.Rest, stage.Time, NullLogger<ChartSource>.Instance);
        ChartAnswer answer = null!;
        for (var i = 0; i < 60; i++)
            answer = await charts.ReadAsync(Busy with { Id = "wide-" + i, Queries = [new("wide", "{{pod}}")] }, subject, range, default);
        Assert.Equal(ChartFrames.MostLines, answer.Frame!.Lines.Count);
        Assert.StartsWith("120 of 150 series are drawn", answer.Frame.Warnings.Single(), StringComparison.Ordinal);
        Assert.InRange(charts.Numbers, 1_000_000, ChartSource.MostNumbers);
    }
}
