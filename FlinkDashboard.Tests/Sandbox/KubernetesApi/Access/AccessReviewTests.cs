using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Protocols.KubernetesApi.Access;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Sandbox.KubernetesApi.Access;

public class AccessReviewTests
{
    private readonly AccessReviews _reviews = new(new Authorizer(AccessWorld.Create()));

    [Theory]
    [InlineData("patch", "flinkdeployments", true)]
    [InlineData("get", "secrets", false)]
    public void SelfSubjectAccessReview_AboutATeamsNamespace_TellsWhatIsAllowed(string verb, string resource, bool allowed)
    {
        var group = resource == "secrets" ? "" : "flink.apache.org";
        var status = Answer("selfsubjectaccessreviews", "team-a", $$"""{"resourceAttributes":{"namespace":"flink-team-a-ns","verb":"{{verb}}","group":"{{group}}","resource":"{{resource}}" } }""");
        Assert.Equal(allowed, (bool)status["allowed"]!);
        Assert.Equal(allowed ? "RBAC: allowed by RoleBinding \"flink-team-a-users/flink-team-a-ns\" of ClusterRole \"flink-team-user\" to User \"team-a\"" : null, (string?)status["reason"]);
    }

    [Fact]
    public void SelfSubjectAccessReview_WithoutAttributes_Is422()
    {
        var error = Assert.Throws<ApiError>(() => Answer("selfsubjectaccessreviews", "team-a", "{}"));
        Assert.Equal("SelfSubjectAccessReview.authorization.k8s.io \"\" is invalid: spec.resourceAttributes: Invalid value: \"null\": exactly one of nonResourceAttributes or resourceAttributes must be specified", error.Message);
    }

    [Fact]
    public void SubjectAccessReview_ForAGroup_IsAnsweredForThatGroup() => Assert.True((bool)Answer("subjectaccessreviews", "admin",
        """{"user":"eve","groups":["flink-team-b"],"resourceAttributes":{"namespace":"flink-team-b-ns","verb":"list","resource":"pods"}}""")["allowed"]!);

    [Fact]
    public void SelfSubjectRulesReview_OfAViewer_ListsRulesWithoutSecrets()
    {
        var status = Answer("selfsubjectrulesreviews", "viewer", """{"namespace":"flink-team-a-ns"}""");
        Assert.False((bool)status["incomplete"]!);
        Assert.Contains("pods/log", status["resourceRules"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secrets", status["resourceRules"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("/version", status["nonResourceRules"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void SelfSubjectReview_NamesTheCaller() =>
        Assert.Equal("""{"userInfo":{"username":"viewer","groups":["flink-viewers","system:authenticated"]}}""", Answer("selfsubjectreviews", "viewer", "{}").ToJsonString());

    [Theory]
    [InlineData("team-a", "team-a")]
    [InlineData("nonsense", null)]
    public void TokenReview_OfAToken_NamesItsUser(string token, string? user)
    {
        var status = Answer("tokenreviews", "admin", $$"""{"token":"{{token}}"}""");
        Assert.Equal(user, (string?)status["user"]!["username"]);
        Assert.Equal(user is not null, (bool?)status["authenticated"] ?? false);
    }

    private JsonObject Answer(string plural, string token, string spec) => _reviews.Answer(plural, Authentication.ByToken(token)!, "",
        new JsonObject { ["apiVersion"] = "authorization.k8s.io/v1", ["spec"] = JsonNode.Parse(spec) })["status"]!.AsObject();
}
