using FlinkDashboard.Features.Logs;
using FlinkDashboard.Model;
using FlinkDashboard.State.Logs;
using FlinkDashboard.Ui.Logs;

namespace FlinkDashboard.Tests.Features.Logs;

/// <summary>What rows of a query are, and what of them is drawn.</summary>
public class InsightsTableTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Columns_AreToldByTheirValues()
    {
        var table = Of(["@timestamp", "@logStream", "@message", "length"], ["2026-03-01 12:00:00.123", "a/b/STDOUT", "7", "12"], ["2026-03-01 12:00:01.000", "a/b/STDOUT", "8", null]);
        Assert.Equal([InsightsKind.Time, InsightsKind.Text, InsightsKind.Message, InsightsKind.Number], table.Columns.Select(column => column.Kind));
        Assert.Empty(table.Series);
        Assert.Equal(Noon.AddMilliseconds(123), InsightsTable.Moment("2026-03-01 12:00:00.123"));
        Assert.Null(InsightsTable.Moment("12"));
    }

    [Fact]
    public void Numbers_ByBin_AreSeries_WithTheirGaps()
    {
        var table = Of(["bin(5m)", "count(*)", "avg(x)"], ["2026-03-01 12:15:00.000", "3", "0.5"], ["2026-03-01 12:00:00.000", "7", "1"]);
        Assert.Equal(TimeSpan.FromMinutes(5), table.Step);
        Assert.Equal(["count(*)", "avg(x)"], table.Series.Select(series => series.Name));
        Assert.Equal([7, 0, 0, 3], table.Series[0].Volume.Buckets.Select(bucket => bucket.All));
        Assert.Equal(Noon, table.Series[0].Volume.From);
    }

    [Fact]
    public void Series_ReachOverTheRangeThatWasAskedAbout()
    {
        var answer = InsightsAnswer.Nothing with { Columns = ["bin(5m)", "n"], Rows = [["2026-03-01 12:10:00.000", "3"]] };
        var volume = Assert.Single(InsightsTable.From(answer, TimeWindow.Between(Noon.AddMinutes(2), Noon.AddMinutes(18))).Series).Volume;
        Assert.Equal([0, 0, 3, 0], volume.Buckets.Select(bucket => bucket.All));
        Assert.Equal(Noon, volume.From);
        Assert.Single(Assert.Single(InsightsTable.From(answer, TimeWindow.Between(Noon.AddDays(-30), Noon.AddHours(1))).Series).Volume.Buckets);
    }

    [Fact]
    public void Bin_UnderAnotherName_IsKnownByItsTimes()
    {
        var table = Of(["t", "n"], ["2026-03-01 12:00:00.000", "1"], ["2026-03-01 12:01:00.000", "2"], ["2026-03-01 12:03:00.000", "3"]);
        Assert.Equal((InsightsKind.Bin, TimeSpan.FromMinutes(1)), (table.Columns[0].Kind, table.Step));
        Assert.Equal(4, Assert.Single(table.Series).Volume.Buckets.Count);
    }

    [Fact]
    public void LinesWarningsAndErrors_AreOneDrawing()
    {
        var table = Of(["bin(1h)", "lines", "warnings", "errors"], ["2026-03-01 12:00:00.000", "10", "2", "1"]);
        Assert.Equal(new LogBucket(7, 2, 1), Assert.Single(Assert.Single(table.Series).Volume.Buckets));
    }

    [Theory]
    [InlineData("bin(5m)", "@logStream", "lines")] // several rows of one time: a sum of them may mean nothing
    [InlineData("@logStream", "latest(@timestamp)", "lines")]
    public void OtherGroups_AreATableOnly(params string[] columns)
    {
        string Value(string column) => column switch { "lines" => "1", "@logStream" => "a", _ => "2026-03-01 12:00:00.000" };
        Assert.Empty(Of(columns, [.. columns.Select(Value)], [.. columns.Select(Value)]).Series);
    }

    private static InsightsTable Of(string[] columns, params string?[][] rows) => InsightsTable.From(InsightsAnswer.Nothing with { Status = InsightsStatus.Complete, Columns = columns, Rows = rows });
}
