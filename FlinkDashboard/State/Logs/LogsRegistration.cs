using FlinkDashboard.Configuration;
using FlinkDashboard.Gateways;
using FlinkDashboard.Gateways.CloudWatchLogs;

namespace FlinkDashboard.State.Logs;

/// <summary>Registers what reads logs.</summary>
public static class LogsRegistration
{
    /// <summary>Logs of pods, of CloudWatch and of archives.</summary>
    public static IServiceCollection AddLogs(this IServiceCollection services, LogsOptions options) => services
        .AddSingleton(s => new CloudWatchLogsApi(options, s.GetRequiredService<AwsAccess>(), s.GetRequiredService<TimeProvider>(), s.GetService<GatewayMeter>()))
        .AddSingleton<LogHub>()
        .AddSingleton<LogGroups>()
        .AddSingleton<InsightsDesk>()
        .AddSingleton<LogSources>();
}
