using FlinkDashboard.Sandbox.Behaviours.Flink;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Tests.Sandbox.Flink;

/// <summary>What comes in over a day, and what a job makes of it: one definition of a job's rate, from which all that is counted follows.</summary>
public class LoadProfileTests
{
    private static readonly DateTimeOffset Start = new(2025, 5, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 3_600)]
    [InlineData(5_000, 47)]
    [InlineData(40_000.5, 660.25)]
    [InlineData(70_000, 9_000)]
    public void Mean_IsTheAreaUnderTheCurve(double from, double seconds)
    {
        var profile = LoadProfile.Daily(1, "flink-team-b-ns/ledger/ledger", 0.35, 2.2);
        var sum = Enumerable.Range(0, 20_000).Average(i => profile.At(Start.AddSeconds(from + (seconds * (i + 0.5) / 20_000))));
        Assert.Equal(sum, profile.Mean(Start.AddSeconds(from), Start.AddSeconds(from + seconds)), 0.0005);
    }

    [Fact]
    public void Day_ComesAndGoes_AndIsTheSameForTheSameObject()
    {
        var profile = LoadProfile.Daily(1, "ns/orders/job", 0.4, 0);
        var day = Enumerable.Range(0, 5_760).Select(i => Start.AddSeconds(15 * i)).ToList();
        Assert.All(day, t => Assert.InRange(profile.At(t), 0.1, profile.Most));
        Assert.True(day.Max(profile.At) > 2 * day.Min(profile.At));
        Assert.Equal(day.Select(profile.At), day.Select(LoadProfile.Daily(1, "ns/orders/job", 0.4, 0).At));
        Assert.NotEqual(profile.At(Start), LoadProfile.Daily(1, "ns/other/job", 0.4, 0).At(Start));
        Assert.NotEqual(profile.At(Start), LoadProfile.Daily(2, "ns/orders/job", 0.4, 0).At(Start));
        // No two minutes are alike.
        Assert.Equal(60, day.Take(240).Where((_, i) => i % 4 == 0).Select(t => Math.Round(profile.At(t), 6)).Distinct().Count());
    }

    [Fact]
    public void Job_TakesWhatComesIn_OrLeavesItWaiting()
    {
        var program = KnownJobs.Of("s3://bucket/kafka-ledger.jar", []);
        var job = Running(program with { Load = LoadProfile.Daily(1, "flink-team-b-ns/ledger/ledger", program.Swing, program.Surge) });
        var (source, slowest) = (job.Vertices[0], job.Vertices[1]);
        var (last, waited, full) = (0.0, 0.0, 0);
        for (var at = Start.AddSeconds(15); at < Start.AddHours(24); at = at.AddSeconds(15))
        {
            var (count, lag) = (TaskLoad.Count(job, source, Start, at), TaskLoad.Lag(job, source, at));
            // What came in has passed or waits; what was counted never shrinks, and grows by the rate.
            Assert.Equal(source.Traits.RecordsPerSecond * job.Program.Load!.Mean(Start, at) * (at - Start).TotalSeconds, count + lag, 1.0);
            Assert.InRange((count - last) / 15, 0.9 * Least(at), 1.1 * Most(at));
            Assert.Equal(lag > 0, TaskLoad.Behind(job, at) > 0);
            if (lag > 0)
            {
                full++;
                Assert.Equal(1, TaskLoad.Busy(job, slowest, at), 6);
                Assert.True(TaskLoad.BackPressured(job, source, at) > 0.5);
            }
            var pressed = TaskLoad.BackPressuredSeconds(job, source, Start, at);
            Assert.InRange(pressed - waited, 0, 15);
            (last, waited) = (count, pressed);
        }
        Assert.InRange(full, 100, 2_000);
        Assert.InRange(waited, 600, 30_000);
        double Least(DateTimeOffset at) => Math.Min(TaskLoad.Rate(job, source, at.AddSeconds(-15)), TaskLoad.Rate(job, source, at));
        double Most(DateTimeOffset at) => Math.Max(TaskLoad.Rate(job, source, at.AddSeconds(-15)), TaskLoad.Rate(job, source, at));
    }

    [Fact]
    public void LookingBack_GivesTheSameNumbers_AsLookingThen()
    {
        var program = KnownJobs.Of("s3://bucket/kafka-ledger.jar", []);
        var job = Running(program with { Load = LoadProfile.Daily(3, "a/b/c", program.Swing, program.Surge) });
        var moments = Enumerable.Range(1, 500).Select(i => Start.AddSeconds(100.7 * i)).ToList();
        var then = moments.Select(t => (TaskLoad.Lag(job, job.Vertices[0], t), TaskLoad.Rate(job, job.Vertices[1], t))).ToList();
        var kept = job.Frozen();
        Assert.Equal(Enumerable.Reverse(then), Enumerable.Reverse(moments).Select(t => (TaskLoad.Lag(kept, kept.Vertices[0], t), TaskLoad.Rate(kept, kept.Vertices[1], t))));
    }

    private static FlinkJob Running(KnownJob program)
    {
        var job = JobGraph.Submit(Start, new string('a', 32), program, [], 4, null, failed: false);
        job.Enter("RUNNING", Start);
        return job;
    }
}
