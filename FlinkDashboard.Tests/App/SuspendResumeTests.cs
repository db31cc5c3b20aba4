using FlinkDashboard.Access;
using FlinkDashboard.Configuration;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Operations;
using FlinkDashboard.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace FlinkDashboard.Tests.App;

/// <summary>The whole way: operation, API server, operator, JobManager, watch, cache; in the busy world, sixty times as fast.</summary>
public sealed class SuspendResumeTests
{
    [Fact]
    public async Task HealthyApplication_IsSuspendedWithItsState_AndResumedFromIt()
    {
        using var app = DashboardApp.Start(("Sandbox:Speed", "60"));
        var cache = app.Cache<FlinkDeployment>();
        await cache.UntilAsync(() => Healthy(cache.Current.All) is not null, 60);
        var seen = Healthy(cache.Current.All)!;
        var operations = app.Services.GetRequiredService<ApplicationOperations>();
        var user = CurrentUser.Of(null, new AccessOptions(), app.Services.GetRequiredService<UserChoices>());

        Assert.Equal(Outcome.Accepted, (await operations.SuspendAsync(seen, user, null, default)).Outcome);
        await cache.UntilAsync(() => Now().Status.LifecycleState == LifecycleState.Suspended, 60);
        var point = Now().Status.JobStatus.UpgradeSavepointPath;
        Assert.False(string.IsNullOrEmpty(point));
        var told = ConsequenceOf.Resume(Now(), new([], app.Cache<FlinkStateSnapshot>().Current.All, [], null, app.Services.GetRequiredService<TimeProvider>().GetUtcNow()));
        Assert.Contains(point, told.Summary, StringComparison.Ordinal);

        Assert.Equal(Outcome.Accepted, (await operations.ResumeAsync(Now(), user, null, default)).Outcome);
        await cache.UntilAsync(() => Now().Status.LifecycleState == LifecycleState.Stable && Now().Status.JobStatus.State == JobState.Running, 60);

        FlinkDeployment Now() => cache.Current.Find(seen.Metadata.Namespace, seen.Metadata.Name)!;
    }

    private static FlinkDeployment? Healthy(IEnumerable<FlinkDeployment> all) => all.FirstOrDefault(d =>
        d.Metadata.Name == "basic-example-app-cluster-flink" && d.Status.LifecycleState == LifecycleState.Stable && d.Status.JobStatus.State == JobState.Running);
}
