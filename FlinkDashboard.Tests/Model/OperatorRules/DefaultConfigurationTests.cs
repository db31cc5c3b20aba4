using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Model.OperatorRules;

namespace FlinkDashboard.Tests.Model.OperatorRules;

public class DefaultConfigurationTests
{
    private const string Text = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: flink-operator-config, namespace: operator}
        data:
          flink-conf.yaml: |
            # common
            state.savepoints.dir: s3://common/savepoints
            kubernetes.operator.default-configuration.namespace.team-a.state.savepoints.dir: s3://team-a/savepoints
            kubernetes.operator.default-configuration.flink-version.v1_18+.jobmanager.scheduler: adaptive
            kubernetes.operator.default-configuration.flink-version.v1_20.state.savepoints.dir: s3://v1_20/savepoints
            kubernetes.operator.default-configuration.flink-version.v2_0+.jobmanager.scheduler: default
        """;

    [Theory]
    [InlineData("team-b", "v1_17", "s3://common/savepoints", null)]
    [InlineData("team-a", "v1_17", "s3://team-a/savepoints", null)]
    [InlineData("team-a", "v1_19", "s3://team-a/savepoints", "adaptive")]
    [InlineData("team-a", "v1_20", "s3://v1_20/savepoints", "adaptive")]
    [InlineData("team-b", "v2_1", "s3://common/savepoints", "default")]
    [InlineData("team-b", null, "s3://common/savepoints", null)]
    public void Layers_OfNamespaceAndVersion_LieOverTheCommonOnes(string ns, string? version, string savepoints, string? scheduler)
    {
        var all = DefaultConfiguration.Parse(Manifest.Parse(Text))!.For(ns, version);
        Assert.Equal((savepoints, scheduler), (all["state.savepoints.dir"], all.GetValueOrDefault("jobmanager.scheduler")));
        Assert.DoesNotContain(all.Keys, key => key.Contains("default-configuration", StringComparison.Ordinal));
    }

    [Fact]
    public void WhatCannotBeRead_IsNotKnown() => Assert.Null(DefaultConfiguration.Parse(Manifest.Parse("kind: ConfigMap\ndata: {log4j.properties: x}")));
}
