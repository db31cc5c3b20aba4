using FlinkDashboard.Model.Metrics;
using FlinkDashboard.Ui.Flink;

namespace FlinkDashboard.Tests.Ui.Flink;

/// <summary>The numbers of a row.</summary>
public class AppLoadTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 3, TimeSpan.Zero);

    [Fact]
    public void Numbers_KeepThreeDigits_SoThatARowStaysEqual()
    {
        var load = AppLoad.From(Number(12_345.6, 1_999.4), At, null);
        Assert.Equal((12_300, 2_000), (load.Throughput, load.Lag));
        Assert.Equal(load, AppLoad.From(Number(12_301.2, 2_001), At.AddSeconds(4), null));
        Assert.NotEqual(load, AppLoad.From(Number(12_390, 2_001), At, null));
    }

    [Fact]
    public void NothingKnown_IsNotZero_AndSaysWhy()
    {
        var load = AppLoad.From(FleetNumber.Nothing, At, null);
        Assert.Equal((null, "", null, null, null), (load.Throughput, load.ThroughputLine, load.Lag, load.Checkpoint, load.Restarts));
        Assert.Contains("no such series", load.Reason, StringComparison.Ordinal);
        Assert.Equal("it is away", AppLoad.From(FleetNumber.Nothing, At, "it is away").Reason);
    }

    [Fact]
    public void ZeroAndHugeAndBroken_AreTold()
    {
        Assert.Equal(0, AppLoad.From(Number(0, 0), At, null).Throughput);
        Assert.Equal(1.79e308, AppLoad.From(Number(1.789e308, 0), At, null).Throughput!.Value, 1e305);
        Assert.Null(AppLoad.From(Number(double.NaN, double.PositiveInfinity), At, null).Lag);
        Assert.Equal(int.MaxValue, AppLoad.From(Number(1, 1) with { Restarts = 1e30 }, At, null).Restarts);
    }

    [Fact]
    public void Checkpoint_IsAnInstant_ToTenSeconds() => Assert.Equal(At.AddSeconds(-43), AppLoad.From(Number(1, 1) with { CheckpointAge = TimeSpan.FromSeconds(37) }, At, null).Checkpoint);

    [Fact]
    public void Sum_AddsWhatIsKnown()
    {
        var sum = AppLoad.Sum([Number(100, 5) with { ThroughputTrend = [1, double.NaN, 3], Restarts = 2 }, FleetNumber.Nothing, Number(50, 0) with { ThroughputTrend = [1, double.NaN, 1] }], At, null);
        Assert.Equal((150, 5, 2), (sum.Throughput, sum.Lag, sum.Restarts));
        Assert.Equal("W._", sum.ThroughputLine);
        Assert.Null(AppLoad.Sum([FleetNumber.Nothing], At, null).Throughput);
    }

    private static FleetNumber Number(double throughput, double lag) => FleetNumber.Nothing with { Throughput = throughput, Backlog = lag };
}
