using FlinkDashboard.Features.Settings;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Verdicts;
using FlinkDashboard.State;

namespace FlinkDashboard.Tests.Features.Settings;

/// <summary>How well kinds are known, and what one may do, in words.</summary>
public class SettingsRowTests
{
    private static readonly DateTimeOffset Then = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(WatchState.Live, "Live", VerdictState.Healthy, 7, "")]
    [InlineData(WatchState.Connecting, "Connecting", VerdictState.Changing, null, "")]
    [InlineData(WatchState.Stale, "Contact lost", VerdictState.Failing, 7, "Shown is what was known then.")]
    [InlineData(WatchState.Absent, "Not installed", VerdictState.Stopped, null, "Comes with the Flink Kubernetes Operator; older ones have fewer kinds.")]
    [InlineData(WatchState.Forbidden, "Forbidden", VerdictState.Degraded, null, "The dashboard's account lacks list and watch on flinkstatesnapshots.flink.apache.org.")]
    [InlineData((WatchState)99, "Forbidden", VerdictState.Degraded, null, "")]
    public void Kind_SaysWhatItsStateMeans(WatchState state, string word, VerdictState verdict, int? objects, string meaning)
    {
        var row = KindRow.From(FlinkStateSnapshot.Info, new WatchStatus(state, Then, Then, "403", []), 7);
        Assert.Equal((word, verdict, objects, meaning), (row.Word, row.Verdict, row.Objects, row.Meaning));
        Assert.Equal(state == WatchState.Live ? null : "403", row.Error);
    }

    [Fact]
    public void Kind_NeverHeardOf_HasNoCount()
    {
        var row = KindRow.From(NodeMetrics.Info, new WatchStatus(WatchState.Stale, DateTimeOffset.MinValue, null, "refused", []), int.MaxValue);
        Assert.Equal((null, "Never heard of yet."), (row.Objects, row.Meaning));
        Assert.Equal("Polled", KindRow.From(NodeMetrics.Info, new WatchStatus(WatchState.Live, Then, Then, null, []), 1).Word);
        Assert.Equal("Not in a, b: forbidden there.", KindRow.From(Pod.Info, new WatchStatus(WatchState.Live, Then, Then, null, ["a", "b"]), 1).Meaning);
    }

    [Fact]
    public void Summary_CountsStates_WorstFirst()
    {
        KindRow Row(WatchState state, int objects) => KindRow.From(Pod.Info, new WatchStatus(state, Then, Then, null, []), objects);
        Assert.Equal("3 kinds of objects: 1 without contact, 2 live. 6,442,450,941 objects known.", SettingsWords.Summary([Row(WatchState.Live, int.MaxValue), Row(WatchState.Stale, int.MaxValue), Row(WatchState.Live, int.MaxValue)]));
        Assert.Equal("0 kinds of objects: none yet. 0 objects known.", SettingsWords.Summary([]));
    }

    [Fact]
    public void Right_SaysWhere()
    {
        var wish = Wish.All[0];
        Assert.Equal(("everywhere", "healthy"), Said(new RightRow(wish, true, [], 0, "")));
        Assert.Equal(("no", "stopped"), Said(new RightRow(wish, false, [], 3, "no")));
        Assert.Equal(("in a", "degraded"), Said(new RightRow(wish, false, ["a"], 3, "no")));
        Assert.Equal(("in a, b and 3 more namespaces", "healthy"), Said(new RightRow(wish, false, ["a", "b", "c", "d", "e"], 5, "no")));
        Assert.Equal(Wish.All.Count, Wish.All.Select(one => (one.Verb, one.Kind.Plural, one.Subresource)).Distinct().Count());
    }

    [Fact]
    public void Version_ShowsItsCommit_Short()
    {
        Assert.Equal("1.2.3+01234567", AboutApp.Of("1.2.3+0123456789abcdef0123456789abcdef01234567").Version);
        Assert.Equal(("1.0.0", "unknown", "unknown"), (AboutApp.Of("1.0.0").Version, AboutApp.Of(null).Version, AboutApp.Of("").Version));
    }

    private static (string, string) Said(RightRow row) => (row.Where, row.Tone);
}
