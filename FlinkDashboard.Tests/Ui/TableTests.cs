using Bunit;
using FlinkDashboard.Ui.Tables;
using Microsoft.AspNetCore.Components.Web;

namespace FlinkDashboard.Tests.Ui;

public sealed class TableTests : BunitContext
{
    public TableTests() => JSInterop.Mode = JSRuntimeMode.Loose;

    private static readonly IReadOnlyList<TableColumn<Thing>> Columns =
    [
        new("name", "Name", null, row => builder => builder.AddContent(0, row.Name)) { SortBy = row => row.Name, Names = true },
        new("size", "Size", "80px", row => builder => builder.AddContent(0, row.Size)) { SortBy = row => row.Size, Mark = row => row.Size, Descending = true, Right = true },
        new("note", "Note", null, row => builder => builder.AddContent(0, "fixed")),
    ];

    private static readonly Thing[] Rows = [new("b", 2), new("a", null), new("c", 10)];

    [Theory]
    [InlineData("name", "a b c")]
    [InlineData("-name", "c b a")]
    [InlineData("size", "b c a")]
    [InlineData("-size", "c b a")]
    [InlineData("note", "b a c")]
    [InlineData("nonsense", "b a c")]
    public void Order_Apply_SortsWithUnknownLast(string order, string expected) =>
        Assert.Equal(expected, string.Join(' ', TableOrder.Of(order, "name").Apply(Rows, Columns, row => row.Name).Select(row => row.Name)));

    [Fact]
    public void Order_Clicked_TurnsOrTakesTheColumnsDirection()
    {
        Assert.Equal("-name", new TableOrder("name", false).Clicked(Columns[0]).ToString());
        Assert.Equal("-size", new TableOrder("name", false).Clicked(Columns[1]).ToString());
    }

    [Fact]
    public void Table_Drawn_TellsReadersItsShape()
    {
        var table = Draw(Rows);
        Assert.Equal("4", table.Find("table").GetAttribute("aria-rowcount"));
        Assert.Equal("descending", table.Find("th.c-size").GetAttribute("aria-sort"));
        Assert.Equal("none", table.Find("th.c-name").GetAttribute("aria-sort"));
        Assert.Null(table.Find("th.c-note").GetAttribute("aria-sort"));
        Assert.Equal(["2", "3", "4"], table.FindAll("tr[data-row]").Select(row => row.GetAttribute("aria-rowindex")));
    }

    [Fact]
    public void Table_HeadingClicked_AsksForTheOrder()
    {
        TableOrder? asked = null;
        var table = Draw(Rows, order => asked = order);
        table.Find("th.c-name button").Click();
        Assert.Equal("name", asked?.ToString());
    }

    [Fact]
    public void Table_Grouped_HasHeadings()
    {
        var table = Draw(Rows, group: row => row.Size is null ? "unknown" : "known");
        Assert.Equal(["known 2", "unknown 1"], table.FindAll("tr.group").Select(row => row.TextContent.Trim()));
        Assert.Equal("6", table.Find("table").GetAttribute("aria-rowcount"));
    }

    [Fact]
    public void Row_Unchanged_IsNotDrawnAgain()
    {
        var table = Draw(Rows);
        var rows = table.FindComponents<LiveRow<Thing>>();
        table.Render(parameters => parameters.Add(one => one.Rows, [new Thing("b", 2), new Thing("a", null), new Thing("c", 11)]));
        Assert.Equal([1, 1, 2], rows.Select(row => row.RenderCount));
        Assert.Contains("changed-a", table.Find("tr[data-row=c] td.c-size").ClassList);
        Assert.DoesNotContain("changed-a", table.Find("tr[data-row=b] td.c-size").ClassList);
    }

    [Fact]
    public void Table_WithoutTicks_HasNoBoxes() => Assert.Empty(Draw(Rows).FindAll("[data-tick], [data-tick-all]"));

    [Fact]
    public void Ticks_PressedShiftedAndAll_ArePassedOn()
    {
        var ticks = RowSelection.None;
        var table = Draw(Rows);
        void Show() => table.Render(parameters => parameters.Add(one => one.Ticks, ticks).Add(one => one.TicksChanged, now => ticks = now));
        Show();
        table.Find("tr[data-row=b] [data-tick]").Click();
        Show();
        Assert.Equal("true", table.Find("tr[data-row=b] [data-tick]").GetAttribute("aria-checked"));
        Assert.Equal("mixed", table.Find("[data-tick-all]").GetAttribute("aria-checked"));
        table.Find("tr[data-row=c] [data-tick]").Click(new MouseEventArgs { ShiftKey = true });
        Show();
        Assert.Equal(["a", "b", "c"], ticks.Keys.Order());
        Assert.Equal("true", table.Find("[data-tick-all]").GetAttribute("aria-checked"));
        table.Find("[data-tick-all]").Click();
        Assert.Equal(0, ticks.Count);
    }

    [Fact]
    public void Ticks_OfRowsThatAreGone_AreDropped_AndOfMovedRowsKept()
    {
        var ticks = RowSelection.None.With(new("a", false), ["a", "b", "c"]).With(new("c", true), ["a", "b", "c"]);
        Assert.Equal(["a", "b", "c"], ticks.Keys.Order());
        Assert.Equal(["a", "c"], ticks.Among(["c", "d", "a"]).Keys.Order());
        Assert.Same(ticks, ticks.Among(["c", "b", "a"]));
    }

    [Fact]
    public void Range_FromAnUntickedRow_Unticks() =>
        Assert.Equal(["c"], RowSelection.None.AllOrNone(["a", "b", "c"]).With(new("a", false), ["a", "b", "c"]).With(new("b", true), ["a", "b", "c"]).Keys);

    [Fact]
    public async Task Held_RowsStayPut_NewOnesComeLast_AndLettingGoSorts()
    {
        var table = Draw(Rows);
        await table.InvokeAsync(() => table.Instance.Hold(true));
        Show(new("c", 10), new("d", 5), new("b", 2), new("a", null));
        Assert.Equal("b a c d", Shown());
        Show(new("c", 10), new("d", 5), new("b", 2));
        Assert.Equal("b c d", Shown());
        await table.InvokeAsync(() => table.Instance.Hold(false));
        Assert.Equal("c d b", Shown());
        await table.InvokeAsync(() => table.Instance.Hold(true));
        table.Render(parameters => parameters.Add(one => one.Order, new TableOrder("name", false)).Add(one => one.Rows, [new Thing("b", 2), new Thing("c", 10)]));
        Assert.Equal("b c", Shown());

        void Show(params Thing[] rows) => table.Render(parameters => parameters.Add(one => one.Rows, rows));
        string Shown() => string.Join(' ', table.FindAll("tr[data-row]").Select(row => row.GetAttribute("data-row")));
    }

    private IRenderedComponent<LiveTable<Thing>> Draw(IReadOnlyList<Thing> rows, Action<TableOrder>? sorted = null, Func<Thing, string>? group = null) =>
        Render<LiveTable<Thing>>(parameters => parameters.Add(one => one.Rows, rows).Add(one => one.Columns, Columns).Add(one => one.Key, row => row.Name).Add(one => one.Label, "Things")
            .Add(one => one.Order, new TableOrder("size", true)).Add(one => one.Sorted, order => sorted?.Invoke(order)).Add(one => one.Group, group));

    private sealed record Thing(string Name, int? Size);
}
