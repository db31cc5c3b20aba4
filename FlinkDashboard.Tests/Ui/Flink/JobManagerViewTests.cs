using FlinkDashboard.Access;
using FlinkDashboard.Configuration;
using FlinkDashboard.Model;
using FlinkDashboard.Tests.Support;
using FlinkDashboard.Ui.Flink;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlinkDashboard.Tests.Ui.Flink;

/// <summary>Who may look into a JobManager.</summary>
public sealed class JobManagerViewTests
{
    [Theory]
    [InlineData("viewer", "flink-viewers", true)]
    [InlineData("team-a", "flink-team-a", false)]
    public async Task Viewer_SeesAJobManager_OnlyWithTheRightToItsProxy(string user, string group, bool allowed)
    {
        await using var stage = await JobManagerStage.StartAsync();
        var door = await View(stage, new UserIdentity(user, [group])).OpenAsync(JobManagerStage.Address, default);
        Assert.Equal(allowed, door.May.Allowed);
        Assert.Equal(allowed, door.Feed is not null);
        if (!allowed)
            Assert.StartsWith($"User {user} may not get services/proxy in namespace default", door.May.Reason, StringComparison.Ordinal);
        Assert.Empty(stage.Asked);
    }

    [Fact]
    public async Task Address_ThatIsNoName_IsRefused_WithoutAQuestion()
    {
        await using var stage = await JobManagerStage.StartAsync();
        var door = await View(stage, null).OpenAsync(new("default", "orders/../../x"), default);
        Assert.Null(door.Feed);
        Assert.False(door.May.Allowed);
    }

    private static JobManagerView View(JobManagerStage stage, UserIdentity? identity)
    {
        var user = CurrentUser.Of(null, new AccessOptions(), new UserChoices([new("somebody", identity)]));
        return new(stage.Feeds, new Visibility(user, new AccessReviews(stage.Api, TimeProvider.System), TimeProvider.System, NullLogger<Visibility>.Instance));
    }
}
