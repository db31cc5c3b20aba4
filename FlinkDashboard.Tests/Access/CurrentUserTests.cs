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
    }

    [Fact]
    public void Sandbox_OffersUsers_TheFirstUntilOneIsChosen()
    {
        Assert.Equal(["admin", "team-a"], CurrentUser.Of(null, new(), Two).Choices);
        var names = ((string?[])[null, "", "system:masters", "TEAM-A", "team-a"]).Select(name => CurrentUser.Of(LookAs.Of(name), new(), Two).Name);
        Assert.Equal(["admin", "admin", "admin", "admin", "team-a"], names);
        Assert.Equal("team-a", CurrentUser.Of(LookAs.Of("team-a"), new(), Two).Identity!.Name);
        Assert.Null(CurrentUser.Of(LookAs.Of("team-a"), new(), UserChoices.None).Identity);
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
