using FlinkDashboard.Configuration;

namespace FlinkDashboard.Tests.Configuration;

/// <summary>Which streams an entry of <c>Logs:ApplicationGroups</c> gives to which namespace.</summary>
public class LogGrantTests
{
    [Theory]
    [InlineData("/emr/{namespace}/*", "team-a", "/emr/team-a/orders", "x/orders-", true)]
    [InlineData("/emr/{namespace}/*", "team-a", "/emr/team-a/x/y", "x/orders-", true)]
    [InlineData("/emr/{namespace}/*", "team-a", "/emr/team-b/orders", "x/orders-", false)]
    [InlineData("/emr/{namespace}/*", "team", "/emr/team-a/orders", "x/orders-", false)]
    [InlineData("/emr/{namespace}/*", "team-a", "/emr/team-a", "x/orders-", false)]
    [InlineData("/emr/{namespace}/*", "team-a", "/EMR/team-a/orders", "x/orders-", false)]
    [InlineData("/emr/{namespace}/*", "team-a", "/x/emr/team-a/orders", "x/orders-", false)]
    [InlineData("/emr/{namespace}/*", "team-a", "/emr/team-b/team-a/orders", "x/orders-", false)]
    [InlineData("/emr/{namespace}/*", ".*", "/emr/team-b/orders", "x/orders-", false)]
    [InlineData("/*/{namespace}/*", "a", "/x/a/y", "x/orders-", true)]
    [InlineData("/*/{namespace}/*", "a", "/x/b/a/y", "x/orders-", false)]
    [InlineData("/emr/{namespace}", "team-a", "/emr/team-a", "x/orders-", true)]
    [InlineData("/emr/{namespace}", "team-a", "/emr/team-a\n", "x/orders-", false)]
    [InlineData("/emr/a.b/*", "team-a", "/emr/axb/c", "x/orders-", false)]
    [InlineData("team-a=/emr/shared", "team-a", "/emr/shared", "x/orders-", true)]
    [InlineData("team-a=/emr/shared", "team-b", "/emr/shared", "x/orders-", false)]
    [InlineData("/emr/shared:{namespace}/*", "team-a", "/emr/shared", "team-a/orders-", true)]
    [InlineData("/emr/shared:{namespace}/*", "team-a", "/emr/shared", "team-a/x/orders-", true)]
    [InlineData("/emr/shared:{namespace}/*", "team-a", "/emr/shared", "team-b/orders-", false)]
    [InlineData("/emr/shared:{namespace}/*", "team-a", "/emr/shared", "orders-", false)]
    [InlineData("/emr/shared:{namespace}/*", "team-a", "/emr/other", "team-a/orders-", false)]
    [InlineData("*", "team-a", "/anything/at/all", "x/orders-", true)]
    public void Grant_CoversItsNamespacesStreams_AndNoOthers(string text, string ns, string group, string prefix, bool covered) =>
        Assert.Equal(covered, LogGrant.Of(text, out _)!.Covers(ns, group, [prefix]));

    [Fact]
    public void Grant_CoversAnApplication_OnlyWithAllItsStreams() =>
        Assert.False(LogGrant.Of("/emr/shared:/orders*", out _)!.Covers("team-a", "/emr/shared", ["/orders-", "orders-"]));

    [Theory]
    [InlineData("/emr/{namespace}/*", true)]
    [InlineData("/emr/shared:{namespace}/*", true)]
    [InlineData("team-a=/emr/shared", true)]
    [InlineData("/emr/*", false)]
    public void Grant_ThatNamesTheNamespace_SaysWhoseLinesTheyAre(string text, bool own) => Assert.Equal(own, LogGrant.Of(text, out _)!.IsOwn);
}
