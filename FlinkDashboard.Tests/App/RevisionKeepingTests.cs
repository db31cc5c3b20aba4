using FlinkDashboard.Access;
using FlinkDashboard.Configuration;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Operations;
using FlinkDashboard.Operations.Revisions;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace FlinkDashboard.Tests.App;

/// <summary>The keeper as it runs in the app: woken by the watches, it keeps what users and others change.</summary>
public sealed class RevisionKeepingTests
{
    [Fact]
    public async Task SpecsOfAnApplication_AreKeptAsTheyChange()
    {
        using var app = DashboardApp.Start(("Sandbox:World", "quiet"));
        var (applications, kept) = (app.Cache<FlinkDeployment>(), app.Cache<ControllerRevision>());
        app.Sandbox.World.Objects.Create(ResourceTypes.FlinkDeployments, SandboxStage.StableApplication("default", "orders"), part: WritePart.All);
        await kept.UntilAsync(() => kept.Count == 1, 60);
        var user = CurrentUser.Of(null, new AccessOptions(), app.Services.GetRequiredService<UserChoices>());
        var seen = applications.Current.Find("default", "orders")!;
        Assert.Equal(Outcome.Accepted, (await app.Services.GetRequiredService<UpgradeOperations>().ScaleAsync(seen, 6, user, "more", default)).Outcome);
        await kept.UntilAsync(() => kept.Count == 2, 60);
        var revisions = app.Services.GetRequiredService<RevisionOperations>();
        var list = await revisions.ListAsync(seen.Metadata, user, default);
        Assert.Equal([(2L, user.Name), (1L, null)], list.Select(r => (r.Number, r.Author)));
        Assert.Equal(RevisionKeeperState.Keeping, revisions.Keeper.State);
        // The application takes its revisions with it.
        app.Sandbox.World.Objects.Delete(ResourceTypes.FlinkDeployments, "default", "orders");
        await applications.UntilAsync(() => applications.Count == 0, 60);
    }
}
