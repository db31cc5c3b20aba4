using FlinkDashboard.Access;
using FlinkDashboard.Configuration;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Operations;
using FlinkDashboard.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace FlinkDashboard.Tests.App;

/// <summary>The whole way: operation, API server, operator, JobManager, watch, cache; in the busy world, ten times as fast.</summary>
public sealed class SuspendResumeTests
{
    private const string Team = "flink-team-b-ns", Name = "graviton-example";

    [Fact]
    public async Task HealthyApplication_IsSuspendedWithItsState_AndResumedFromIt()
    {
        using var app = DashboardApp.Start(("Sandbox:Speed", "10"));
        var cache = app.Cache<FlinkDeployment>();
        await ComesAsync(() => Healthy(cache.Current.All) is not null);
        var seen = Healthy(cache.Current.All)!;
        var operations = app.Services.GetRequiredService<ApplicationOperations>();
        var user = CurrentUser.Of(null, new AccessOptions(), app.Services.GetRequiredService<UserChoices>());

        Assert.Equal(Outcome.Accepted, (await operations.SuspendAsync(seen, user, null, default)).Outcome);
        await ComesAsync(() => Now().Status.LifecycleState == LifecycleState.Suspended);
        var point = Now().Status.JobStatus.UpgradeSavepointPath;
        Assert.False(string.IsNullOrEmpty(point));
        var told = ConsequenceOf.Resume(Now(), new([], app.Cache<FlinkStateSnapshot>().Current.All, [], null, app.Services.GetRequiredService<TimeProvider>().GetUtcNow()));
        Assert.Contains(point, told.Summary, StringComparison.Ordinal);

        Assert.Equal(Outcome.Accepted, (await operations.ResumeAsync(Now(), user, null, default)).Outcome);
        await ComesAsync(() => Now().Status.LifecycleState == LifecycleState.Stable && Now().Status.JobStatus.State == JobState.Running);

        Task ComesAsync(Func<bool> reached) => Eventually.UntilAsync(cache.Subscribe, reached, 60, () => $"{Now().Spec.Job!.State} {Now().Status with { ReconciliationStatus = FlinkReconciliationStatus.None }} {string.Join("; ", app.Cache<CoreEvent>().Current.In(Team).Where(e => e.InvolvedObject.Name.StartsWith(Name, StringComparison.Ordinal)).OrderBy(e => e.LastTimestamp).TakeLast(12).Select(e => $"{e.LastTimestamp:T} {e.InvolvedObject.Name} {e.Reason} {e.Message}"))} {string.Join("; ", app.Cache<Pod>().Current.In(Team).Where(p => p.Metadata.Labels["app"] == Name).Select(p => $"{p.Metadata.Name} {p.Status.Phase}"))}");

        FlinkDeployment Now() => cache.Current.Find(Team, Name)!;
    }

    private static FlinkDeployment? Healthy(IEnumerable<FlinkDeployment> all) => all.FirstOrDefault(d =>
        d.Metadata.Name == Name && d.Status.LifecycleState == LifecycleState.Stable && d.Status.JobStatus.State == JobState.Running);
}
