using FlinkDashboard.Ui.Menu;

namespace FlinkDashboard.Tests.Ui;

public class PageQueryTests
{
    [Fact]
    public void Of_Address_ReadsDecodedPairs()
    {
        var query = PageQuery.Of("http://host/applications?q=a%20b&state=failing,degraded&empty=&sort=-age#top");
        Assert.Equal("a b", query["q"]);
        Assert.Equal(["failing", "degraded"], query.Many("state"));
        Assert.Null(query["empty"]);
        Assert.Equal("-age", query["sort"]);
    }

    [Fact]
    public void With_SetsReplacesAndRemoves()
    {
        var query = PageQuery.Of("/x?a=1&b=2").With("a", "3").With("c", "x/y").With("b", null);
        Assert.Equal("/x?a=3&c=x/y", query.On("/x"));
        Assert.Equal("/x", PageQuery.Empty.With("a", "").On("/x"));
    }

    [Fact]
    public void Toggle_AddsAndRemovesAWord()
    {
        var query = PageQuery.Empty.Toggle("state", "failing").Toggle("state", "degraded");
        Assert.Equal("/?state=failing,degraded", query.On("/"));
        Assert.Equal("/?state=degraded", query.Toggle("state", "failing").On("/"));
        Assert.Equal("/", query.Toggle("state", "failing").Toggle("state", "degraded").On("/"));
    }

    [Fact]
    public void Only_KeepsTheScope() => Assert.Equal("/nodes?ns=team", PageQuery.Of("/x?sort=a&ns=team").Only("ns").On("/nodes"));

    [Fact]
    public void SiteMenu_EveryPage_HasOneAddressAndKey()
    {
        Assert.True(SiteMenu.Entries.Count >= 8);
        Assert.Equal(SiteMenu.Entries.Count, SiteMenu.Entries.Select(entry => entry.Address).Distinct().Count());
        Assert.Equal(SiteMenu.Entries.Count(entry => entry.Key.Length > 0), SiteMenu.Entries.Select(entry => entry.Key).Where(key => key.Length > 0).Distinct().Count());
        Assert.Equal("/applications", SiteMenu.At("/applications/ns/name")?.Address);
        Assert.Equal("/", SiteMenu.At("/")?.Address);
    }
}
