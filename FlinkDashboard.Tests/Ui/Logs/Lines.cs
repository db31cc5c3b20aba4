using FlinkDashboard.Model.Logs;

namespace FlinkDashboard.Tests.Ui.Logs;

/// <summary>Entries for tests of what is drawn of them.</summary>
internal static class Lines
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static LogEntry Of(int number, string? text = null, LogSeverity severity = LogSeverity.Info, string? logger = "org.apache.flink.runtime.jobmaster.JobMaster", string source = "orders-taskmanager-1-1", params string[] more) =>
        new($"id{number}", Noon.AddMilliseconds(number * 100), source, LogEntryKind.Line, severity, logger, text ?? $"line {number}", more);

    public static LogEntry Gap(int number, string text) => new($"gap{number}", Noon.AddMilliseconds(number * 100), "", LogEntryKind.Gap, LogSeverity.Unknown, null, text, []);

    public static LogEntry[] Many(int count, int first = 0) => [.. Enumerable.Range(first, count).Select(i => Of(i))];

    public static LogEntry Trace(int number) => Of(number, "Job failed", LogSeverity.Error, more:
    [
        "java.lang.RuntimeException: outer", "\tat a.B.c(B.java:1)", "Caused by: java.io.IOException: middle", "\tat d.E.f(E.java:2)", "Caused by: java.net.ConnectException: Connection refused", "\tat g.H.i(H.java:3)",
    ]);
}
