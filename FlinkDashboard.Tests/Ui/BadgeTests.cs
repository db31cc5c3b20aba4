using Bunit;
using FlinkDashboard.Model.Verdicts;
using FlinkDashboard.Ui.Flink;
using FlinkDashboard.Ui.Objects;
using FlinkDashboard.Ui.Palette;
using FlinkDashboard.Ui.Parts;

namespace FlinkDashboard.Tests.Ui;

public sealed class BadgeTests : UiContext
{
    [Fact]
    public void StateBadge_EveryState_HasShapeColourAndWord()
    {
        var seen = new HashSet<string>();
        foreach (var state in Enum.GetValues<VerdictState>())
        {
            var badge = Render<StateBadge>(parameters => parameters.Add(one => one.State, state));
            Assert.Equal(state.ToString(), badge.Find(".badge").TextContent.Trim());
            Assert.Contains($"s-{state.Word()}", badge.Find(".badge").ClassList);
            Assert.True(seen.Add(badge.Find("use").GetAttribute("href")!));
            var glyph = Render<StateBadge>(parameters => parameters.Add(one => one.State, state).Add(one => one.Glyph, true));
            Assert.Equal(state.ToString(), glyph.Find("svg").GetAttribute("aria-label"));
        }
    }

    [Fact]
    public void StateWords_WorstFirst_HoldsEveryStateOnceInRankOrder()
    {
        Assert.Equal(Enum.GetValues<VerdictState>().Order(), StateWords.WorstFirst.Order());
        Assert.Equal(StateWords.WorstFirst, StateWords.WorstFirst.OrderBy(state => state.Rank()));
        Assert.Equal("3 applications: 1 failing, 2 healthy.", StateWords.Tally([VerdictState.Healthy, VerdictState.Failing, VerdictState.Healthy], "application"));
        Assert.Equal("No applications.", StateWords.Tally([], "application"));
    }

    [Theory]
    [InlineData(VerdictState.Failing, "Failing for 4 min: the JobManager restarts.", "The JobManager restarts.")]
    [InlineData(VerdictState.Healthy, "As of 2 min ago: Healthy: fine.", "As of 2 min ago: Healthy: fine.")]
    [InlineData(VerdictState.Unknown, "Unknown: ", "Unknown: ")]
    public void SentenceParts_Cause_LeavesTheOpeningOut(VerdictState state, string sentence, string cause) => Assert.Equal(cause, SentenceParts.Cause(state, sentence));

    [Fact]
    public void Age_Drawn_CarriesTheExactTime()
    {
        var age = Render<Age>(parameters => parameters.Add(one => one.At, Cluster.GetUtcNow().AddMinutes(-64)));
        var time = age.Find("time");
        Assert.Equal("1 h 04 min ago", time.TextContent);
        Assert.Equal("2026-03-01T10:56:00Z", time.GetAttribute("title"));
        Assert.Equal("–", Render<Age>(parameters => parameters.Add(one => one.At, null)).Find("span").TextContent);
    }

    [Fact]
    public void CapacityBar_Huge_StaysWithinItsTrackAndSaysSo()
    {
        var bar = Render<CapacityBar>(parameters => parameters.Add(one => one.What, "CPU").Add(one => one.Allocatable, 4).Add(one => one.Requested, 1e9).Add(one => one.Used, 1));
        Assert.Contains("width:100%", bar.Find(".capacity-requested").GetAttribute("style"));
        Assert.Contains("over", bar.Find(".capacity").ClassList);
        Assert.Contains("used 1 (25 %)", bar.Find(".capacity").GetAttribute("aria-label"));
    }

    [Fact]
    public void PaletteSearch_Find_PutsTitlesThatStartFirst()
    {
        PaletteItem[] items = [new("Pods", "big-orders-1", "team", "x", "/1"), new("Applications", "orders", "team", "x", "/2"), new("Applications", "fraud", "team · reads orders", "x", "/3"), new("Nodes", "ip-10", "", "x", "/4")];
        Assert.Equal(["/2", "/1", "/3"], PaletteSearch.Find(items, "orders", 9).Select(item => item.Address));
        Assert.Equal(["/2"], PaletteSearch.Find(items, "ord app", 9).Where(item => item.Title == "orders").Select(item => item.Address));
        Assert.Empty(PaletteSearch.Find(items, "nothing", 9));
    }

    [Fact]
    public void YamlLine_Of_SplitsKeysAndValues()
    {
        var lines = YamlLine.Of("spec:\n  - name: \"x: y\"\n    replicas: 3\n    command: run it\n  text with spaces: no\n");
        Assert.Equal(("  - ", "name", ":", " \"x: y\"", "string"), (lines[1].Indent, lines[1].Key, lines[1].Colon, lines[1].Value, lines[1].Kind));
        Assert.Equal("number", lines[2].Kind);
        Assert.Equal("quiet", lines[0].Kind);
        Assert.Equal("", lines[4].Key);
    }
}
