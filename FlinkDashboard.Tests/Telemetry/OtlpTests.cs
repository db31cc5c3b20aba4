using System.Collections.Concurrent;
using System.Text;
using FlinkDashboard.Tests.App;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace FlinkDashboard.Tests.Telemetry;

/// <summary>A collector on loopback takes what the app sends.</summary>
public sealed class OtlpTests
{
    [Theory]
    [InlineData("Telemetry:Otlp")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT")]
    public async Task Collector_Gets_OurMetrics(string setting)
    {
        await using var collector = await Collector.StartAsync();
        using var app = DashboardApp.Start(("Sandbox:World", "quiet"), (setting, collector.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_METRIC_EXPORT_INTERVAL", "300"));
        var body = await collector.UntilAsync("/v1/metrics", "flinkdashboard.cache.objects");
        Assert.Contains("FlinkDashboard.State", body, StringComparison.Ordinal);
        Assert.Contains("flink-dashboard", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Collector_Gets_TracesOfRequests()
    {
        await using var collector = await Collector.StartAsync();
        using var app = DashboardApp.Start(("Sandbox:World", "quiet"), ("Telemetry:Otlp", collector.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_BSP_SCHEDULE_DELAY", "300"));
        using var http = app.CreateClient();
        await http.GetStringAsync("/healthz");
        await collector.UntilAsync("/v1/traces", "healthz");
    }

    private sealed class Collector : IAsyncDisposable
    {
        private readonly WebApplication app;
        private readonly BlockingCollection<(string Path, string Body)> bodies = [];
        private readonly CancellationTokenSource limit = new(TimeSpan.FromSeconds(60));

        private Collector(WebApplication app)
        {
            this.app = app;
            app.MapPost("/{*path}", async context =>
            {
                using var reader = new StreamReader(context.Request.Body, Encoding.Latin1);
                bodies.Add((context.Request.Path, await reader.ReadToEndAsync()));
                context.Response.ContentType = "application/x-protobuf";
            });
        }

        public string Address => app.Urls.First();

        public static async Task<Collector> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            var collector = new Collector(builder.Build());
            await collector.app.StartAsync();
            return collector;
        }

        public Task<string> UntilAsync(string path, string word) => Task.Run(() => bodies.GetConsumingEnumerable(limit.Token).First(b => b.Path == path && b.Body.Contains(word, StringComparison.Ordinal)).Body);

        public async ValueTask DisposeAsync()
        {
            await app.DisposeAsync();
            bodies.Dispose();
            limit.Dispose();
        }
    }
}
