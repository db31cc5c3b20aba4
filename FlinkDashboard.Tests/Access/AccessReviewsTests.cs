using FlinkDashboard.Access;
using FlinkDashboard.Configuration;
using FlinkDashboard.Model;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace FlinkDashboard.Tests.Access;

public sealed class AccessReviewsTests : IAsyncLifetime
{
    private static readonly UserIdentity TeamA = new("team-a", ["flink-team-a"]);
    private static readonly UserIdentity Viewer = new("viewer", ["flink-viewers"]);
    private static readonly UserChoices Users = new([new("admin", null), new("team-a", TeamA), new("nobody", new UserIdentity("nobody", []))]);
    private readonly FakeTimeProvider time = new(SandboxStage.Start);
    private SandboxStage stage = null!;
    private AccessReviews reviews = null!;

    public async Task InitializeAsync()
    {
        stage = await SandboxStage.StartAsync("busy", time: time);
        reviews = new(stage.Api, time);
    }

    public async Task DisposeAsync() => await stage.DisposeAsync();

    [Fact]
    public async Task Rights_AreThoseOfTheUser()
    {
        Assert.True((await MayAsync(null, "delete", "flink-team-b-ns")).Allowed);
        Assert.True((await MayAsync(TeamA, "patch", "flink-team-a-ns")).Allowed);
        Assert.True((await MayAsync(Viewer, "list", null)).Allowed);
        var no = await MayAsync(TeamA, "patch", "flink-team-b-ns");
        Assert.False(no.Allowed);
        Assert.Contains("User team-a may not patch flinkdeployments in namespace flink-team-b-ns", no.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_IsBelieved30Seconds_AndAskedAgainThen()
    {
        Assert.True((await MayAsync(TeamA, "patch", "flink-team-a-ns")).Allowed);
        stage.Cluster.Faults.Unreachable = true;
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.True((await MayAsync(TeamA, "patch", "flink-team-a-ns")).Allowed);
        time.Advance(TimeSpan.FromSeconds(2));
        var unknown = await MayAsync(TeamA, "patch", "flink-team-a-ns");
        Assert.False(unknown.Allowed);
        Assert.Contains("cannot be checked", unknown.Reason, StringComparison.Ordinal);
        stage.Cluster.Faults.Unreachable = false;
        Assert.True((await MayAsync(TeamA, "patch", "flink-team-a-ns")).Allowed);
    }

    [Fact]
    public async Task Visibility_IsEverything_ForTheDashboardsOwnAccount()
    {
        using var visibility = Of("admin");
        Assert.True(visibility.Of(Pod.Info, []).Shows("anywhere"));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Visibility_IsUnknownFirst_ThenTheUsersNamespaces()
    {
        using var visibility = Of("team-a");
        string[] namespaces = ["flink-team-a-ns", "flink-team-b-ns"];
        Assert.False(visibility.Of(FlinkDeployment.Info, namespaces).Shows("flink-team-a-ns"));
        await Eventually.UntilAsync(visibility.Subscribe, () => visibility.Of(FlinkDeployment.Info, namespaces).IsKnown);
        var visible = visibility.Of(FlinkDeployment.Info, namespaces);
        Assert.True(visible.Shows("flink-team-a-ns"));
        Assert.False(visible.Shows("flink-team-b-ns"));
        Assert.False(visible.Everywhere);
    }

    [Fact]
    public async Task Visibility_OfSomebodyWithoutRights_IsNothing_AndSaysWhy()
    {
        using var visibility = Of("nobody");
        await Eventually.UntilAsync(visibility.Subscribe, () => visibility.Of(Node.Info, [""]).IsKnown);
        var visible = visibility.Of(Node.Info, [""]);
        Assert.True(visible.IsNothing);
        Assert.Contains("User nobody may not list nodes across the cluster", visible.Reason, StringComparison.Ordinal);
    }

    private Task<Decision> MayAsync(UserIdentity? user, string verb, string? ns) => reviews.MayAsync(user, verb, FlinkDeployment.Info, null, ns, null, default);

    private Visibility Of(string name)
    {
        var user = CurrentUser.Of(LookAs.Of(name), new AccessOptions(), Users);
        return new(user, reviews, time, NullLogger<Visibility>.Instance);
    }
}
