using System.Security.Claims;
using FlinkDashboard.Access;
using FlinkDashboard.Configuration;
using FlinkDashboard.Model;

namespace FlinkDashboard.Tests.Access;

public class CurrentUserTests
{
    private static readonly UserChoices Two = new([new("admin", null), new("team-a", new UserIdentity("team-a", ["flink-team-a"]))]);

    [Fact]
    public void WithoutSignIn_RequestsAreTheDashboardsOwn()
    {
        var user = CurrentUser.Of(null, new(), UserChoices.None);
        Assert.Null(user.Identity);
        Assert.Empty(user.Choices);
        Assert.Throws<ArgumentException>(() => user.Choose("admin"));
    }

    [Fact]
    public void Sandbox_OffersUsers_AndTellsTheChange()
    {
        var (user, told) = (CurrentUser.Of(null, new(), Two), 0);
        using var subscription = user.Subscribe(() => told++);
        Assert.Equal(["admin", "team-a"], user.Choices);
        user.Choose("team-a");
        Assert.Equal(("team-a", "team-a", 1), (user.Name, user.Identity!.Name, told));
    }

    [Fact]
    public void SignedIn_IsSentWithPrefixes_WithoutTheClustersOwnGroups()
    {
        var options = new AccessOptions { Mode = AccessMode.Header, UserPrefix = "oidc:", GroupPrefix = "" };
        var principal = new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Name, "jane"), new(ClaimTypes.Role, "flink"), new(ClaimTypes.Role, "system:masters")], "Header"));
        var user = CurrentUser.Of(principal, options, Two);
        Assert.Equal(("jane", "oidc:jane"), (user.Name, user.Identity!.Name));
        Assert.Equal(["flink"], user.Identity.Groups);
        Assert.Empty(user.Choices);
    }

    [Fact]
    public void NobodySignedIn_IsNobody() =>
        Assert.Throws<InvalidOperationException>(() => CurrentUser.Of(new ClaimsPrincipal(new ClaimsIdentity()), new() { Mode = AccessMode.Header }, UserChoices.None));
}
