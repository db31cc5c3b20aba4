namespace FlinkDashboard.Tests.Support;

/// <summary>The busy world after a quarter of an hour, made once for all tests that only read its series. They run one after the other and leave no fault behind.</summary>
public sealed class MetricsWorld : IAsyncLifetime
{
    public SandboxStage Sandbox { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Sandbox = await SandboxStage.StartAsync("busy");
        Sandbox.Cluster.World.Timeline.Advance(TimeSpan.FromMinutes(15));
    }

    public async Task DisposeAsync() => await Sandbox.DisposeAsync();
}

/// <summary>Tests at one <see cref="MetricsWorld"/>.</summary>
[CollectionDefinition(Name)]
public sealed class MetricsTests : ICollectionFixture<MetricsWorld>
{
    public const string Name = "metrics";
}
