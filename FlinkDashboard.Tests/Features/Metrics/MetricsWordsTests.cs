using FlinkDashboard.Features.Metrics;
using FlinkDashboard.Model.Metrics;

namespace FlinkDashboard.Tests.Features.Metrics;

public class MetricsWordsTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 29, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("orders-eu")]
    [InlineData("orders_eu")]
    public void Part_IsTheLineOfOneApplication_HoweverItsLabelIsWritten(string app)
    {
        var part = MetricsWords.Part(Fleet(("team", app), ("team", "orders"), ("other", "orders-eu")), "team", "orders-eu");
        Assert.Equal("orders-eu", Assert.Single(part.Frame!.Lines).Name);
        Assert.Equal(0, part.Frame.Lines[0].Values[0]);
        Assert.Null(part.Missing);
    }

    [Fact]
    public void Part_OfAnApplicationWithoutSeries_SaysSo()
    {
        var part = MetricsWords.Part(Fleet(("team", "orders")), "team", "payments");
        Assert.Empty(part.Frame!.Lines);
        Assert.Contains("payments", part.Missing, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Prometheus does not understand the query: 1:4: parse error: unexpected end of input", 1, 4)]
    [InlineData("invalid parameter \"query\": 2:17: parse error: unclosed left parenthesis", 2, 17)]
    public void QueryPlace_IsRead_FromTheServersWords(string message, int line, int column) => Assert.Equal((line, column), QueryPlace.Of(message));

    [Theory]
    [InlineData(null)]
    [InlineData("query timed out at 10:15 in expression evaluation")]
    public void QueryPlace_IsNone_WhereNoneIsNamed(string? message) => Assert.Null(QueryPlace.Of(message));

    private static ChartAnswer Fleet(params (string Namespace, string App)[] lines) => new(
        new(new(At, At, TimeSpan.FromMinutes(1)), [.. lines.Select((one, i) => new ChartLine($"{one.Namespace}/{one.App}", new Dictionary<string, string> { ["namespace"] = one.Namespace, ["app"] = one.App }, [i]))], []), At, null, null, "prometheus.example");
}
