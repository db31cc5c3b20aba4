using FlinkDashboard.Sandbox.Behaviours.Operator.Rules;

namespace FlinkDashboard.Tests.Sandbox.Operator;

/// <summary>Periods of snapshots given as Quartz expressions.</summary>
public class CronExpressionTests
{
    [Theory]
    [InlineData("0 0 * * * ?", "2026-11-25T12:00:00Z", "2026-11-25T13:00:00Z")]
    [InlineData("0 0/15 8-10 * * ?", "2026-11-25T10:45:00Z", "2026-11-26T08:00:00Z")]
    [InlineData("30 10 2 ? * MON-FRI", "2026-11-27T03:00:00Z", "2026-11-30T02:10:30Z")]
    [InlineData("0 0 0 1 JAN ? 2028", "2026-11-25T12:00:00Z", "2028-01-01T00:00:00Z")]
    [InlineData("0 0 0 L * ?", "2026-11-25T12:00:00Z", "2026-11-30T00:00:00Z")]
    [InlineData("0 0 6 ? * 6L", "2026-11-25T12:00:00Z", "2026-11-27T06:00:00Z")]
    [InlineData("0 0 6 ? * TUE#2", "2026-11-25T12:00:00Z", "2026-12-08T06:00:00Z")]
    [InlineData("0 0 6 ? * FRI-SUN", "2026-11-28T07:00:00Z", "2026-11-29T06:00:00Z")]
    [InlineData("*/20 * * * * ?", "2026-11-25T12:00:00.5Z", "2026-11-25T12:00:20Z")]
    public void After_IsTheNextMatchingSecond(string expression, string from, string next) =>
        Assert.Equal(Time(next), CronExpression.Parse(expression)!.After(Time(from)));

    [Fact]
    public void After_TheLastYear_IsNothing() => Assert.Null(CronExpression.Parse("0 0 0 1 1 ? 2020")!.After(Time("2026-11-25T12:00:00Z")));

    [Theory]
    [InlineData("10 min")]
    [InlineData("* * * * *")]
    [InlineData("0 0 0 * * *")]
    [InlineData("0 61 * * * ?")]
    [InlineData("0 0 x * * ?")]
    public void Parse_OfOtherText_IsNothing(string text) => Assert.Null(CronExpression.Parse(text));

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
