using FlinkDashboard.Model.Kinds;
using FlinkDashboard.State;
using Microsoft.Extensions.DependencyInjection;

namespace FlinkDashboard.Tests.State;

public class FreshnessTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 16, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(WatchState.Connecting, WatchState.Connecting, Contact.Connecting)]
    [InlineData(WatchState.Live, WatchState.Connecting, Contact.Live)]
    [InlineData(WatchState.Live, WatchState.Stale, Contact.Partial)]
    [InlineData(WatchState.Stale, WatchState.Stale, Contact.Lost)]
    [InlineData(WatchState.Stale, WatchState.Connecting, Contact.Lost)]
    [InlineData(WatchState.Forbidden, WatchState.Absent, Contact.Live)]
    public void Contact_FollowsTheWatches(WatchState pods, WatchState nodes, Contact expected) => Assert.Equal(expected, Read(pods, nodes).Contact);

    [Fact]
    public void Age_IsThatOfTheOldest_OnceContactIsLost()
    {
        Assert.Equal(TimeSpan.FromSeconds(2), Read(WatchState.Live, WatchState.Live).Age);
        Assert.Equal(TimeSpan.FromSeconds(60), Read(WatchState.Live, WatchState.Stale).Age);
    }

    [Fact]
    public void PolledKinds_DoNotDecide()
    {
        var read = FreshnessOf.Cluster([(Pod.Info, Of(WatchState.Live, 2)), (NodeMetrics.Info, Of(WatchState.Stale, 60))], Now);
        Assert.Equal(Contact.Live, read.Contact);
        Assert.Equal([NodeMetrics.Info], read.Lost);
    }

    [Fact]
    public void EveryKind_HasACacheAndALoop()
    {
        var services = new ServiceCollection().AddClusterState();
        var cached = services.Where(s => s.ServiceType.IsGenericType && s.ServiceType.GetGenericTypeDefinition() == typeof(ResourceCache<>)).Select(s => ((ResourceCache)s.ImplementationInstance!).KindInfo);
        Assert.Equal(AllKinds.List.Select(k => k.QualifiedName).Order(), cached.Select(k => k.QualifiedName).Order());
        Assert.Equal(AllKinds.List.Count, services.Count(s => s.ServiceType == typeof(Microsoft.Extensions.Hosting.IHostedService)));
    }

    [Fact]
    public void Backoff_GrowsToALimit_AndResets()
    {
        var backoff = new Backoff(new Random(1));
        var waits = Enumerable.Range(0, 12).Select(_ => backoff.Next()).ToList();
        Assert.InRange(waits[0].TotalSeconds, 0.8, 1.6);
        Assert.InRange(waits[1].TotalSeconds, 1.6, 3.2);
        Assert.All(waits, w => Assert.True(w <= TimeSpan.FromSeconds(60)));
        Assert.InRange(waits[^1].TotalSeconds, 30, 60);
        Assert.Equal(TimeSpan.FromMinutes(5), backoff.Next(TimeSpan.FromMinutes(5)));
        backoff.Reset();
        Assert.InRange(backoff.Next().TotalSeconds, 0.8, 1.6);
    }

    private static ClusterFreshness Read(WatchState pods, WatchState nodes) => FreshnessOf.Cluster([(Pod.Info, Of(pods, 2)), (Node.Info, Of(nodes, nodes == WatchState.Stale ? 60 : 5))], Now);

    private static WatchStatus Of(WatchState state, int seconds) =>
        new(state, Now.AddMinutes(-5), state == WatchState.Connecting ? null : Now.AddSeconds(-seconds), state == WatchState.Stale ? "gone" : null, []);
}
