using FlinkDashboard.Ui.Logs;

namespace FlinkDashboard.Tests.Ui.Logs;

/// <summary>Terminal colours in lines.</summary>
public class AnsiTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("\u001b[31mred\u001b[0m and plain", "red and plain")]
    [InlineData("a\tb", "a    b")]
    [InlineData("bell\u0007 null\0 end", "bell null end")]
    [InlineData("cut \u001b[3", "cut ")]
    [InlineData("\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\", "link")]
    [InlineData("\u001b[2Kcleared", "cleared")]
    [InlineData("end\u001b", "end")]
    public void Strip_Leaves_WhatIsRead(string line, string text) => Assert.Equal(text, AnsiText.Strip(line));

    [Theory]
    [InlineData("\u001b[31mx", "ansi-1")]
    [InlineData("\u001b[1;92mx", "ansi-10 ansi-bold")]
    [InlineData("\u001b[44mx", "ansi-on-4")]
    [InlineData("\u001b[38;5;196mx", "ansi-1")]
    [InlineData("\u001b[38;2;10;200;20mx", "ansi-2")]
    [InlineData("\u001b[48;5;21;3mx", "ansi-on-4 ansi-italic")]
    [InlineData("\u001b[31m\u001b[mx", null)]
    [InlineData("\u001b[31;39mx", null)]
    [InlineData("\u001b[999mx", null)]
    public void Runs_Know_TheLook(string line, string? look) => Assert.Equal(look, Assert.Single(AnsiText.Runs(line)).Look);

    [Fact]
    public void Runs_AreCut_WhereTheLookChanges()
    {
        var runs = AnsiText.Runs("\u001b[32mINFO\u001b[0m started");
        Assert.Equal([new("INFO", "ansi-2"), new(" started", null)], runs);
    }

    [Fact]
    public void Places_AreMarked_AcrossColours()
    {
        var parts = TextPart.Of("con\u001b[31mnect\u001b[0mion refused", LogSearch.Of("connection", false));
        Assert.Equal("connection", string.Concat(parts.Where(part => part.Found).Select(part => part.Text)));
        Assert.Equal([new("con", null, true), new("nect", "ansi-1", true), new("ion", null, true), new(" refused", null, false)], parts);
    }

    [Fact]
    public void Places_SeveralInALine_AreAllMarked() =>
        Assert.Equal(["a", "a", "a"], TextPart.Of("banana", LogSearch.Of("A", false)).Where(part => part.Found).Select(part => part.Text));
}
