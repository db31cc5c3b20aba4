using FlinkDashboard.Ui.Live;
using Microsoft.Extensions.Time.Testing;

namespace FlinkDashboard.Tests.Ui;

public class RefreshGateTests
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Mark_First_RefreshesAtOnce()
    {
        var drawn = 0;
        using var gate = Gate(() => drawn++);
        gate.Mark();
        Assert.Equal(1, drawn);
    }

    [Fact]
    public void Mark_ManyWithinPace_RefreshOnceMore()
    {
        var drawn = 0;
        using var gate = Gate(() => drawn++);
        for (var i = 0; i < 50; i++)
            gate.Mark();
        Assert.Equal(1, drawn);
        _clock.Advance(Pace);
        Assert.Equal(2, drawn);
        _clock.Advance(Pace * 5);
        Assert.Equal(2, drawn);
    }

    [Fact]
    public void Mark_Last_IsNeverLost()
    {
        var (value, seen) = (0, 0);
        using var gate = Gate(() => seen = value);
        for (value = 1; value <= 9; value++)
        {
            gate.Mark();
            _clock.Advance(TimeSpan.FromMilliseconds(30));
        }

        value = 10;
        gate.Mark();
        _clock.Advance(Pace);
        Assert.Equal(10, seen);
    }

    [Fact]
    public void Mark_WhileRefreshing_DoesNotOverlap()
    {
        var (running, most, drawn) = (0, 0, 0);
        var hold = new TaskCompletionSource();
        using var gate = new RefreshGate(_clock, Pace, async () =>
        {
            most = Math.Max(most, ++running);
            drawn++;
            await hold.Task;
            running--;
        }, _ => { });
        gate.Mark();
        gate.Mark();
        _clock.Advance(Pace * 3);
        Assert.Equal((1, 1), (most, drawn));
        hold.SetResult();
        // The rest of the refresh runs wherever the scheduler puts it.
        SpinWait.SpinUntil(() =>
        {
            _clock.Advance(Pace);
            return drawn == 2;
        }, TimeSpan.FromSeconds(5));
        Assert.Equal((1, 2), (most, drawn));
    }

    [Fact]
    public void Refresh_Throws_IsToldAndGateGoesOn()
    {
        var (told, drawn) = (0, 0);
        using var gate = new RefreshGate(_clock, Pace, () => ++drawn == 1 ? throw new InvalidOperationException("once") : Task.CompletedTask, _ => told++);
        gate.Mark();
        gate.Mark();
        _clock.Advance(Pace);
        Assert.Equal((1, 2), (told, drawn));
    }

    [Fact]
    public void Mark_AfterDispose_DoesNothing()
    {
        var drawn = 0;
        var gate = Gate(() => drawn++);
        gate.Dispose();
        gate.Mark();
        Assert.Equal(0, drawn);
    }

    private RefreshGate Gate(Action draw) => new(_clock, Pace, () =>
    {
        draw();
        return Task.CompletedTask;
    }, error => Assert.Fail(error.Message));
}
