using System.Text;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Tests.Model.Readings;

/// <summary>Rules in plain words, and the doubts about them; which namespaces are teams; quotas.</summary>
public class AccessReadingTests
{
    [Theory]
    [InlineData("get,list,watch,update,patch", "pods,services,configmaps", "", "may read and change pods, services and config maps")]
    [InlineData("*", "pods,pods/log", "", "may do anything with pods and pod logs")]
    [InlineData("create,patch,delete,watch", "secrets", "", "may watch, create, change and delete secrets")]
    [InlineData("get", "flinkdeployments/status", "flink.apache.org", "may read by name the status of Flink deployments")]
    [InlineData("list,watch", "nodepools", "karpenter.sh", "may list and watch nodepools of karpenter.sh")]
    [InlineData("impersonate", "users", "", "may impersonate users")]
    [InlineData("*", "*", "*", "may do anything with everything")]
    [InlineData("get,list", "*", "apps", "may read everything in apps")]
    [InlineData("describe", "ingresses", "networking.k8s.io", "may do nothing with ingresses")]
    public void Rule_ReadsAsASentence(string verbs, string resources, string group, string sentence) => Assert.Equal(sentence, RuleReading.Of(Rule(verbs, resources, group), inNamespace: true).Sentence);

    [Fact]
    public void SeedRole_OfTheTeam_HasItsKnownDoubts()
    {
        var ingress = RuleReading.Of(Rule("get,list,watch,describe,create,edit,delete,annotate,patch,label", "ingresses", "extensions,networking.k8s.io"), inNamespace: true);
        Assert.Equal("may read, create, change and delete ingresses", ingress.Sentence);
        Assert.Contains("“describe”, “edit”, “annotate” and “label” are kubectl commands and no verbs of the API: nothing is granted by them.", ingress.Warnings);
        Assert.Contains("The API group extensions is empty since Kubernetes 1.22.", ingress.Warnings);
        var volumes = RuleReading.Of(Rule("*", "pods,persistentvolumes,persistentvolumeclaims", ""), inNamespace: true);
        Assert.Equal("Persistent volumes stand outside namespaces: a Role cannot grant them, this has no effect.", Assert.Single(volumes.Warnings));
        Assert.Empty(RuleReading.Of(Rule("*", "persistentvolumes", ""), inNamespace: false).Warnings);
    }

    [Fact]
    public void EmptyAndOddRules_DoNotThrow()
    {
        Assert.Equal("may do nothing with nothing", RuleReading.Of(new PolicyRule(), inNamespace: true).Sentence);
        var odd = RuleReading.Of(new PolicyRule { Verbs = ["fly"], NonResourceUrls = ["/healthz"], ResourceNames = ["a", "b"] }, inNamespace: true);
        Assert.Equal("may do nothing with the addresses /healthz, only those named a and b", odd.Sentence);
        Assert.Equal(["“fly” is no verb that Kubernetes itself asks for.", "Addresses outside namespaces can be granted by a ClusterRole only: this has no effect."], odd.Warnings);
    }

    [Fact]
    public void Teams_HoldFlink_OrArePreparedForIt()
    {
        var names = TeamNamespaces.Of(
            [Parse<FlinkDeployment>("""{"metadata":{"name":"a","namespace":"holds"}}"""), Parse<FlinkDeployment>("""{"metadata":{"name":"c","namespace":"canary","labels":{"flink.apache.org/canary":"true"}}}"""), Parse<FlinkSessionJob>("""{"metadata":{"name":"a","namespace":"kube-system"}}""")],
            [Parse<Role>("""{"metadata":{"name":"r","namespace":"labelled","labels":{"app.kubernetes.io/name":"flink-kubernetes-operator"}}}"""), Parse<Role>("""{"metadata":{"name":"r","namespace":"granting"},"rules":[{"apiGroups":["flink.apache.org"]}]}"""),
             Parse<Role>("""{"metadata":{"name":"r","namespace":"operator","labels":{"app.kubernetes.io/name":"flink-kubernetes-operator"}}}"""), Parse<Role>("""{"metadata":{"name":"r","namespace":"cert-manager"}}""")],
            [Parse<ServiceAccount>("""{"metadata":{"name":"emr-containers-sa-flink-jobmanager-1-x","namespace":"emr"}}"""), Parse<ServiceAccount>("""{"metadata":{"name":"emr-containers-sa-flink-operator","namespace":"elsewhere"}}"""), Parse<ServiceAccount>("""{"metadata":{"name":"default","namespace":"default"}}""")],
            [Parse<Pod>("""{"metadata":{"name":"p","namespace":"operator","labels":{"app.kubernetes.io/name":"flink-kubernetes-operator"}}}""")]);
        Assert.Equal(["emr", "granting", "holds", "labelled"], names);
    }

    [Fact]
    public void Quota_BeforeItIsCounted_HasNoUse()
    {
        var line = Assert.Single(QuotaReading.Of([Parse<ResourceQuota>("""{"metadata":{"name":"q"},"spec":{"hard":{"count/flinkdeployments.flink.apache.org":"5"}}}""")]));
        Assert.Equal((null, 5d, null, "Flink deployments"), (line.Used, line.Hard, line.Fraction, line.Words));
        Assert.Null(QuotaReading.Tightest([line], "pods"));
    }

    private static PolicyRule Rule(string verbs, string resources, string groups) => new() { Verbs = verbs.Split(','), Resources = resources.Split(','), ApiGroups = groups.Split(',') };

    private static T Parse<T>(string json) where T : class, IKubernetesObject<T> => KindParsing.Parse<T>(Encoding.UTF8.GetBytes(json));
}
