using FlinkDashboard.Sandbox.Protocols.KubernetesApi.Access;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Sandbox.KubernetesApi.Access;

public class AuthorizerTests
{
    private static readonly UserInfo Admin = Authentication.ByToken("admin")!;
    private static readonly UserInfo TeamA = Authentication.ByToken("team-a")!;
    private static readonly UserInfo Viewer = Authentication.ByToken("viewer")!;
    private static readonly UserInfo Dashboard = Authentication.ByToken("flink-dashboard")!;
    private readonly ObjectStore _objects = AccessWorld.Create();

    [Theory]
    [InlineData("get", "", "secrets", "", true, false, false)]
    [InlineData("list", "", "pods", "", true, true, true)]
    [InlineData("get", "", "pods", "log", true, true, true)]
    [InlineData("patch", "flink.apache.org", "flinkdeployments", "", true, true, false)]
    [InlineData("patch", "flink.apache.org", "flinkdeployments", "scale", true, true, false)]
    [InlineData("delete", "apps", "deployments", "", true, false, false)]
    [InlineData("create", "", "events", "", true, true, false)]
    [InlineData("get", "", "services", "proxy", true, true, true)]
    [InlineData("create", "", "services", "proxy", true, false, false)]
    [InlineData("create", "authorization.k8s.io", "selfsubjectaccessreviews", "", true, true, true)]
    public void Decide_InATeamsNamespace_FollowsTheBindings(string verb, string group, string resource, string subresource, bool admin, bool team, bool viewer)
    {
        var request = new AccessRequest(verb) { Group = group, Resource = resource, Subresource = subresource, Namespace = "flink-team-a-ns" };
        var authorizer = new Authorizer(_objects);
        Assert.Equal((admin, team, viewer), (authorizer.Decide(Admin, request).Allowed, authorizer.Decide(TeamA, request).Allowed, authorizer.Decide(Viewer, request).Allowed));
    }

    [Fact]
    public void Decide_InAnotherNamespaceOrEverywhere_RefusesATeam()
    {
        var authorizer = new Authorizer(_objects);
        Assert.False(authorizer.Decide(TeamA, new AccessRequest("list") { Resource = "pods", Namespace = "flink-team-b-ns" }).Allowed);
        Assert.False(authorizer.Decide(TeamA, new AccessRequest("list") { Resource = "pods" }).Allowed);
        Assert.False(authorizer.Decide(TeamA, new AccessRequest("list") { Resource = "nodes" }).Allowed);
    }

    [Fact]
    public void Decide_ABindingWithResourceNames_HoldsForThoseNamesOnly()
    {
        AccessWorld.Grant(_objects, "one", """{"kind":"ServiceAccount","name":"robot","namespace":"flink-team-b-ns"}""",
            """{"apiGroups":[""],"resources":["configmaps"],"resourceNames":["settings"],"verbs":["get"]}""");
        var authorizer = new Authorizer(_objects);
        var robot = new UserInfo("system:serviceaccount:flink-team-b-ns:robot", []);
        var request = new AccessRequest("get") { Resource = "configmaps", Namespace = "flink-team-a-ns", Name = "settings" };
        Assert.Equal("RBAC: allowed by RoleBinding \"one/flink-team-a-ns\" of Role \"one\" to ServiceAccount \"robot/flink-team-b-ns\"", authorizer.Decide(robot, request).Reason);
        Assert.False(authorizer.Decide(robot, request with { Name = "other" }).Allowed);
        Assert.False(authorizer.Decide(robot, request with { Name = "" }).Allowed);
    }

    [Theory]
    [InlineData("/version", true)]
    [InlineData("/apis/flink.apache.org/v1beta1", true)]
    [InlineData("/metrics", false)]
    public void Decide_APath_MatchesNonResourceUrls(string path, bool allowed) =>
        Assert.Equal(allowed, new Authorizer(_objects).Decide(TeamA, new AccessRequest("get") { Path = path }).Allowed);

    [Fact]
    public void Require_WhatIsNotAllowed_Throws403InTheServersWords()
    {
        var authorizer = new Authorizer(_objects);
        Assert.Equal("flinkdeployments.flink.apache.org \"orders\" is forbidden: User \"viewer\" cannot patch resource \"flinkdeployments/status\" in API group \"flink.apache.org\" in the namespace \"flink-team-a-ns\"",
            Message(() => authorizer.Require(Viewer, new AccessRequest("patch") { Group = "flink.apache.org", Resource = "flinkdeployments", Subresource = "status", Namespace = "flink-team-a-ns", Name = "orders" })));
        Assert.Equal("secrets is forbidden: User \"system:serviceaccount:flink-dashboard:flink-dashboard\" cannot list resource \"secrets\" in API group \"\" at the cluster scope",
            Message(() => authorizer.Require(Dashboard, new AccessRequest("list") { Resource = "secrets" })));
        Assert.Equal("forbidden: User \"team-a\" cannot get path \"/metrics\"", Message(() => authorizer.Require(TeamA, new AccessRequest("get") { Path = "/metrics" })));
    }

    [Fact]
    public void Decide_AfterABindingIsDeleted_Refuses()
    {
        var authorizer = new Authorizer(_objects);
        var request = new AccessRequest("list") { Resource = "pods", Namespace = "flink-team-a-ns" };
        Assert.True(authorizer.Decide(TeamA, request).Allowed);
        _objects.Delete(ResourceTypes.RoleBindings, "flink-team-a-ns", "flink-team-a-users");
        Assert.False(authorizer.Decide(TeamA, request).Allowed);
    }

    private static string Message(Action action)
    {
        var error = Assert.Throws<ApiError>(action);
        Assert.Equal((403, "Forbidden"), (error.Code, error.Reason));
        return error.Message;
    }
}
