using FlinkDashboard.Ui.Charts;
using FlinkDashboard.Ui.Menu;

namespace FlinkDashboard.Tests.Ui.Charts;

/// <summary>A board in the address.</summary>
public class BoardAddressTests
{
    private static readonly string[] Odd = ["Source: orders, eu -> (a ~ b) & c?", "2 others", "orders-taskmanager-1-1"];

    [Fact]
    public void HiddenLines_ComeBack_WhateverTheyAreCalled()
    {
        var query = BoardAddress.Of(PageQuery.Of("/x?tab=metrics&hide=gc~abcd")).Hiding("heap", Odd);
        var address = query.On("/x");
        Assert.Matches("^/x\\?tab=metrics&hide=gc~abcd,heap(~[0-9a-z]{4}){3}$", address);
        var back = BoardAddress.Of(PageQuery.Of(address));
        Assert.All(Odd, line => Assert.True(back.IsHidden("heap", line)));
        Assert.True(back.IsHidden("heap", "5 others"));
        Assert.False(back.IsHidden("heap", "orders-taskmanager-1-2"));
        Assert.False(back.IsHidden("gc", Odd[0]));
        Assert.Equal("/x?tab=metrics&hide=gc~abcd", back.Hiding("heap", []).On("/x"));
    }

    [Fact]
    public void TablesAndGroups_AreTurned_AndWhatIsUnknownIsKeptAlone()
    {
        var query = BoardAddress.Of(BoardAddress.Of(PageQuery.Empty).TurningTable("heap")).TurningTable("gc");
        Assert.Equal("/x?table=heap,gc", query.On("/x"));
        var open = BoardAddress.Of(BoardAddress.Of(query).Turning("Memory"));
        Assert.True(open.HasTable("heap") && open.IsOpen("Memory"));
        Assert.False(open.HasTable("hea") || open.IsOpen("Pods"));
        Assert.Equal("/x?table=gc&more=Memory", open.TurningTable("heap").On("/x"));
        var broken = BoardAddress.Of(PageQuery.Of("/x?hide=~,heap,~~ab&table=,,&more=%00"));
        Assert.False(broken.IsHidden("heap", "a") || broken.HasTable("heap") || broken.IsOpen("Memory"));
    }

    [Fact]
    public void Lines_OfAChart_HaveSignsOfTheirOwn()
    {
        var names = Enumerable.Range(0, 200).Select(i => $"orders-taskmanager-1-{i}").ToList();
        Assert.All(names, hidden => Assert.Single(names, line => BoardAddress.Of(BoardAddress.Of(PageQuery.Empty).Hiding("heap", [hidden])).IsHidden("heap", line)));
    }
}
