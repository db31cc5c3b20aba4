using Bunit;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.State;
using FlinkDashboard.Ui.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace FlinkDashboard.Tests.Ui;

public sealed class LiveComponentTests : UiContext
{
    [Fact]
    public void Cache_Changes_AreDrawn()
    {
        var shown = Render<PodCount>();
        Assert.Equal("0", shown.Markup);
        Pods.Put(APod("a"));
        shown.WaitForAssertion(() => Assert.Equal("1", shown.Markup));
    }

    [Fact]
    public void Cache_ManyChanges_AreDrawnTogetherAndTheLastIsShown()
    {
        var shown = Render<PodCount>();
        Pods.Put(APod("first"));
        shown.WaitForAssertion(() => Assert.Equal("1", shown.Markup));
        var before = shown.RenderCount;
        for (var i = 0; i < 200; i++)
            Pods.Put(APod($"pod-{i}"));
        shown.WaitForAssertion(() =>
        {
            Screen.Advance(TimeSpan.FromMilliseconds(100));
            Assert.Equal("201", shown.Markup);
        });
        Assert.InRange(shown.RenderCount - before, 1, 5);
    }

    [Fact]
    public async Task Component_Gone_LeavesNoSubscriber()
    {
        var shown = Render<PodCount>();
        Assert.Equal(1, Pods.Subscribers);
        await DisposeComponentsAsync();
        Assert.Equal(0, Pods.Subscribers);
        Pods.Put(APod("late"));
        Assert.True(shown.IsDisposed);
    }

    [Fact]
    public async Task Question_BehindADrawing_IsAskedOneAtATime_AndEndsWithTheComponent()
    {
        var shown = Render<Asker>();
        Pods.Put(APod("a"));
        shown.WaitForAssertion(() => Assert.Equal("1", shown.Markup));
        var asker = shown.Instance;
        Assert.Equal(1, asker.Asked);
        await DisposeComponentsAsync();
        await asker.Ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private sealed class Asker : LiveComponent
    {
        private int _count;

        [Inject]
        private ResourceCache<Pod> Cache { get; set; } = null!;

        public int Asked { get; private set; }

        public TaskCompletionSource Ended { get; } = new();

        protected override void OnInitialized() => Listen(Cache.Subscribe);

        protected override void Project()
        {
            _count = Cache.Count;
            Behind(async stop =>
            {
                Asked++;
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                Ended.SetResult();
            });
        }

        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, _count);
    }

    private sealed class PodCount : LiveComponent
    {
        private int _count;

        [Inject]
        private ResourceCache<Pod> Cache { get; set; } = null!;

        protected override void OnInitialized() => Listen(Cache.Subscribe);

        protected override void Project() => _count = Cache.Count;

        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, _count);
    }
}
