using FlinkDashboard.Access;
using FlinkDashboard.Model;
using FlinkDashboard.Model.Logs;
using FlinkDashboard.Model.Metrics;
using FlinkDashboard.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace FlinkDashboard.Tests.Access;

public sealed class SourceRightsTests(SourceRightsTests.World world) : IClassFixture<SourceRightsTests.World>
{
    private const string Own = "flink-team-a-ns";
    private const string Foreign = "flink-team-b-ns";
    private static readonly UserIdentity TeamA = new("team-a", ["flink-team-a"]);
    private static readonly UserIdentity Viewer = new("viewer", ["flink-viewers"]);
    private static readonly UserIdentity Nobody = new("nobody", []);
    private readonly SourceRights rights = world.Rights;

    [Fact]
    public async Task Logs_OfOnesOwnApplication_AreRead_ThoseOfOthersAreNot()
    {
        Assert.True((await rights.MayReadLogsAsync(TeamA, new(LogWay.CloudWatch, Own, "orders-healthy"), null, default)).Allowed);
        var no = await rights.MayReadLogsAsync(TeamA, new(LogWay.Pods, Foreign, "orders-healthy"), null, default);
        Assert.False(no.Allowed);
        Assert.Contains($"User team-a may not get pods/log in namespace {Foreign}", no.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/aws/somebody-else", null)]
    [InlineData(null, "somebody/")]
    public async Task Logs_NamedByTheReader_TakeTheRightInAllNamespaces(string? group, string? prefix)
    {
        var named = new LogPlace(LogWay.CloudWatch, Own, "orders-healthy", Group: group, StreamPrefix: prefix);
        var no = await rights.MayReadLogsAsync(TeamA, named, null, default);
        Assert.False(no.Allowed);
        Assert.Contains("across the cluster", no.Reason, StringComparison.Ordinal);
        Assert.True((await rights.MayReadLogsAsync(null, named, null, default)).Allowed);
    }

    [Fact]
    public async Task Logs_ThatMayBeSomebodyElses_TakeTheRightInAllNamespaces_AndSayWhy()
    {
        var own = new LogPlace(LogWay.CloudWatch, Own, "orders-healthy");
        var no = await rights.MayReadLogsAsync(TeamA, own, "It is not yours.", default);
        Assert.Equal((false, "It is not yours. So it takes the right to the logs of all namespaces. User team-a may not get pods/log across the cluster."), (no.Allowed, no.Reason));
        Assert.True((await rights.MayReadLogsAsync(Viewer, own, "It is not yours.", default)).Allowed);
        var foreign = await rights.MayReadLogsAsync(TeamA, own with { Namespace = Foreign }, "Its spec names /secret.", default);
        Assert.Equal((false, $"User team-a may not get pods/log in namespace {Foreign}."), (foreign.Allowed, foreign.Reason));
    }

    [Fact]
    public async Task AnyPromQl_IsForThoseWhoSeeThePodsOfAllNamespaces()
    {
        Assert.True((await rights.MayAskAnythingAsync(Viewer, default)).Allowed);
        Assert.False((await rights.MayAskAnythingAsync(TeamA, default)).Allowed);
    }

    [Theory]
    [InlineData(ChartSubjectKind.Application, Own, true)]
    [InlineData(ChartSubjectKind.Application, Foreign, false)]
    [InlineData(ChartSubjectKind.SessionJob, Own, true)]
    [InlineData(ChartSubjectKind.SessionJob, Foreign, false)]
    [InlineData(ChartSubjectKind.Fleet, null, true)]
    [InlineData(ChartSubjectKind.Operator, null, false)]
    [InlineData(ChartSubjectKind.YuniKorn, null, false)]
    public async Task Charts_FollowTheRightToWhatTheyAreAbout(ChartSubjectKind kind, string? ns, bool allowed) =>
        Assert.Equal(allowed, (await rights.MaySeeAsync(TeamA, new(kind, ns, ns is null ? null : "orders-healthy"), default)).Allowed);

    [Fact]
    public async Task Charts_OfNodes_AreNotForNobody()
    {
        Assert.True((await rights.MaySeeAsync(Viewer, new(ChartSubjectKind.Nodes), default)).Allowed);
        Assert.False((await rights.MaySeeAsync(Nobody, new(ChartSubjectKind.Nodes), default)).Allowed);
    }

    [Fact]
    public async Task Storage_OfANamespace_IsForThoseWhoListItsApplications()
    {
        Assert.True((await rights.MayBrowseAsync(TeamA, Own, default)).Allowed);
        Assert.False((await rights.MayBrowseAsync(TeamA, Foreign, default)).Allowed);
        Assert.False((await rights.MayBrowseAsync(TeamA, null, default)).Allowed);
        Assert.True((await rights.MayBrowseAsync(Viewer, null, default)).Allowed);
    }

    /// <summary>One cluster for all.</summary>
    public sealed class World : IAsyncLifetime
    {
        private SandboxStage stage = null!;

        public SourceRights Rights { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            var time = new FakeTimeProvider(SandboxStage.Start);
            stage = await SandboxStage.StartAsync("busy", time: time);
            Rights = new(new AccessReviews(stage.Api, time));
        }

        public async Task DisposeAsync() => await stage.DisposeAsync();
    }
}
