using FlinkDashboard.Tests.Support;
using FlinkDashboard.Ui.Formats;

namespace FlinkDashboard.Tests.Ui;

/// <summary>Lines of values as letters.</summary>
public class SparkTextTests
{
    [Fact]
    public void Values_BecomeHeights_BetweenZeroAndTheHighest() => Assert.Equal("0W_.0", SparkText.Of([0, 50, 100, null, 0]));

    [Fact]
    public void NothingKnown_IsNoLine()
    {
        Assert.Equal("", SparkText.Of([]));
        Assert.Equal("", SparkText.Of([null, double.NaN, double.PositiveInfinity]));
    }

    [Fact]
    public void ZerosAndHugeValues_AreDrawn()
    {
        Assert.Equal("000", SparkText.Of([0, 0, 0]));
        Assert.Equal("_0_", SparkText.Of([double.MaxValue, -5, double.MaxValue]));
    }

    [Fact]
    public void LongLines_KeepTheirEnd()
    {
        var line = SparkText.Of([.. Enumerable.Range(0, 100).Select(i => (double?)(i < 60 ? 1 : 0))]);
        Assert.Equal(SparkText.Points, line.Length);
        Assert.Equal(new string('0', 40), line);
    }

    [Fact]
    public void Script_ReadsTheSameAlphabet()
    {
        var script = File.ReadAllText(Path.Combine(Repository.Root, "wwwroot/js/sparks.js"));
        var letters = string.Concat(Enumerable.Range(0, 64).Select(i => SparkText.Of([i, 63])[0]));
        Assert.Contains($"\"{letters}\"", script, StringComparison.Ordinal);
    }
}
