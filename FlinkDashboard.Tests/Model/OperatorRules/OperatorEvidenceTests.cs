using System.Text.Json;
using System.Text.Json.Nodes;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Model.OperatorRules;

namespace FlinkDashboard.Tests.Model.OperatorRules;

/// <summary>A version is what a Deployment names; what only the definitions tell is a lower bound.</summary>
public class OperatorEvidenceTests
{
    private const string Upstream = "ghcr.io/apache/flink-kubernetes-operator";
    private const string Amazon = "public.ecr.aws/emr-on-eks/flink-kubernetes-operator";

    [Theory]
    [InlineData(Upstream + ":1.15.0", "savepointRedeployNonce", true, "1.15.0", null)]
    [InlineData(Upstream + ":1.17.0", "savepointRedeployNonce", true, "1.17.0", null)]
    [InlineData(Upstream + ":latest", "savepointRedeployNonce", true, null, "1.10")]
    [InlineData(Upstream + ":latest", "savepointRedeployNonce", false, null, "1.8")]
    [InlineData(Upstream + ":latest", "checkpointTriggerNonce", false, null, "1.7")]
    [InlineData(Upstream + ":latest", "autoscalerResetNonce", true, null, "1.11")]
    [InlineData(Upstream + ":latest", "parallelism", false, null, null)]
    [InlineData(Upstream + ":3f1c2ab", "parallelism", true, null, "1.10")]
    [InlineData(Amazon + ":7.2.0", "parallelism", false, "1.8", null)]
    [InlineData(Amazon + ":7.1.0", "parallelism", false, "1.6", null)]
    [InlineData(Amazon + ":7.12.0", "savepointRedeployNonce", false, null, "1.8")]
    [InlineData(Amazon + ":7.12.0", "parallelism", false, null, null)]
    public void Version_IsNamedOrALowerBound(string image, string field, bool snapshots, string? version, string? atLeast)
    {
        var told = OperatorEvidence.Of([Operator(image)], Definition(field), snapshots, hasBlueGreen: false);
        Assert.Equal((version, atLeast), (told.Version, told.AtLeast?.ToString()));
    }

    [Fact]
    public void OperatorsThatDiffer_TellNothing_AndAlikeOnesDo()
    {
        Assert.Equal(new(null, null), OperatorEvidence.Of([Operator(Upstream + ":1.10.0"), Operator(Upstream + ":1.15.0")], Definition("savepointRedeployNonce"), true, true));
        Assert.Equal("1.15.0", OperatorEvidence.Of([Operator(Upstream + ":1.15.0"), Operator(Upstream + ":1.15.0")], null, true, true).Version);
        Assert.Equal("1.14", OperatorEvidence.Of([], null, true, true).AtLeast?.ToString());
        Assert.Equal(new(null, null), OperatorEvidence.Of([], null, false, false));
    }

    private static CrdSchema? Definition(string field) => CrdSchema.Of(JsonNode.Parse("""
        {"spec":{"group":"flink.apache.org","names":{"kind":"FlinkDeployment","plural":"flinkdeployments"},"versions":[{"name":"v1beta1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","properties":{
          "spec":{"type":"object","properties":{"job":{"type":"object","properties":{"FIELD":{"type":"integer"}}}}}}}}}]}}
        """.Replace("FIELD", field, StringComparison.Ordinal))!.AsObject());

    private static Deployment Operator(string image) => RecordedKindTests.Parse<Deployment>(JsonDocument.Parse(
        """{"metadata":{"name":"flink-kubernetes-operator"},"spec":{"template":{"spec":{"containers":[{"name":"o","image":"IMAGE"}]}}}}""".Replace("IMAGE", image, StringComparison.Ordinal)).RootElement);
}
