using System.Net;
using System.Reflection;
using FlinkDashboard.Access;
using FlinkDashboard.Gateways;
using FlinkDashboard.Gateways.CloudWatchLogs;
using FlinkDashboard.Gateways.FlinkRest;
using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Gateways.Prometheus;
using FlinkDashboard.Gateways.S3;
using FlinkDashboard.Sandbox.World.Aws;
using FlinkDashboard.State.Flink;
using FlinkDashboard.State.Logs;
using FlinkDashboard.State.Metrics;
using FlinkDashboard.State.Storage;
using FlinkDashboard.Tests.App;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FlinkDashboard.Tests.Architecture;

/// <summary>Whatever answers a request asks for the viewer's right before it reads anything with the dashboard's own.</summary>
public sealed class EndpointRightsTests(EndpointRightsTests.World world) : IClassFixture<EndpointRightsTests.World>
{
    private const string Secret = "0123456789abcdef";

    /// <summary>Each endpoint beside the pages, with requests that reach its work.</summary>
    private static readonly Dictionary<string, string[]> Endpoints = new()
    {
        ["GET /flink/{ns}/{name}/{**rest}"] = ["/flink/flink-team-a-ns/orders-healthy/", "/flink/flink-team-a-ns/orders-healthy/overview"],
        ["GET /logs/download"] = ["/logs/download?ns=flink-team-a-ns&name=orders-healthy", "/logs/download?way=cloudwatch&ns=flink-team-a-ns&name=orders-healthy", "/logs/download?way=cloudwatch&group=" + AwsAccount.LogGroup],
        ["GET /storage/file"] = [$"/storage/file?at=s3://{AwsAccount.Bucket}/jobs/a.jar"],
        ["PUT /storage/upload/{ns}/{name}"] = ["/storage/upload/flink-team-a-ns/a.jar?id=x&number=1&size=4"],
    };

    /// <summary>Answer anybody: they read no source.</summary>
    private static readonly string[] Open = ["/healthz", "/readyz", "/metrics"];

    /// <summary>What reads a system that knows nothing of the cluster's users, or JobManagers.</summary>
    private static readonly Type[] Sources =
    [
        typeof(PrometheusApi), typeof(ChartSource), typeof(ExploreSource), typeof(FleetNumbers), typeof(SeriesNames), typeof(RestCharts), typeof(RestSampler), typeof(CloudWatchLogsApi), typeof(LogHub), typeof(LogSources),
        typeof(LogGroups), typeof(InsightsDesk), typeof(S3Api), typeof(StorageFiles), typeof(UsageCount), typeof(FlinkRestApi), typeof(JobManagerFeeds), typeof(KubernetesApi),
    ];

    private static readonly Type[] Rights = [typeof(SourceRights), typeof(AccessReviews), typeof(Visibility)];

    /// <summary>Those who read a source and hold no right, each with its reason.</summary>
    private static readonly Dictionary<string, string> Excused = new()
    {
        ["FlinkBoard"] = "judges every application for everybody; its caller shows the rows of the namespaces that a viewer sees",
        ["LoadBoard"] = "asks one question for everybody; it tells of rows that its caller may see",
        ["SourceList"] = "tells how the gateways fare; asks nothing",
        ["SourceCheck"] = "asks whether sources answer; shows nothing of what they say",
        ["ConnectionPanel"] = "tells the version of the API server",
    };

    private readonly DashboardApp app = world.App;

    [Fact]
    public async Task Endpoint_AnswersNobody_403WithTheReason_AndReadsNothing()
    {
        var mapped = Mapped().Where(e => !IsPage(e) && !IsStatic(e)).SelectMany(e => Methods(e).Select(method => $"{method} {Route(e)}")).Where(e => !Open.Contains(e.Split(' ')[1])).Distinct().Order().ToList();
        Assert.Equal(Endpoints.Keys.Order(), mapped); // a new one needs a line above
        var before = Asked();
        foreach (var (endpoint, addresses) in Endpoints)
        {
            foreach (var address in addresses)
            {
                using var answer = await SendAsync(new(endpoint.Split(' ')[0]), address);
                Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{address}: {answer.StatusCode}");
                Assert.Contains("User nobody may not ", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }
        }
        Assert.Equal(before, Asked());
    }

    [Fact]
    public async Task Page_ShowsNobody_NothingOfASource()
    {
        var pages = Mapped().Where(IsPage).Select(Route).Distinct().ToList();
        Assert.True(pages.Count > 15);
        var before = Asked();
        foreach (var page in pages)
        {
            var path = page.Replace("{Namespace}", "flink-team-a-ns", StringComparison.OrdinalIgnoreCase).Replace("{Name}", "orders-healthy", StringComparison.OrdinalIgnoreCase).Replace("{Kind}", "FlinkDeployment", StringComparison.OrdinalIgnoreCase);
            string[] queries = page.StartsWith("/applications/", StringComparison.Ordinal) ? ["?tab=logs&way=cloudwatch", "?tab=metrics", "?tab=storage", "?tab=job"] : [""];
            foreach (var query in (string[])[.. queries, $"?at=s3://{AwsAccount.Bucket}/&way=cloudwatch&group={AwsAccount.LogGroup}&query=up&q=up", "?mode=insights"])
                using (var answer = await SendAsync(HttpMethod.Get, path + query))
                    Assert.True((int)answer.StatusCode < 500, path + query);
        }
        // One question about the load of all applications serves everybody; nobody is shown none of it.
        Assert.Equal(before with { Prometheus = 0 }, Asked() with { Prometheus = 0 });
    }

    [Fact]
    public void WhoeverHoldsASource_HoldsARight()
    {
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        var types = typeof(Program).Assembly.GetTypes().Where(t => t.Namespace is { } ns && (ns.StartsWith("FlinkDashboard.Ui", StringComparison.Ordinal) || ns.StartsWith("FlinkDashboard.Features", StringComparison.Ordinal)) && !t.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute)));
        var holders =
            from type in types
            let given = type.GetConstructors(Any).SelectMany(c => c.GetParameters()).Select(p => p.ParameterType).Concat(type.GetProperties(Any).Where(p => p.IsDefined(typeof(InjectAttribute))).Select(p => p.PropertyType)).ToHashSet()
            from source in given.Where(Sources.Contains)
            where source != typeof(KubernetesApi) || !ReadsAsTheViewer(type)
            where !given.Overlaps(Rights)
            select type.Name;
        Assert.Equal(Excused.Keys.Order(), holders.Distinct().Order());
    }

    [Fact]
    public void HandlerThatTakesASource_TakesARight()
    {
        var handlers = Mapped().Select(e => e.Metadata.GetMetadata<MethodInfo>()).OfType<MethodInfo>().Where(m => m.DeclaringType?.Namespace?.StartsWith("FlinkDashboard.Features", StringComparison.Ordinal) == true).ToList();
        Assert.NotEmpty(handlers);
        Assert.Empty(handlers.Where(m => m.GetParameters().Any(p => Sources.Contains(p.ParameterType)) && !m.GetParameters().Any(p => Rights.Contains(p.ParameterType))).Select(m => m.DeclaringType!.Name));
    }

    // Reads of objects are sent as the viewer: the API server decides.
    private static bool ReadsAsTheViewer(Type type)
    {
        var file = Support.Repository.Files("FlinkDashboard", ".cs", ".razor").Single(f => Path.GetFileName(f) == type.Name + ".razor" || Path.GetFileName(f) == type.Name + ".cs");
        var calls = File.ReadLines(file).Where(line => line.Contains("pi.Read", StringComparison.Ordinal) || line.Contains("pi.Get", StringComparison.Ordinal)).ToList();
        return calls.Count > 0 && calls.TrueForAll(line => line.Contains(".Identity", StringComparison.Ordinal));
    }

    private IEnumerable<RouteEndpoint> Mapped() => app.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>();

    private static bool IsPage(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;

    // Files of the site, the framework's script, and the connection of the pages.
    private static bool IsStatic(RouteEndpoint endpoint) => endpoint.Metadata.Any(m => m.GetType().Name == "StaticAssetDescriptor") || Route(endpoint).StartsWith("/_", StringComparison.Ordinal) || Route(endpoint) == "/{**path:file}"; // a file that is not there

    private static string Route(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.TrimStart('/');

    private static IEnumerable<string> Methods(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"];

    private Counts Asked()
    {
        var meter = app.Services.GetRequiredService<GatewayMeter>();
        long Of(string gateway) => meter.Of(gateway).Now.Requests;
        return new(Of("s3"), Of("logs"), Of("livetail"), Of("flink"), Of("prometheus"));
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string address)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = app.Address };
        using var request = new HttpRequestMessage(method, address) { Headers = { { "X-Forwarded-User", "nobody" }, { "X-Dashboard-Secret", Secret }, { "X-Dashboard-Upload", "1" } } };
        if (method == HttpMethod.Put)
            request.Content = new ByteArrayContent("PK\u0003\u0004"u8.ToArray());
        return await http.SendAsync(request);
    }

    /// <summary>One dashboard for all, where users sign in.</summary>
    public sealed class World : IDisposable
    {
        public DashboardApp App { get; } = DashboardApp.Start(("Sandbox:World", "quiet"), ("Sandbox:Speed", "0"), ("Access:Mode", "Header"), ("Access:SharedSecret", Secret));

        public void Dispose() => App.Dispose();
    }

    private sealed record Counts(long S3, long Logs, long Tail, long Flink, long Prometheus);
}
