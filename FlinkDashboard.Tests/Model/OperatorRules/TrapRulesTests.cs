using System.Text.Json;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Model.OperatorRules;
using FlinkDashboard.Tests.Model.Previews;

namespace FlinkDashboard.Tests.Model.OperatorRules;

/// <summary>Each trap warns at its field and says what to write; what is right is left alone.</summary>
public class TrapRulesTests
{
    private const string Emr = """{"emrReleaseLabel":"emr-7.12.0-flink-latest","executionRoleArn":"arn:aws:iam::1:role/x"}""";

    public static TheoryData<string, string, string> Traps => new()
    {
        { "D8", """{"emrReleaseLabel":"emr-7.9.0-flink-latest"}""", "spec.emrReleaseLabel" },
        { "D9", """{"emrReleaseLabel":"emr-7.12.0-flink-latest","flinkVersion":"v1_18"}""", "spec.flinkVersion" },
        { "D9", """{"taskManager":{"replicas":3}}""", "spec.taskManager.replicas" },
        { "D10", """{"emrReleaseLabel":"emr-7.12.0-flink-latest","flinkConfiguration":{"kubernetes.operator.job.autoscaler.autotune.enable":"true"}}""", "spec.flinkConfiguration[kubernetes.operator.job.autoscaler.autotune.enable]" },
        { "D11", """{"flinkConfiguration":{"execution.checkpointing.interval":null}}""", "spec.flinkConfiguration[execution.checkpointing.interval]" },
        { "D12", """{"flinkConfiguration":{"job.autoscaler.enabled":"true","job.autoscaler.stabilization.interval":"5s"}}""", "spec.flinkConfiguration[job.autoscaler.stabilization.interval]" },
        { "D13", """{"emrReleaseLabel":"emr-7.12.0-flink-latest","jobManager":{"storageDir":"s3://bucket/shared"}}""", "spec.jobManager.storageDir" },
        { "D14", """{"emrReleaseLabel":"emr-7.12.0-flink-latest","monitoringConfiguration":{"s3MonitoringConfiguration":{"logUri":"bucket/logs"}}}""", "spec.monitoringConfiguration.s3MonitoringConfiguration.logUri" },
        { "D15", "{}", "spec.podTemplate.spec.nodeSelector" },
        { "D22", """{"podTemplate":{"spec":{"nodeSelector":{"NodeGroupType":"Nowhere"}}}}""", "spec.podTemplate.spec.nodeSelector.NodeGroupType" },
        { "D24", """{"job":{"jarURI":"https://repo1.maven.org/flink-examples_2.12-1.15.3.jar"}}""", "spec.job.jarURI" },
        { "ha.last-state", """{"job":{"upgradeMode":"last-state"},"flinkConfiguration":{"high-availability.type":null}}""", "spec.job.upgradeMode" },
    };

    [Theory]
    [MemberData(nameof(Traps))]
    public void Trap_IsNamedAtItsField(string rule, string patch, string field)
    {
        var problem = Assert.Single(ManifestCheck.Of(PreviewCases.Wanted(patch), Context), p => p.Rule == rule);
        Assert.Equal((field, ProblemSeverity.Warning), (problem.Field, problem.Severity));
        Assert.NotNull(problem.Line);
    }

    [Fact]
    public void RightManifest_HasNoTrap() =>
        Assert.Empty(ManifestCheck.Of(PreviewCases.Wanted("""{"podTemplate":{"spec":{"nodeSelector":{"NodeGroupType":"Flink"}}}}"""), Context));

    [Fact]
    public void EmrHasHighAvailability_WithoutAskingForIt() => Assert.DoesNotContain(
        ManifestCheck.Of(PreviewCases.Wanted(Emr.Replace("{\"emr", "{\"job\":{\"upgradeMode\":\"last-state\"},\"flinkConfiguration\":{\"high-availability.type\":null},\"serviceAccount\":null,\"emr", StringComparison.Ordinal)), Context),
        p => p.Rule == "ha.last-state" || p.Severity == ProblemSeverity.Error);

    [Theory]
    [InlineData("1.16.0", "ghcr.io/apache/flink-kubernetes-operator:1.15.0", "1.16.0")]
    [InlineData(null, "ghcr.io/apache/flink-kubernetes-operator:1.15.0", "1.15.0")]
    [InlineData(null, "localhost:5000/flink-kubernetes-operator", null)]
    [InlineData("7.2.0", "public.ecr.aws/emr-on-eks/flink-kubernetes-operator:7.2.0", "1.8")]
    [InlineData("7.12.0", "public.ecr.aws/emr-on-eks/flink-kubernetes-operator:7.12.0", null)]
    public void OperatorVersion_IsReadFromItsDeployment(string? label, string image, string? version) => Assert.Equal(version, OperatorRelease.VersionOf(Parse<Deployment>(
        """{"metadata":{"name":"o","labels":{"app.kubernetes.io/version":LABEL} },"spec":{"template":{"spec":{"containers":[{"name":"o","image":"IMAGE"}]}}}}"""
            .Replace("LABEL", label is null ? "null" : $"\"{label}\"", StringComparison.Ordinal).Replace("IMAGE", image, StringComparison.Ordinal))));

    private static ManifestContext Context => new()
    {
        OperatorEmrRelease = "7.12.0",
        Nodes = [Parse<Node>("""{"metadata":{"name":"n","labels":{"NodeGroupType":"core"}}}""")],
        NodePools = [Parse<NodePool>("""{"metadata":{"name":"flink"},"spec":{"template":{"metadata":{"labels":{"NodeGroupType":"Flink"}}}}}""")],
        Deployments = [Parse<FlinkDeployment>("""{"metadata":{"name":"other"},"spec":{"jobManager":{"storageDir":"s3://bucket/shared/"}}}""")],
    };

    private static T Parse<T>(string json) where T : class, IKubernetesObject<T> => RecordedKindTests.Parse<T>(JsonDocument.Parse(json).RootElement);
}
