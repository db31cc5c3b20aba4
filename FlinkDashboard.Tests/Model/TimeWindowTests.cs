using FlinkDashboard.Model;

namespace FlinkDashboard.Tests.Model;

public class TimeWindowTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void NothingSaid_IsTheLastHour_AndLive()
    {
        var window = TimeWindow.Of(null, "", Now);
        Assert.Equal((Now.AddHours(-1), Now, true), (window.From, window.To, window.IsLive));
        Assert.Null(window.FromText);
        Assert.Null(window.ToText);
    }

    [Theory]
    [InlineData("-15m", 15)]
    [InlineData("-6h", 360)]
    [InlineData("-2d", 2880)]
    [InlineData("-1w", 10_080)]
    [InlineData("-90s", 1.5)]
    [InlineData("now-30m", 30)]
    public void RelativeFrom_CountsFromNow(string from, double minutes)
    {
        var window = TimeWindow.Of(from, null, Now);
        Assert.Equal(Now.AddMinutes(-minutes), window.From);
        Assert.True(window.IsLive);
        Assert.Equal(from, window.FromText);
    }

    [Fact]
    public void Instants_StandStill_WhateverNowIs()
    {
        var window = TimeWindow.Of("2026-11-29T08:00:00Z", "2026-11-29T10:30:00+01:00", Now.AddHours(7));
        Assert.Equal((new(2026, 11, 29, 8, 0, 0, TimeSpan.Zero), new(2026, 11, 29, 9, 30, 0, TimeSpan.Zero), false), (window.From, window.To, window.IsLive));
        Assert.Equal(("2026-11-29T08:00:00Z", "2026-11-29T10:30:00+01:00"), (window.FromText, window.ToText));
    }

    [Fact]
    public void InstantAndNoEnd_IsLiveSinceThen()
    {
        var window = TimeWindow.Of("2026-11-29T08:00:00Z", null, Now);
        Assert.Equal((TimeSpan.FromHours(2), true), (window.Length, window.IsLive));
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("1h")]
    [InlineData("-1y")]
    [InlineData("-99999999999d")]
    [InlineData("2026-13-40T00:00:00Z")]
    [InlineData("12")]
    public void WhatCannotBeRead_CountsAsNotSaid(string text)
    {
        Assert.Equal(TimeWindow.Of(null, null, Now), TimeWindow.Of(text, text, Now));
        Assert.Null(TimeWindow.Read(text, Now));
    }

    [Fact]
    public void EndBeforeBeginning_IsTurnedRound()
    {
        var window = TimeWindow.Of("2026-11-29T09:00:00Z", "2026-11-29T08:00:00Z", Now);
        Assert.Equal((8, 9), (window.From.Hour, window.To.Hour));
    }

    [Fact]
    public void Length_HasBounds()
    {
        Assert.Equal(TimeSpan.FromSeconds(10), TimeWindow.Of("2026-11-29T09:00:00Z", "2026-11-29T09:00:00Z", Now).Length);
        Assert.Equal(TimeSpan.FromDays(95), TimeWindow.Of("-300d", null, Now).Length);
    }

    [Fact]
    public void InstantWithoutZone_IsTakenInTheViewersZone()
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("ahead", TimeSpan.FromHours(2), "ahead", "ahead");
        Assert.Equal(new DateTimeOffset(2026, 11, 29, 7, 30, 0, TimeSpan.Zero), TimeWindow.Read("2026-11-29 09:30", Now, zone));
        Assert.Equal(new DateTimeOffset(2026, 11, 29, 9, 30, 0, TimeSpan.Zero), TimeWindow.Read("2026-11-29 09:30Z", Now, zone));
    }

    [Fact]
    public void Moves_StopAtNow_AndAreLiveThere()
    {
        var window = TimeWindow.Of("-1h", null, Now);
        var earlier = window.Earlier();
        Assert.Equal((Now.AddMinutes(-90), Now.AddMinutes(-30), false), (earlier.From, earlier.To, earlier.IsLive));
        Assert.Equal(window, earlier.Later(Now));
        Assert.Equal("2026-11-29T08:30:00Z", earlier.FromText);
        Assert.Equal(("-2h", true), (window.Wider(Now).FromText, window.Wider(Now).IsLive));
        var old = TimeWindow.Of("2026-11-28T08:00:00Z", "2026-11-28T09:00:00Z", Now).Wider(Now);
        Assert.Equal(("2026-11-28T07:30:00Z", "2026-11-28T09:30:00Z"), (old.FromText, old.ToText));
        Assert.False(window.Paused().IsLive);
    }

    [Theory]
    [InlineData(90, "-90s")]
    [InlineData(900, "-15m")]
    [InlineData(7200, "-2h")]
    [InlineData(604_800, "-7d")]
    public void Length_AsRelativeText_ReadsBack(int seconds, string text)
    {
        Assert.Equal(text, TimeWindow.Relative(TimeSpan.FromSeconds(seconds)));
        Assert.Equal(Now.AddSeconds(-seconds), TimeWindow.Read(text, Now));
    }
}
