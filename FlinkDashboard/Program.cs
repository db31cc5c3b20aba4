using Amazon.Runtime;
using FlinkDashboard.Access;
using FlinkDashboard.Configuration;
using FlinkDashboard.Features;
using FlinkDashboard.Features.FlinkUi;
using FlinkDashboard.Features.Logs;
using FlinkDashboard.Features.Storage;
using FlinkDashboard.Gateways;
using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model;
using FlinkDashboard.Operations;
using FlinkDashboard.Sandbox;
using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.Sandbox.World.Aws;
using FlinkDashboard.State;
using FlinkDashboard.State.Flink;
using FlinkDashboard.State.Logs;
using FlinkDashboard.State.Metrics;
using FlinkDashboard.State.Storage;
using FlinkDashboard.Telemetry;
using FlinkDashboard.Ui;
using FlinkDashboard.Ui.Frame;

var builder = WebApplication.CreateBuilder(args);
DashboardOptions options;
try
{
    options = Settings.Read(builder.Configuration);
}
catch (SettingsException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 2;
}
var choice = ClusterChoice.Of(options.Cluster, Environment.GetEnvironmentVariable, File.Exists);
await using var sandbox = choice.Source == ClusterSource.Sandbox ? await StartSandboxAsync(options.Sandbox) : null;
if (sandbox is not null)
    ReadFrom(sandbox, options);

builder.WebHost.UseStaticWebAssets();
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
builder.Services.AddSingleton(options).AddSingleton(choice);
builder.Services.AddSingleton<TimeProvider>(sandbox is null ? TimeProvider.System : sandbox.World.Clock);
builder.Services.AddKubernetesApi(new()
{
    Source = choice.Source,
    Reason = choice.Reason,
    KubeConfigPath = choice.KubeConfigPath,
    Context = options.Cluster.Context,
    Server = sandbox?.Address,
    Token = "admin"
});
builder.Services.AddSingleton(new AwsAccess(options.Aws, sandbox is null ? null : new BasicAWSCredentials(AwsKey.Admin.Id, AwsKey.Admin.Secret)));
builder.Services.AddSingleton(sandbox is null ? UserChoices.None : SandboxUsers());
if (sandbox is not null)
    builder.Services.AddSingleton(sandbox); // for those who want to make it stumble: tests and demonstrations
builder.Services.AddAccess(options.Access);
builder.Services.AddClusterState();
builder.Services.AddJobManagers(choice.Source);
builder.Services.AddLogs(options.Logs);
builder.Services.AddPrometheus(options.Prometheus);
builder.Services.AddStorage();
builder.Services.AddOperations();
builder.Services.AddRazorComponents().AddInteractiveServerComponents();
builder.Services.AddUi(services => Label(services.GetRequiredService<KubernetesApi>().Connector));
builder.Services.AddFeatures();
builder.Services.AddTelemetry(options.Telemetry, builder.Configuration);
builder.Services.Configure<ForwardedHeadersOptions>(o => options.Access.ConfigureForwarding(o));

var app = builder.Build();
app.UseMiddleware<SecurityHeaders>();
app.UseAccess(options.Access);
app.UseAntiforgery();
app.MapLookAs(options.Access);
app.MapHealth();
app.MapTelemetry();
app.MapFlinkUi();
app.MapLogDownload();
app.MapStorage();
app.MapStaticAssets().AllowAnonymous();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode(o => o.ContentSecurityFrameAncestorsPolicy = "'none'");
await app.RunAsync();
return 0;

ClusterLabel Label(ClusterConnector connector)
{
    const string Recording = "recording:";
    var world = options.Sandbox.World;
    return sandbox is null ? new(() => connector.Name, ClusterKind.Real, choice.Reason)
        : world.StartsWith(Recording, StringComparison.Ordinal) ? new(() => connector.Name, ClusterKind.Recording, Path.GetFileName(world[Recording.Length..].TrimEnd('/')))
        : new(() => connector.Name, ClusterKind.Sandbox, $"world {world}");
}

// In an execution context of its own: whoever follows this process's host being built (tests do) must not take the sandbox's host for it.
static Task<SandboxCluster> StartSandboxAsync(SandboxSettings settings)
{
    using var apart = ExecutionContext.SuppressFlow();
    return Task.Run(() => SandboxCluster.StartAsync(new() { World = settings.World, Seed = settings.Seed, Speed = settings.Speed, RealFlink = settings.RealFlink }));
}

// Its own Prometheus, CloudWatch Logs and S3, where the settings name no other.
static void ReadFrom(SandboxCluster sandbox, DashboardOptions options)
{
    options.Aws.Region ??= AwsAccount.Region;
    options.Prometheus.Url ??= sandbox.PrometheusAddress.ToString();
    options.Logs.Endpoint ??= sandbox.LogsAddress.ToString();
    if (options.Storage.Endpoint is null)
        (options.Storage.Endpoint, options.Storage.PathStyle) = (sandbox.S3Address.ToString(), true);
    if (options.Storage.Locations.Count == 0)
        options.Storage.Locations.Add($"s3://{AwsAccount.Bucket}");
}

// Their roles and bindings are objects of the sandbox; here are only the names one can try on.
static UserChoices SandboxUsers() => new(
[
    new("admin", null),
    new("team-a", new UserIdentity("team-a", ["flink-team-a"])),
    new("team-b", new UserIdentity("team-b", ["flink-team-b"])),
    new("viewer", new UserIdentity("viewer", ["flink-viewers"]))
]);

/// <summary>Entry point; named so that tests can host it.</summary>
public partial class Program;
