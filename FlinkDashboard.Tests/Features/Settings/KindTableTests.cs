using Bunit;
using FlinkDashboard.Features.Settings;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.State;
using FlinkDashboard.Tests.Ui;

namespace FlinkDashboard.Tests.Features.Settings;

/// <summary>The table of watched kinds as it is drawn.</summary>
public class KindTableTests : UiContext
{
    [Fact]
    public void Meaning_HasAColumn_OnlyWhenThereIsSomethingToSay()
    {
        var now = Cluster.GetUtcNow();
        var well = KindRow.From(Pod.Info, new WatchStatus(WatchState.Live, now, now, null, []), 1234);
        var hidden = KindRow.From(Node.Info, new WatchStatus(WatchState.Forbidden, now, null, "nodes is forbidden", []), 0);
        var drawn = Render<KindTable>(parameters => parameters.Add(table => table.Rows, [well]));
        Assert.DoesNotContain("Meaning", drawn.Markup, StringComparison.Ordinal);
        Assert.Contains("1,234", drawn.Find("tbody tr").TextContent, StringComparison.Ordinal);
        drawn.Render(parameters => parameters.Add(table => table.Rows, [hidden, well]));
        Assert.Contains("lacks list and watch on nodes. nodes is forbidden", string.Join(' ', drawn.Find("tbody tr").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }
}
