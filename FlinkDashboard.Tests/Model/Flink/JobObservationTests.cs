using FlinkDashboard.Model.Flink;

namespace FlinkDashboard.Tests.Model.Flink;

public sealed class JobObservationTests
{
    private static JobDetails Job(params JobVertex[] vertices) => new() { Jid = "1", Vertices = vertices };

    private static JobVertex Vertex(string id, long busy, long idle, long pressed, long read, int parallelism = 2) => new()
    {
        Id = id,
        Parallelism = parallelism,
        Metrics = new() { AccumulatedBusyTime = busy, AccumulatedIdleTime = idle, AccumulatedBackpressuredTime = pressed, ReadRecords = read, ReadRecordsComplete = true }
    };

    [Fact]
    public void Rates_AreOfTheTimeTheCountersTell()
    {
        var first = JobObservation.Of(Job(Vertex("a", 1_000, 8_000, 1_000, 500)), null);
        Assert.Empty(first.Rates);
        // Ten seconds of two subtasks: 20,000 ms.
        var second = JobObservation.Of(Job(Vertex("a", 6_000, 18_000, 6_000, 1_500)), first);
        var rates = second.Rates["a"];
        Assert.Equal((0.25, 0.5, 0.25), (rates.Busy, rates.Idle, rates.BackPressured));
        Assert.Equal(100, rates.RecordsIn, 6);
        Assert.True(double.IsNaN(rates.RecordsOut));
    }

    [Fact]
    public void Rates_StayWhileFlinkHasNotFetched()
    {
        var first = JobObservation.Of(Job(Vertex("a", 0, 10_000, 0, 0)), null);
        var second = JobObservation.Of(Job(Vertex("a", 0, 30_000, 0, 100)), first);
        var third = JobObservation.Of(Job(Vertex("a", 0, 30_000, 0, 100)), second);
        Assert.Equal(second.Rates["a"], third.Rates["a"]);
        var fourth = JobObservation.Of(Job(Vertex("a", 20_000, 30_000, 0, 100)), third);
        Assert.Equal((1, 0), (fourth.Rates["a"].Busy, fourth.Rates["a"].RecordsIn));
    }

    [Fact]
    public void NewAttempt_HasNoRates_UntilItWasSeenTwice()
    {
        var first = JobObservation.Of(Job(Vertex("a", 5_000, 10_000, 0, 900), Vertex("b", 0, 15_000, 0, 0)), null);
        var second = JobObservation.Of(Job(Vertex("a", 10, 20, 0, 1), Vertex("b", 0, 35_000, 0, 0)), first);
        Assert.Equal(["b"], second.Rates.Keys);
        Assert.Equal(2, JobObservation.Of(Job(Vertex("a", 2_010, 18_020, 0, 11), Vertex("b", 0, 55_000, 0, 0)), second).Rates.Count);
    }

    [Fact]
    public void BusyTime_ThatIsNotMeasured_IsNotANumber_AndTheOthersTellTheTime()
    {
        JobVertex Source(long pressed) => Vertex("s", 0, 0, pressed, 0) with { Metrics = new() { AccumulatedBusyTime = double.NaN, AccumulatedBackpressuredTime = pressed } };
        var first = JobObservation.Of(Job(Source(0), Vertex("a", 0, 0, 0, 0)), null);
        var second = JobObservation.Of(Job(Source(4_000), Vertex("a", 0, 20_000, 0, 0)), first);
        Assert.True(double.IsNaN(second.Rates["s"].Busy));
        Assert.Equal(0.2, second.Rates["s"].BackPressured, 6);
    }

    [Fact]
    public void AnotherJob_BeginsAnew() =>
        Assert.Empty(JobObservation.Of(new() { Jid = "2", Vertices = [Vertex("a", 9, 9, 9, 9)] }, JobObservation.Of(Job(Vertex("a", 0, 0, 0, 0)), null)).Rates);
}
