namespace FlinkDashboard.State.Logs;

/// <summary>Registers what reads logs.</summary>
public static class LogsRegistration
{
    /// <summary>Logs of pods, of CloudWatch and of archives.</summary>
    public static IServiceCollection AddLogs(this IServiceCollection services) => services
        .AddSingleton<LogHub>()
        .AddSingleton<LogSources>();
}
