using System.Text;
using FlinkDashboard.Features.Teams;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Tests.Features.Teams;

/// <summary>Roles, bindings and accounts read together.</summary>
public class TeamAccessTests
{
    private const string Ns = "flink-team-a-ns";
    private static readonly Role TeamRole = Parse<Role>("""{"metadata":{"name":"flink-team-a-role","creationTimestamp":"2023-04-06T13:17:05Z","labels":{"app.kubernetes.io/name":"flink-kubernetes-operator","app.kubernetes.io/version":"1.4.0"}},"rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["*"]}]}""");
    private static readonly RoleBinding Binding = Parse<RoleBinding>("""{"metadata":{"name":"flink-team-a-role-binding"},"roleRef":{"kind":"Role","name":"flink-team-a-role"},"subjects":[{"kind":"ServiceAccount","name":"flink-team-a-sa","namespace":"flink-team-a-ns"}]}""");
    private static readonly ServiceAccount Account = Parse<ServiceAccount>("""{"metadata":{"name":"flink-team-a-sa","annotations":{"eks.amazonaws.com/role-arn":"arn:aws:iam::111122223333:role/emr-eks-flink-flink-team-a"}}}""");
    private static readonly ServiceAccount Default = Parse<ServiceAccount>("""{"metadata":{"name":"default"},"secrets":[{"name":"token"}]}""");

    [Fact]
    public void RoleBindingAndAccount_AreReadTogether()
    {
        var access = TeamAccess.From(Ns, [TeamRole], [], [Binding], [Default, Account], [Parse<Pod>("""{"spec":{"serviceAccountName":"flink-team-a-sa"}}"""), Parse<Pod>("{}")]);
        var role = Assert.Single(access.Roles);
        Assert.Equal(("flink-kubernetes-operator 1.4.0", "service account flink-team-a-sa"), (role.MadeFor, Assert.Single(role.Holders)));
        Assert.Equal(new DateTimeOffset(2023, 4, 6, 13, 17, 5, TimeSpan.Zero), role.Created);
        Assert.Null(Assert.Single(access.Bindings).Doubt);
        Assert.Equal(["flink-team-a-sa", "default"], access.Accounts.Select(account => account.Name));
        Assert.Equal(("arn:aws:iam::111122223333:role/emr-eks-flink-flink-team-a", 0, 1), (access.Accounts[0].RoleArn, access.Accounts[0].Secrets, access.Accounts[0].Pods));
        Assert.Equal((null, 1, 1), (access.Accounts[1].RoleArn, access.Accounts[1].Secrets, access.Accounts[1].Pods));
        Assert.Equal(0, access.Warnings);
    }

    [Fact]
    public void Binding_ToAMissingRole_IsDoubted_UnlessRolesAreHidden()
    {
        Assert.Equal("Role flink-team-a-role does not exist: it grants nothing.", TeamAccess.From(Ns, [], null, [Binding], null, []).Bindings[0].Doubt);
        Assert.Null(TeamAccess.From(Ns, null, null, [Binding], null, []).Bindings[0].Doubt);
        Assert.Equal("Service account flink-team-a-sa does not exist here.", TeamAccess.From(Ns, [TeamRole], null, [Binding], [Default], []).Bindings[0].Doubt);
    }

    [Fact]
    public void Binding_WithNothingInIt_IsShown()
    {
        var access = TeamAccess.From(Ns, null, null, [Parse<RoleBinding>("""{"metadata":{"name":"bare"}}"""), Parse<RoleBinding>("""{"metadata":{"name":"odd"},"roleRef":{"kind":"Role","name":"x"},"subjects":[{"kind":"Robot"},{"kind":"Group","name":"g"}]}""")], null, []);
        Assert.Contains("does not exist", access.Bindings[0].Doubt, StringComparison.Ordinal);
        Assert.Equal(["Robot", "group g"], access.Bindings[1].Subjects);
    }

    [Fact]
    public void ClusterRole_IsShown_OnlyWhenGrantedHere()
    {
        var clusterRoles = new[] { Parse<ClusterRole>("""{"metadata":{"name":"view"},"rules":[]}"""), Parse<ClusterRole>("""{"metadata":{"name":"other"}}""") };
        var access = TeamAccess.From(Ns, [TeamRole], clusterRoles, [Parse<RoleBinding>("""{"metadata":{"name":"b"},"roleRef":{"kind":"ClusterRole","name":"view"},"subjects":[{"kind":"User","name":"jane"}]}""")], null, []);
        Assert.Equal(["flink-team-a-role", "view"], access.Roles.Select(role => role.Name));
        Assert.Equal("user jane", Assert.Single(access.Roles[1].Holders));
        Assert.Empty(access.Roles[0].Holders);
    }

    private static T Parse<T>(string json) where T : class, IKubernetesObject<T> => KindParsing.Parse<T>(Encoding.UTF8.GetBytes(json));
}
