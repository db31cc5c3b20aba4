using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Tests.Model.Readings;

public class ValueChangesTests
{
    private const string Before = """
        kind: FlinkDeployment
        spec:
          image: flink:1.20
          flinkConfiguration:
            taskmanager.numberOfTaskSlots: "2"
            state.savepoints.dir: s3://b/sp
          job:
            parallelism: 2
            args: [--a, --b]
        """;

    [Fact]
    public void Differences_AreToldValueByValue_RemovedOnesLast()
    {
        var after = Manifest.Parse(Before.Replace("parallelism: 2", "parallelism: 4", StringComparison.Ordinal).Replace("--b", "--c", StringComparison.Ordinal).Replace("    state.savepoints.dir: s3://b/sp\n", "", StringComparison.Ordinal));
        var changes = ValueChanges.Of(Manifest.Parse(Before), after);
        Assert.Equal(["job.parallelism 2 → 4", "job.args --a --b → --a --c", "flinkConfiguration[state.savepoints.dir] s3://b/sp removed"], changes.Select(change => change.Words));
        Assert.Equal("job.parallelism 2 → 4, job.args --a --b → --a --c and 1 more", ValueChanges.Line(changes, 2));
        Assert.Empty(ValueChanges.Of(Manifest.Parse(Before), Manifest.Parse(Before + "\n# a remark")));
    }

    [Fact]
    public void KeptSpec_IsInWhatTheOperatorDeployed_WhateverItNotesForItself()
    {
        const string deployed = """{"spec":{"job":{"parallelism":2,"args":["--a","--b"],"state":"running","upgradeMode":"last-state","entryClass":null},"restartNonce":3,"image":"flink:1.20","flinkConfiguration":{"taskmanager.numberOfTaskSlots":"2","state.savepoints.dir":"s3://b/sp"},"jobManager":{"replicas":1}}}""";
        var kept = Manifest.Parse(Before);
        Assert.True(ValueChanges.IsIn(kept, deployed));
        Assert.True(ValueChanges.IsIn(kept.With("spec.job.upgradeMode", "savepoint"), deployed));
        Assert.False(ValueChanges.IsIn(kept.With("spec.image", "flink:9"), deployed));
        Assert.False(ValueChanges.IsIn(kept, null));
    }
}
