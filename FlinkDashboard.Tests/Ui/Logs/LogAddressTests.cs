using FlinkDashboard.Model;
using FlinkDashboard.Model.Logs;
using FlinkDashboard.Ui.Logs;
using FlinkDashboard.Ui.Menu;
using FlinkDashboard.Ui.Ranges;

namespace FlinkDashboard.Tests.Ui.Logs;

/// <summary>What a query string says about a log, and what links say.</summary>
public class LogAddressTests
{
    [Fact]
    public void Query_ThatSaysNothing_IsTheNewestLines()
    {
        var address = Of("/x", "team", "orders");
        Assert.Equal((LogWay.Pods, "team", "orders"), (address.Place.Way, address.Place.Namespace, address.Place.Name));
        Assert.Null(address.Window);
        Assert.Equal((null, null, true), (address.View.From, address.View.To, address.View.IsLive));
    }

    [Fact]
    public void Query_WithBothEnds_StandsStill()
    {
        var view = Of("/x?from=2026-03-01T11:00:00Z&to=2026-03-01T11:05:00Z", "team", "orders").View;
        Assert.Equal((Lines.Noon.AddHours(-1), Lines.Noon.AddMinutes(-55), false), (view.From, view.To, view.IsLive));
    }

    [Fact]
    public void Query_OfAGroup_HasNoPodSettings()
    {
        var address = Of("/logs?way=cloudwatch&group=/aws/x&stream=a/&container=c&previous=1&pattern=ERROR");
        Assert.Equal(("/aws/x", "a/", null, false), (address.Place.Group, address.Place.StreamPrefix, address.Place.Container, address.Place.Previous));
        Assert.Equal("ERROR", address.View.Pattern);
    }

    [Fact]
    public void Permalink_HasHalfAMinuteAround_AndKeepsTheRest()
    {
        var query = LogAddress.Permalink(PageQuery.Of("/x?tab=logs&q=a&at=2026-03-01T11:00:00Z"), Lines.Of(0));
        Assert.Equal("/x?tab=logs&q=a&from=2026-03-01T11%3A59%3A30Z&to=2026-03-01T12%3A00%3A30Z&line=id0", query.On("/x"));
    }

    [Fact]
    public void Line_WithoutARange_BringsItsOwn()
    {
        var id = LogId.Of("pod", Lines.Noon, "raw");
        Assert.Equal(Lines.Noon.AddSeconds(-30), Of($"/x?line={id}", "team", "orders").View.From);
    }

    [Fact]
    public void Link_OfAMoment_IsAroundIt()
    {
        Assert.Equal("/applications/team/orders?tab=logs&pods=p-1&from=2026-03-01T11%3A58%3A00Z&to=2026-03-01T12%3A01%3A00Z&at=2026-03-01T12%3A00%3A00Z", LogLinks.Of("team", "orders", Lines.Noon, "p-1"));
        Assert.Equal("/applications/team/orders?tab=logs", LogLinks.Of("team", "orders"));
    }

    [Fact]
    public void Moment_OfAGroup_IsAroundIt_ToTheMillisecond()
    {
        var address = Of(LogAddress.Moment("/aws/x", "a/pod/STDOUT", Lines.Noon.AddMilliseconds(250)));
        Assert.Equal((LogWay.CloudWatch, "/aws/x", "a/pod/STDOUT"), (address.Place.Way, address.Place.Group, address.Place.StreamPrefix));
        Assert.Equal((Lines.Noon.AddMilliseconds(250), Lines.Noon.AddSeconds(-30)), (address.At, address.View.From));
    }

    [Fact]
    public void Output_IsThatOfCloudWatchStreams()
    {
        Assert.Equal("STDERR", Of("/x?way=cloudwatch&output=stderr", "team", "orders").Place.Output);
        Assert.Null(Of("/x?output=stderr", "team", "orders").Place.Output);
    }

    [Theory]
    [InlineData("-1h", false, "/x?tab=logs")]
    [InlineData("-1h", true, "/x?tab=logs&from=-1h")]
    [InlineData("-6h", false, "/x?tab=logs&from=-6h")]
    [InlineData(null, true, "/x?tab=logs")]
    public void Range_InTheAddress_DropsTheLineOfTheOldOne(string? from, bool hasNewest, string address) =>
        Assert.Equal(address, RangeAddress.Of(PageQuery.Of("/x?tab=logs&line=a&at=b&to=c"), from is null ? null : TimeWindow.Of(from, null, Lines.Noon), hasNewest).On("/x"));

    [Fact]
    public void Filter_OfTheSameWords_KeepsItsSearch()
    {
        var first = LogAddress.FilterOf(PageQuery.Of("/x?q=a&sev=warn"), LogFilter.None);
        Assert.Same(first.Search, LogAddress.FilterOf(PageQuery.Of("/x?q=a&sev=error"), first).Search);
        Assert.Equal(LogSeverity.Warn, first.Least);
    }

    private static LogAddress Of(string address, string? ns = null, string? name = null) => LogAddress.Of(PageQuery.Of(address), ns, name, Lines.Noon);
}
