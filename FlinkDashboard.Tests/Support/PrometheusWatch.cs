using FlinkDashboard.Configuration;
using FlinkDashboard.Gateways;
using FlinkDashboard.Gateways.Prometheus;
using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.State.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlinkDashboard.Tests.Support;

/// <summary>A way to a Prometheus that writes down what passes, and charts that are read through it.</summary>
public sealed class PrometheusWatch : IAsyncDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly LoopbackHost host;
    private readonly PrometheusApi api;
    private readonly SeriesNames names;

    private PrometheusWatch(LoopbackHost host, MetricsStage stage)
    {
        this.host = host;
        api = new(new PrometheusOptions { Url = host.Address.ToString() }, new AwsAccess(new()), TimeProvider.System);
        names = new(api, stage.Time);
        Charts = new(api, names, stage.Rest, stage.Time, NullLogger<ChartSource>.Instance);
    }

    public ChartSource Charts { get; }

    /// <summary>Endpoints in their order, those of ranges with the number of moments asked for.</summary>
    public List<string> Asked { get; } = [];

    public static async Task<PrometheusWatch> StartAsync(MetricsStage stage)
    {
        PrometheusWatch? self = null;
        var host = await LoopbackHost.StartAsync(0, context => self!.PassAsync(context, stage.Cluster.PrometheusAddress), default);
        return self = new(host, stage);
    }

    public async ValueTask DisposeAsync()
    {
        Charts.Dispose();
        names.Dispose();
        api.Dispose();
        http.Dispose();
        await host.DisposeAsync();
    }

    private async Task PassAsync(HttpContext context, Uri to)
    {
        var endpoint = context.Request.Path.Value!["/api/v1/".Length..];
        using var request = new HttpRequestMessage(new(context.Request.Method), new Uri(to, context.Request.Path + context.Request.QueryString));
        if (context.Request.HasFormContentType)
        {
            var form = await context.Request.ReadFormAsync();
            request.Content = new FormUrlEncodedContent(form.SelectMany(p => p.Value.Select(v => KeyValuePair.Create(p.Key, v!))));
            if (form.TryGetValue("step", out var step))
                endpoint += $" {((double.Parse(form["end"]!) - double.Parse(form["start"]!)) / double.Parse(step!)) + 1}";
        }
        lock (Asked)
            Asked.Add(endpoint);
        using var answer = await http.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
