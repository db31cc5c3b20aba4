using FlinkDashboard.Model.Kinds;
using FlinkDashboard.State;

namespace FlinkDashboard.Tests.State;

public class ResourceCacheTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 16, 0, 0, TimeSpan.Zero);
    private readonly ResourceCache<Pod> cache = new(Pod.Info);
    private int told;

    [Fact]
    public void Listener_IsTold_AfterTheChangeIsVisible()
    {
        var seen = -1;
        using var subscription = cache.Subscribe(() => seen = cache.Current.Count);
        cache.Put(Of("a"));
        Assert.Equal(1, seen);
        cache.Remove(Of("a"));
        Assert.Equal(0, seen);
    }

    [Fact]
    public void KeyListener_HearsOnlyItsObject_AndReplacements()
    {
        using var subscription = cache.Subscribe("ns", "a", () => told++);
        cache.Put(Of("b"));
        Assert.Equal(0, told);
        cache.Put(Of("a"));
        Assert.Equal(1, told);
        cache.Replace(null, []);
        Assert.Equal(2, told);
    }

    [Fact]
    public void DisposedSubscriptions_AreGone_AndDisposingTwiceTakesNoOther()
    {
        Action listener = () => told++;
        var (first, second, keyed) = (cache.Subscribe(listener), cache.Subscribe(listener), cache.Subscribe("ns", "a", listener));
        Assert.Equal(3, cache.Subscribers);
        first.Dispose();
        first.Dispose();
        keyed.Dispose();
        Assert.Equal(1, cache.Subscribers);
        cache.Put(Of("a"));
        Assert.Equal(1, told);
        second.Dispose();
        Assert.Equal(0, cache.Subscribers);
    }

    [Fact]
    public void Status_IsTold_WhenStateOrErrorChange_NotForEveryContact()
    {
        using var subscription = cache.Subscribe(() => told++);
        cache.Report("", WatchState.Live, Now, true, null);
        cache.Report("", WatchState.Live, Now.AddSeconds(5), true, null);
        Assert.Equal((1, Now, Now.AddSeconds(5)), (told, cache.Status.Since, cache.Status.LastContact!.Value));
        cache.Report("", WatchState.Stale, Now.AddSeconds(9), false, "gone");
        Assert.Equal((2, WatchState.Stale, Now.AddSeconds(5), "gone"), (told, cache.Status.State, cache.Status.LastContact!.Value, cache.Status.LastError));
        Assert.True(cache.Status.IsKnown);
    }

    [Fact]
    public void ForbiddenNamespace_IsNamed_WhileOthersAreLive()
    {
        cache.Report("a", WatchState.Live, Now, true, null);
        cache.Report("b", WatchState.Forbidden, Now, true, "no");
        Assert.Equal(WatchState.Live, cache.Status.State);
        Assert.Equal(["b"], cache.Status.ForbiddenNamespaces);
        Assert.Equal(WatchState.Forbidden, cache.StatusIn("b").State);
        cache.Report("a", WatchState.Forbidden, Now, true, "no");
        Assert.Equal(WatchState.Forbidden, cache.Status.State);
    }

    [Fact]
    public void BeforeTheFirstReport_NothingIsKnown() => Assert.Equal((WatchState.Connecting, false), (cache.Status.State, cache.Status.IsKnown));

    private static Pod Of(string name) => new() { Metadata = new() { Namespace = "ns", Name = name, Uid = name } };
}
