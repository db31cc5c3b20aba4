using FlinkDashboard.Sandbox.Protocols.KubernetesApi.Access;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Sandbox.KubernetesApi.Access;

public class AuthenticationTests
{
    private static readonly AccessRequest ListPods = new("list") { Resource = "pods", Namespace = "flink-team-a-ns" };

    [Fact]
    public void Identify_WithoutToken_IsAdmin() => Assert.Equal(("admin", "system:masters"), (Identify().Name, Identify().Groups[0]));

    [Theory]
    [InlineData("Bearer nonsense")]
    [InlineData("Basic YWRtaW46")]
    public void Identify_AnUnknownToken_Is401(string authorization)
    {
        var error = Assert.Throws<ApiError>(() => Identify(("Authorization", authorization)));
        Assert.Equal((401, "Unauthorized", "Unauthorized"), (error.Code, error.Reason, error.Message));
    }

    [Fact]
    public void Identify_TheDashboardImpersonatingAUser_BecomesThatUser()
    {
        var user = Identify(("Authorization", "Bearer flink-dashboard"), ("Impersonate-User", "team-a"), ("Impersonate-Group", "flink-team-a"), ("Impersonate-Group", "others"));
        Assert.Equal("team-a", user.Name);
        Assert.Equal(["flink-team-a", "others", "system:authenticated"], user.Groups);
    }

    [Fact]
    public void Identify_AnImpersonatedServiceAccount_HasItsGroups() => Assert.Equal(
        ["system:serviceaccounts", "system:serviceaccounts:n", "system:authenticated"],
        Identify(("Impersonate-User", "system:serviceaccount:n:a")).Groups);

    [Fact]
    public void Identify_WithExtraAndUid_KeepsThem()
    {
        var user = Identify(("Impersonate-User", "bob"), ("Impersonate-Uid", "7"), ("Impersonate-Extra-Example.org%2fscope", "a"));
        Assert.Equal("7", user.Uid);
        Assert.Equal(["a"], user.Extra!["example.org/scope"]);
    }

    [Fact]
    public void Identify_GroupsWithoutUser_Is400()
    {
        var error = Assert.Throws<ApiError>(() => Identify(("Impersonate-Group", "developers")));
        Assert.Equal(400, error.Code);
        Assert.Equal("requested &user.DefaultInfo{Name:\"\", UID:\"\", Groups:[]string{\"developers\"}, Extra:map[string][]string(nil)} without impersonating a user name", error.Message);
    }

    [Fact]
    public void Identify_ACallerWhoMayNotImpersonate_GetsTheFirstRefusal()
    {
        var error = Assert.Throws<ApiError>(() => Identify(("Authorization", "Bearer team-a"), ("Impersonate-User", "admin")));
        Assert.Equal("pods is forbidden: User \"team-a\" cannot impersonate-on:user-info:list resource \"pods\" in API group \"\" in the namespace \"flink-team-a-ns\"", error.Message);
    }

    [Fact]
    public void Identify_AServiceAccountWithGroups_IsRefusedInTheOldWords()
    {
        var error = Assert.Throws<ApiError>(() => Identify(("Authorization", "Bearer team-a"), ("Impersonate-User", "system:serviceaccount:n:a"), ("Impersonate-Group", "g")));
        Assert.Equal("serviceaccounts \"a\" is forbidden: User \"team-a\" cannot impersonate resource \"serviceaccounts\" in API group \"\" in the namespace \"n\"", error.Message);
    }

    private static UserInfo Identify(params (string Name, string Value)[] headers) => new Authentication(new Authorizer(AccessWorld.Create())).Identify(
        name => [.. headers.Where(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value)], headers.Select(h => h.Name).Distinct(), ListPods);
}
