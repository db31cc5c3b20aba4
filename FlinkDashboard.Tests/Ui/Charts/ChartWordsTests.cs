using System.Diagnostics;
using System.Globalization;
using FlinkDashboard.Model.Metrics;
using FlinkDashboard.Tests.Support;
using FlinkDashboard.Ui.Charts;

namespace FlinkDashboard.Tests.Ui.Charts;

public class ChartWordsTests
{
    [Theory]
    [InlineData(ChartUnit.RecordsPerSecond, 12_300, "12.3 k/s")]
    [InlineData(ChartUnit.RecordsPerSecond, 0.25, "0.25/s")]
    [InlineData(ChartUnit.Bytes, 1_610_612_736, "1.5 GiB")]
    [InlineData(ChartUnit.BytesPerSecond, 512, "512 B/s")]
    [InlineData(ChartUnit.Seconds, 1.2, "1.2 s")]
    [InlineData(ChartUnit.Seconds, 0.24, "240 ms")]
    [InlineData(ChartUnit.Seconds, 245, "4 min 05 s")]
    [InlineData(ChartUnit.Seconds, 3600, "1 h")]
    [InlineData(ChartUnit.Seconds, 273_600, "3 d 4 h")]
    [InlineData(ChartUnit.Ratio, 0.34, "34 %")]
    [InlineData(ChartUnit.Ratio, 0.0042, "0.42 %")]
    [InlineData(ChartUnit.Cores, 0.25, "0.25")]
    [InlineData(ChartUnit.Count, 1240, "1,240")]
    [InlineData(ChartUnit.Count, 7_946_558, "7.95 M")]
    [InlineData(ChartUnit.Count, -3, "−3")]
    [InlineData(ChartUnit.Count, double.NaN, "–")]
    [InlineData(ChartUnit.Ratio, double.PositiveInfinity, "–")]
    public void Value_IsSaid_InTheHousesWords(ChartUnit unit, double value, string words) => Assert.Equal(words, ChartWords.Value(unit, value));

    [Fact]
    public async Task Script_SaysTheSameWords()
    {
        double[] values = [0, 1e-7, 0.00042, 0.0421, 0.5, 0.9996, 1, 1.005, 9.999, 12.34, 59.9, 59.96, 99.96, 100, 123.4, 999.4, 999.6, 1000, 1023.9, 1024, 3599, 3600, 9999, 12_345, 86_399, 90_000, 1e6, 1234567, 5e9, 1e15, -0.2, -17, -70_000];
        var units = Enum.GetNames<ChartUnit>();
        var list = string.Join(',', values.Select(v => v.ToString("R", CultureInfo.InvariantCulture)));
        var file = new Uri(Path.Combine(Repository.Root, "FlinkDashboard/Scripts/src/parts/units.js"));
        var script = $"import('{file}').then(m => console.log([{string.Join(',', units.Select(u => $"'{u}'"))}].map(u => [{list}].map(v => m.words(u, v)).join('|')).join('#')))";
        using var node = Process.Start(new ProcessStartInfo("node", ["--input-type=module", "-e", script]) { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = System.Text.Encoding.UTF8 })!;
        var said = (await node.StandardOutput.ReadToEndAsync()).Trim();
        await node.WaitForExitAsync();
        Assert.Equal(string.Join('#', units.Select(u => string.Join('|', values.Select(v => ChartWords.Value(Enum.Parse<ChartUnit>(u), v))))), said);
    }

    [Fact]
    public void Csv_HasEveryMoment_AndLeavesGapsEmpty()
    {
        var frame = Frames.Of(2, 3, value: (line, at) => line == 1 && at == 1 ? double.NaN : at + 0.5);
        var csv = ChartText.Csv(frame with { Lines = [frame.Lines[0] with { Name = "a, b" }, frame.Lines[1] with { Name = "=SUM(1)" }] });
        Assert.Equal("time,\"a, b\",'=SUM(1)\n2026-03-01T12:00:00Z,0.5,0.5\n2026-03-01T12:01:00Z,1.5,\n2026-03-01T12:02:00Z,2.5,2.5\n", csv);
    }

    [Theory]
    [InlineData("=cmd|'/c calc'!A0")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    [InlineData("\n=1")]
    [InlineData(" =1")]
    [InlineData("\u00a0=1")]
    [InlineData("＝1")]
    public void Csv_HoldsNoFormula(string name)
    {
        var frame = Frames.Of(1, 1);
        var head = ChartText.Csv(frame with { Lines = [frame.Lines[0] with { Name = name }] });
        Assert.Matches("^time,\"?'", head);
    }

    [Fact]
    public void FileName_HasChart_Subject_AndTime() => Assert.Equal("records-in-team-a-orders-20260301T120000Z.csv", ChartText.FileName(Frames.Chart, "team-a/orders", Frames.Start, "csv"));

    [Fact]
    public void Summary_PutsTheGreatestFirst()
    {
        var lines = LineSummary.Of(Frames.Of(2, 3, value: (line, at) => at == 2 && line == 0 ? double.NaN : (line * 10) + at));
        Assert.Equal(["line 1", "line 0"], lines.Select(line => line.Name));
        Assert.Equal((1d, 0d, 0.5, 1d), (lines[1].Newest, lines[1].Least, lines[1].Mean, lines[1].Greatest));
    }
}
