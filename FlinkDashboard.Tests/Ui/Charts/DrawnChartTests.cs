using System.Runtime.InteropServices;
using FlinkDashboard.Ui.Charts;

namespace FlinkDashboard.Tests.Ui.Charts;

public class DrawnChartTests
{
    [Fact]
    public void FewLines_AreAllDrawn_EachInItsColour()
    {
        var drawn = DrawnChart.Of(Frames.Of(3, 5), false, null);
        Assert.Equal(["line 0", "line 1", "line 2"], drawn.Lines.Select(line => line.Name));
        Assert.Equal([0, 1, 2], drawn.Lines.Select(line => line.Colour));
        Assert.Equal((0, 3), (drawn.Others, drawn.Rows.Count));
    }

    [Fact]
    public void ManyLines_HighestAreDrawn_OthersAreABand()
    {
        var drawn = DrawnChart.Of(Frames.Of(20, 3), false, null);
        Assert.Equal(Enumerable.Range(12, 8).Select(i => $"line {i}"), drawn.Lines.Select(line => line.Name));
        Assert.Equal((12, 10), (drawn.Others, drawn.Rows.Count));
        Assert.Equal([0d, 1, 2], drawn.Rows[8]);
        Assert.Equal([11_000d, 11_001, 11_002], drawn.Rows[9]);
    }

    [Fact]
    public void ManyLines_Stacked_OthersAreTheirSum()
    {
        var drawn = DrawnChart.Of(Frames.Of(10, 2), true, null);
        Assert.Equal(9, drawn.Rows.Count);
        Assert.Equal([1000d, 1002], drawn.Rows[8]);
    }

    [Fact]
    public void ChosenLines_AndColours_StayWhileTheyAreThere()
    {
        var first = DrawnChart.Of(Frames.Of(9, 3), false, null);
        var later = DrawnChart.Of(Frames.Of(9, 3, value: (line, _) => line == 0 ? 99_999 : line), false, first);
        Assert.Equal(first.Lines, later.Lines);
        var frame = Frames.Of(9, 3);
        var without = DrawnChart.Of(frame with { Lines = [.. frame.Lines.Where(line => line.Name != "line 3")] }, false, first);
        Assert.Equal(0, without.Others);
        Assert.All(without.Lines.Where(line => first.Lines.Any(one => one.Name == line.Name)), line => Assert.Contains(line, first.Lines));
        Assert.Equal(8, without.Lines.Select(line => line.Colour).Distinct().Count());
    }

    [Fact]
    public void AlikeNames_AreToldApart()
    {
        var frame = Frames.Of(2, 2);
        var drawn = DrawnChart.Of(frame with { Lines = [frame.Lines[0], frame.Lines[1] with { Name = "line 0" }] }, false, null);
        Assert.Equal(["line 0", "line 0 (2)"], drawn.Lines.Select(line => line.Name));
    }

    [Fact]
    public void NextFrame_IsSent_AsItsNewPointsOnly()
    {
        var before = DrawnChart.Of(Frames.Of(8, 240), false, null);
        var patch = ChartPatch.Between(before, DrawnChart.Of(Frames.Of(8, 240, shift: 2), false, before))!;
        Assert.Equal((2, 238), (patch.Drop, patch.Keep));
        Assert.Equal(8 * 2 * sizeof(double), patch.Tail.Length);
        Assert.Equal([240d, 241, 1240, 1241], MemoryMarshal.Cast<byte, double>(patch.Tail)[..4].ToArray());
    }

    [Fact]
    public void LatePoint_IsSentAgain()
    {
        var before = DrawnChart.Of(Frames.Of(2, 60, value: (_, at) => at == 59 ? double.NaN : at), false, null);
        var patch = ChartPatch.Between(before, DrawnChart.Of(Frames.Of(2, 60, shift: 1, value: (_, at) => at), false, before))!;
        Assert.Equal((1, 58), (patch.Drop, patch.Keep));
    }

    [Fact]
    public void Gaps_ThatStay_AreNotSentAgain()
    {
        static double Value(int line, int at) => at is > 10 and < 20 ? double.NaN : at;
        var before = DrawnChart.Of(Frames.Of(2, 60, value: Value), false, null);
        Assert.Equal(59, ChartPatch.Between(before, DrawnChart.Of(Frames.Of(2, 60, shift: 1, value: Value), false, before))!.Keep);
    }

    [Fact]
    public void OtherLines_OtherStep_OrOtherRange_AreSentWhole()
    {
        var before = DrawnChart.Of(Frames.Of(2, 60), false, null);
        Assert.Null(ChartPatch.Between(null, before));
        Assert.Null(ChartPatch.Between(before, DrawnChart.Of(Frames.Of(3, 60), false, before)));
        Assert.Null(ChartPatch.Between(before, before with { Range = before.Range with { Step = TimeSpan.FromMinutes(2) } }));
        Assert.Null(ChartPatch.Between(before, DrawnChart.Of(Frames.Of(2, 60, shift: -5), false, before)));
        Assert.Null(ChartPatch.Between(before, DrawnChart.Of(Frames.Of(2, 60, shift: 50), false, before)));
    }
}
