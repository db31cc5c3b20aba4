using FlinkDashboard.Model.Logs;
using FsCheck;
using FsCheck.Fluent;

namespace FlinkDashboard.Tests.Model.Logs;

/// <summary>Layouts of log lines, their folding, ids and masking.</summary>
public class LogLayoutTests
{
    private static readonly DateTimeOffset Near = new(2026, 11, 29, 9, 31, 5, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-11-29 09:31:00,123 INFO  org.apache.flink.runtime.Some                                [] - Started", "09:31:00.123", LogSeverity.Info, "org.apache.flink.runtime.Some", "Started")]
    [InlineData("2026-11-29 09:31:00 WARN  a.b.C [] - two - dashes", "09:31:00.000", LogSeverity.Warn, "a.b.C", "two - dashes")]
    [InlineData("2026-11-29 09:31:00.123 [main] ERROR a.b.C - failed", "09:31:00.123", LogSeverity.Error, "a.b.C", "failed")]
    [InlineData("2026-11-29 09:31:00.123 [flink-akka.actor.default-dispatcher-4] DEBUG a.b.C  - x", "09:31:00.123", LogSeverity.Debug, "a.b.C", "x")]
    [InlineData("09:31:00.123 [main] TRACE a.b.C -- x", "09:31:00.123", LogSeverity.Trace, null, "a.b.C -- x")]
    [InlineData("\e[m\e[33m2026-11-29 09:31:00,123\e[m \e[36mo.a.f.k.o.FlinkOperator\e[m \e[32m[INFO ][ns/orders] Starting", "09:31:00.123", LogSeverity.Info, "o.a.f.k.o.FlinkOperator", "[ns/orders] Starting")]
    [InlineData("I1129 09:31:00.123456       1 controller.go:42] Sync", "09:31:00.123", LogSeverity.Info, "controller.go:42", "Sync")]
    [InlineData("E1129 09:31:00.123456 12 x.go:1] no", "09:31:00.123", LogSeverity.Error, "x.go:1", "no")]
    [InlineData("2026-11-29T09:31:00.123Z INFO karpenter started", "09:31:00.123", LogSeverity.Info, null, "karpenter started")]
    [InlineData("2026-11-29T10:31:00+01:00 error: x", "09:31:00.000", LogSeverity.Error, null, "x")]
    [InlineData("[2026-11-29T09:31:00.123+0000][info][gc] GC(0) Pause", "09:31:00.123", LogSeverity.Info, null, "[gc] GC(0) Pause")]
    [InlineData("2026-11-29 09:31:00,123 no level here", "09:31:00.123", LogSeverity.Unknown, null, "no level here")]
    [InlineData("2026-11-29 09:31:00.123  INFO 1 --- [main] o.s.App : up", "09:31:00.123", LogSeverity.Info, "o.s.App", "up")]
    [InlineData("""{"@timestamp":"2026-11-29T09:31:00.123Z","log.level":"WARN","log.logger":"a.B","message":"hi"}""", "09:31:00.123", LogSeverity.Warn, "a.B", "hi")]
    [InlineData("""{"instant":{"epochSecond":1795944660,"nanoOfSecond":123000000},"level":"ERROR","loggerName":"a.B","message":"hi","thrown":{"extendedStackTrace":"x.Y: z\n\tat q"}}""", "09:31:00.123", LogSeverity.Error, "a.B", "hi\nx.Y: z\n\tat q")]
    [InlineData("""{"level":"INFO","ts":1795944660.123,"logger":"controller","msg":"ok"}""", "09:31:00.123", LogSeverity.Info, "controller", "ok")]
    public void Line_WithALayout_IsTaken(string line, string time, LogSeverity severity, string? logger, string text)
    {
        var head = LogLayout.Of(line, Near)!.Value;
        Assert.Equal($"2026-11-29 {time}", head.Time!.Value.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal((severity, logger, text), (head.Severity, head.Logger, head.Text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\tat a.B.c(B.java:1)")]
    [InlineData("Caused by: java.io.IOException: no")]
    [InlineData("{\"no\":\"message\"}")]
    [InlineData("{ not json")]
    [InlineData("1> (word,1)")]
    [InlineData("2026-13-40 09:31:00 INFO x")]
    [InlineData("2026-11-29")]
    [InlineData("Started at 2026-11-29 09:31:00")]
    [InlineData("\e[")]
    [InlineData("9999999999999999999999:99:99")]
    public void Line_WithoutALayout_IsNone(string line) => Assert.Null(LogLayout.Of(line, Near));

    [Fact]
    public void AnyText_IsRead_WithoutTrouble() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            foreach (var line in (string[])[text ?? "", "2026-11-29 09:31:00 " + text, "2026-11-29 09:31:00,1 INFO  " + text, "I1129 09:31:00.1 " + text, "{\"message\":\"" + text, "[" + text, "\e[" + text])
                _ = LogLayout.Of(line, Near);
            return true;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("2026-11-29T09:31:00.123456789Z hello", "09:31:00.1234567", "hello")]
    [InlineData("2026-11-29T09:31:00Z ", "09:31:00.0000000", "")]
    [InlineData("failed to watch file: no such file", null, "failed to watch file: no such file")]
    public void KubeletsStamp_IsTakenOff(string line, string? time, string text)
    {
        var split = LogStamp.Split(line);
        Assert.Equal((time, text), (split.Time?.UtcDateTime.ToString("HH:mm:ss.fffffff", System.Globalization.CultureInfo.InvariantCulture), split.Text));
    }

    [Fact]
    public void YearAndDay_OfShortLayouts_AreThoseNearby()
    {
        var newYear = new DateTimeOffset(2027, 1, 1, 0, 0, 5, TimeSpan.Zero);
        Assert.Equal(2026, LogLayout.Of("I1231 23:59:59.0 1 x.go:1] x", newYear)!.Value.Time!.Value.Year);
        Assert.Equal(31, LogLayout.Of("23:59:59.000 [main] INFO a.B - x", newYear)!.Value.Time!.Value.Day);
    }
}
