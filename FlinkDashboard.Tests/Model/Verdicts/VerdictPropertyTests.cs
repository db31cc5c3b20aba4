using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Verdicts;

namespace FlinkDashboard.Tests.Model.Verdicts;

/// <summary>
/// What holds for all applications. "Better" is a lower <see cref="VerdictState"/>, from Healthy to Unknown. Fields whose absence says
/// something are no inputs that can be lost: no <c>error</c> means that there is none, and operators before 1.8 have no observedGeneration.
/// </summary>
public class VerdictPropertyTests
{
    private const int Runs = 20_000;

    private static readonly (string What, Func<FlinkDeploymentStatus, FlinkDeploymentStatus> Lose)[] StatusLosses =
    [
        ("status", _ => FlinkDeploymentStatus.None),
        ("lifecycleState", s => s with { LifecycleState = default }),
        ("jobManagerDeploymentStatus", s => s with { JobManagerDeploymentStatus = default }),
        ("jobStatus", s => s with { JobStatus = FlinkJobStatus.None }),
        ("jobStatus.state", s => s with { JobStatus = s.JobStatus with { State = default } }),
        ("jobStatus.updateTime", s => s with { JobStatus = s.JobStatus with { UpdateTime = null } }),
        ("reconciliationStatus.state", s => s with { ReconciliationStatus = s.ReconciliationStatus with { State = default } }),
        ("clusterInfo", s => s with { ClusterInfo = FlinkDashboard.Model.StringMap.Empty }),
        ("conditions", s => s with { Conditions = [] }),
    ];

    [Fact]
    public void Losing_AnyInput_NeverMakesAVerdictBetter()
    {
        var any = new AnyApplication(seed: 4);
        for (var i = 0; i < Runs; i++)
        {
            var (d, evidence) = any.Next();
            var whole = VerdictOf.Deployment(d, evidence);
            foreach (var (what, lose) in StatusLosses)
                AssertNotBetter(what, whole, VerdictOf.Deployment(d with { Status = lose(d.Status) }, evidence));
            AssertNotBetter("pods", whole, VerdictOf.Deployment(d, evidence with { Pods = null }));
            AssertNotBetter("events", whole, VerdictOf.Deployment(d, evidence with { Events = null }));
            AssertNotBetter("snapshots", whole, VerdictOf.Deployment(d, evidence with { Snapshots = null }));
            AssertNotBetter("contact", whole, VerdictOf.Deployment(d, evidence with { HeardAt = evidence.Now.AddMinutes(-5) }));
        }
    }

    [Fact]
    public void Losing_OnePod_NeverMakesHealthy()
    {
        var any = new AnyApplication(seed: 5);
        for (var i = 0; i < Runs; i++)
        {
            var (d, evidence) = any.Next();
            if (VerdictOf.Deployment(d, evidence).State == VerdictState.Healthy || d.Spec.IsSession)
                continue;
            // A pod too many is no input: losing it may well heal.
            var wanted = Math.Max(d.Status.TaskManager!.Replicas, 0) + Math.Max(d.Spec.JobManager.Replicas ?? 1, 1);
            if (evidence.Pods!.Count(p => !p.Metadata.IsDeleting) > wanted || d.Status.TaskManager.Replicas == 0)
                continue;
            foreach (var pod in evidence.Pods!.Where(p => !p.Metadata.IsDeleting))
            {
                var without = VerdictOf.Deployment(d, evidence with { Pods = [.. evidence.Pods!.Where(p => p != pod)] });
                Assert.False(without.State == VerdictState.Healthy, $"without {pod.Metadata.Name}: {without.Sentence}");
            }
        }
    }

    [Fact]
    public void Failing_IsNeverHealthy()
    {
        var any = new AnyApplication(seed: 6);
        var healthy = 0;
        for (var i = 0; i < Runs; i++)
        {
            var (d, evidence) = any.Next();
            var verdict = VerdictOf.Deployment(d, evidence);
            Assert.EndsWith(".", verdict.Sentence, StringComparison.Ordinal);
            if (verdict.State != VerdictState.Healthy)
                continue;
            healthy++;
            Assert.Null(RawFailures.Of(d, null, evidence.Pods!));
        }
        Assert.InRange(healthy, Runs / 200, Runs);
    }

    private static void AssertNotBetter(string lost, Verdict whole, Verdict rest) =>
        Assert.True(rest.State >= whole.State, $"without {lost}: \"{whole.Sentence}\" became \"{rest.Sentence}\"");
}
