using FlinkDashboard.Configuration;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.State;
using FlinkDashboard.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace FlinkDashboard.Tests.State;

public sealed class ResourceWatchTests : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> running = [];
    private readonly FakeTimeProvider time = new(SandboxStage.Start);
    private SandboxStage stage = null!;

    public async Task InitializeAsync() => stage = await SandboxStage.StartAsync(time: time);

    public async Task DisposeAsync()
    {
        foreach (var one in running)
            await one.DisposeAsync();
        await stage.DisposeAsync();
    }

    [Fact]
    public async Task WhatExists_AndWhatChanges_ArrivesInTheCache()
    {
        Put("before");
        var cache = Watch<ConfigMap>(ConfigMap.Info);
        await cache.UntilAsync(() => cache.Status.State == WatchState.Live && cache.Current.Find("default", "before") is not null);
        Put("after");
        await cache.UntilAsync(() => cache.Current.Find("default", "after") is not null);
        stage.Change(ResourceTypes.ConfigMaps, "default", "after", o => o["metadata"]!["labels"] = new System.Text.Json.Nodes.JsonObject { ["x"] = "y" });
        await cache.UntilAsync(() => cache.Current.Find("default", "after")?.Metadata.Labels["x"] == "y");
        stage.Cluster.World.Objects.Delete(ResourceTypes.ConfigMaps, "default", "after");
        await cache.UntilAsync(() => cache.Current.Find("default", "after") is null);
    }

    [Fact]
    public async Task CutStream_GoesOnWhereItWas()
    {
        var cache = await LiveAsync();
        stage.Cluster.Faults.CutWatches();
        Put("meanwhile");
        await ArrivesAsync(cache, "meanwhile");
        Assert.Equal(WatchState.Live, cache.Status.State);
    }

    [Fact]
    public async Task ServerAway_IsStale_WithTheAgeOfWhatIsShown_AndRecovers()
    {
        var cache = await LiveAsync();
        Put("old");
        await cache.UntilAsync(() => cache.Current.Find("default", "old") is not null);
        var contact = cache.Status.LastContact;
        stage.Cluster.Faults.Unreachable = true;
        await PassingAsync(cache, () => cache.Status.State == WatchState.Stale);
        Assert.NotNull(cache.Current.Find("default", "old"));
        Assert.Equal(contact, cache.Status.LastContact);
        Assert.NotNull(cache.Status.LastError);
        Put("meanwhile");
        stage.Cluster.Faults.Unreachable = false;
        await ArrivesAsync(cache, "meanwhile");
        Assert.Equal((WatchState.Live, null), (cache.Status.State, cache.Status.LastError));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ForgottenVersion_IsListedAgain(bool asHttp)
    {
        Put("doomed");
        var cache = await LiveAsync();
        stage.Cluster.Faults.ExpiredAsHttp = asHttp;
        stage.Cluster.Faults.Unreachable = true;
        await PassingAsync(cache, () => cache.Status.State == WatchState.Stale);
        stage.Cluster.World.Objects.Delete(ResourceTypes.ConfigMaps, "default", "doomed");
        Put("new");
        stage.Cluster.World.Objects.Compact();
        stage.Cluster.Faults.Unreachable = false;
        await ArrivesAsync(cache, "new");
        Assert.Null(cache.Current.Find("default", "doomed"));
    }

    [Fact]
    public async Task UnreadableObject_IsSkippedAndTold_AndTheWatchGoesOn()
    {
        var cache = Watch<Ingress>(Ingress.Info);
        await cache.UntilAsync(() => cache.Status.State == WatchState.Live);
        stage.Put(ResourceTypes.Ingresses, """{"metadata":{"name":"bad","namespace":"default"},"spec":"text"}""");
        await cache.UntilAsync(() => cache.Status.LastError?.Contains("skipped", StringComparison.Ordinal) == true);
        stage.Put(ResourceTypes.Ingresses, """{"metadata":{"name":"good","namespace":"default"}}""");
        await cache.UntilAsync(() => cache.Current.Find("default", "good") is not null);
        Assert.Equal(WatchState.Live, cache.Status.State);
    }

    [Fact]
    public async Task MissingCrd_IsAbsent_UntilItIsInstalled()
    {
        var definition = stage.Cluster.World.Objects.Get(ResourceTypes.CustomResourceDefinitions, "", "flinkstatesnapshots.flink.apache.org").Read().ToJsonString();
        stage.Cluster.World.Objects.Delete(ResourceTypes.CustomResourceDefinitions, "", "flinkstatesnapshots.flink.apache.org");
        var cache = Watch<FlinkStateSnapshot>(FlinkStateSnapshot.Info);
        await cache.UntilAsync(() => cache.Status.State == WatchState.Absent);
        Assert.False(cache.Status.IsKnown);
        stage.Put(ResourceTypes.CustomResourceDefinitions, definition);
        await PassingAsync(cache, () => cache.Status.State == WatchState.Live);
    }

    [Fact]
    public async Task NamespacesOfTheSettings_AreWatchedEach_AndOnlyThose()
    {
        stage.Put(ResourceTypes.Namespaces, """{"metadata":{"name":"team-x"}}""");
        stage.Put(ResourceTypes.Namespaces, """{"metadata":{"name":"team-y"}}""");
        var cache = Watch<ConfigMap>(ConfigMap.Info, "team-x", "team-y");
        await cache.UntilAsync(() => cache.Status.State == WatchState.Live);
        Put("elsewhere");
        stage.Put(ResourceTypes.ConfigMaps, """{"metadata":{"name":"x","namespace":"team-x"}}""");
        stage.Put(ResourceTypes.ConfigMaps, """{"metadata":{"name":"y","namespace":"team-y"}}""");
        await cache.UntilAsync(() => cache.Current.Find("team-x", "x") is not null && cache.Current.Find("team-y", "y") is not null);
        Assert.Null(cache.Current.Find("default", "elsewhere"));
    }

    [Fact]
    public async Task SilentConnection_IsGivenUp()
    {
        var version = (await stage.Api.ListAsync(ConfigMap.Info, "default", default)).ResourceVersion;
        stage.Cluster.Faults.StallWatches = true;
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var events = stage.Api.WatchAsync(ConfigMap.Info, "default", version, TimeSpan.FromMinutes(10), opened.SetResult, default).GetAsyncEnumerator();
        var next = events.MoveNextAsync().AsTask();
        await opened.Task;
        Put("held-back");
        Assert.False(next.IsCompleted);
        while (!next.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(60));
            await Task.WhenAny(next, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System));
        }
        Assert.False(await next);
    }

    private void Put(string name) => stage.Put(ResourceTypes.ConfigMaps, $$$"""{"metadata":{"name":"{{{name}}}","namespace":"default"} }""");

    private async Task<ResourceCache<ConfigMap>> LiveAsync()
    {
        var cache = Watch<ConfigMap>(ConfigMap.Info);
        await cache.UntilAsync(() => cache.Status.State == WatchState.Live);
        return cache;
    }

    private Task ArrivesAsync(ResourceCache<ConfigMap> cache, string name) => PassingAsync(cache, () => cache.Current.Find("default", name) is not null);

    /// <summary>Waits while the app's clock runs on, so that its waits end.</summary>
    private async Task PassingAsync(ResourceCache cache, Func<bool> reached)
    {
        var arrival = cache.UntilAsync(reached);
        while (!arrival.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(arrival, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System));
        }
        await arrival;
    }

    private ResourceCache<T> Watch<T>(KindInfo<T> kind, params string[] namespaces) where T : class, IKubernetesObject
    {
        var cache = new ResourceCache<T>(kind);
        var watch = new ResourceWatch<T>(stage.Api, cache, new ClusterOptions { Namespaces = [.. namespaces] }, time, NullLogger<ResourceWatch<T>>.Instance);
        running.Add(new Running(watch));
        _ = watch.StartAsync(default);
        return cache;
    }

    private sealed class Running(Microsoft.Extensions.Hosting.BackgroundService service) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await service.StopAsync(default);
            service.Dispose();
        }
    }
}
