using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Features.Deploy;

/// <summary>A cluster with Apache's operator and one with EMR's, for tests that only look.</summary>
public sealed class TwoOperators : IAsyncLifetime
{
    /// <summary>Name of the collection.</summary>
    public const string Name = "TwoOperators";

    /// <summary>Apache's.</summary>
    public SandboxStage Apache { get; private set; } = null!;

    /// <summary>EMR's, with two teams.</summary>
    public SandboxStage Emr { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync() => (Apache, Emr) = (await SandboxStage.StartAsync("quiet"), await SandboxStage.StartAsync("busy"));

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await Apache.DisposeAsync();
        await Emr.DisposeAsync();
    }
}

/// <summary>The tests that share them.</summary>
[CollectionDefinition(TwoOperators.Name)]
public sealed class TwoOperatorsTests : ICollectionFixture<TwoOperators>;
