using FlinkDashboard.Model.Metrics;

namespace FlinkDashboard.Tests.Model.Metrics;

public class ChartRangeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 9, 31, 7, 250, TimeSpan.Zero);
    private static readonly TimeSpan Scrape = TimeSpan.FromSeconds(15);

    [Theory]
    [InlineData(60, 1_000, 15, 241)]
    [InlineData(60, 240, 30, 121)]
    [InlineData(360, 1_000, 60, 361)]
    [InlineData(60 * 24 * 7, 600, 3_600, 169)]
    [InlineData(60 * 24 * 365, 600, 172_800, 183)]
    [InlineData(1, 3_000, 15, 5)]
    public void Step_IsNiceAndFitsTheWidth(int minutes, int pixels, int step, int points)
    {
        var range = ChartRange.Of(Now.AddMinutes(-minutes), Now, pixels, Scrape);
        Assert.Equal(TimeSpan.FromSeconds(step), range.Step);
        Assert.InRange(range.Points, points - 1, points + 1);
        Assert.Equal(0, range.From.ToUnixTimeSeconds() % step);
        Assert.Equal(0, range.To.ToUnixTimeSeconds() % step);
        Assert.InRange(Now - range.To, TimeSpan.Zero, range.Step);
    }

    [Fact]
    public void Step_IsNeverShorterThanTheScrapes_NorTheRangeEmpty()
    {
        Assert.Equal(TimeSpan.FromMinutes(5), ChartRange.Of(Now.AddMinutes(-60), Now, 2_000, TimeSpan.FromSeconds(180)).Step);
        Assert.Equal(2, ChartRange.Of(Now, Now, 600, Scrape).Points);
        Assert.Equal(2, ChartRange.Of(Now, Now.AddHours(-1), 600, Scrape).Points);
    }

    [Fact]
    public void RangesOfOneMoment_AreTheSame_AndLaterOnesMoveByWholeSteps()
    {
        var first = ChartRange.Of(Now.AddHours(-6), Now, 900, Scrape);
        Assert.Equal(first, ChartRange.Of(Now.AddHours(-6).AddSeconds(3), Now.AddSeconds(3), 880, Scrape));
        var later = ChartRange.Of(Now.AddHours(-6).AddMinutes(7), Now.AddMinutes(7), 900, Scrape);
        Assert.Equal(first.Points, later.Points);
        Assert.Equal(7 * TimeSpan.FromMinutes(1), later.To - first.To);
    }

    [Fact]
    public void Window_HoldsFourScrapes_AndAStep()
    {
        Assert.Equal(TimeSpan.FromSeconds(60), (ChartRange.Of(Now.AddMinutes(-10), Now, 600, Scrape)).Window(Scrape));
        Assert.Equal(TimeSpan.FromSeconds(315), (ChartRange.Of(Now.AddDays(-1), Now, 600, Scrape)).Window(Scrape));
    }
}
