using FlinkDashboard.Sandbox;
using FlinkDashboard.Sandbox.Scenarios;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Sandbox.Scenarios;

public class WorldTests
{
    [Fact]
    public void Thousand_Holds_WhatItsNameSays()
    {
        var world = Worlds.Build(new SandboxOptions { World = "thousand", Speed = 0 });
        Assert.Equal(1_000, world.Objects.List(ResourceTypes.Nodes).Items.Count);
        Assert.Equal(10_000, world.Objects.List(ResourceTypes.Pods).Items.Count);
        Assert.Equal(500, world.Objects.List(ResourceTypes.FlinkDeployments).Items.Count);
        Assert.Contains(world.Objects.List(ResourceTypes.FlinkDeployments).Items, a => (int)a.Read()["status"]!["taskManager"]!["replicas"]! == 200);
        var before = world.Objects.Version;
        world.Timeline.Advance(TimeSpan.FromSeconds(10));
        Assert.InRange(world.Objects.Version - before, 95, 105);
    }

    [Fact]
    public void Unknown_World_IsRefusedWithTheNames()
    {
        var error = Assert.Throws<ArgumentException>(() => Worlds.Build(new SandboxOptions { World = "nowhere" }));
        Assert.Contains("busy", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3h7m", 187)]
    [InlineData("6d", 8640)]
    [InlineData("90s", 1.5)]
    public void Age_IsRead(string text, double minutes) => Assert.Equal(TimeSpan.FromMinutes(minutes), Manifests.Age(text));
}
