using FlinkDashboard.Model.Manifests;

namespace FlinkDashboard.Tests.Model.Manifests;

public class ManifestTests
{
    private const string Orders = """
        # the orders team
        apiVersion: flink.apache.org/v1beta1
        kind: FlinkDeployment
        metadata:
          name: orders   # as in the catalogue
          namespace: team-a
          labels: {team: 'a', "tier": gold}
        spec:
          flinkVersion: v1_20
          flinkConfiguration:
            # two slots each
            taskmanager.numberOfTaskSlots: "2"
            state:
              checkpoints.dir: s3://b/c
              savepoints:
                dir: s3://b/s
          job:
            args:
            - --rate
            - "10"   # per second
            parallelism: 2
            jarURI: local:///opt/a.jar
          unknown: {x: [1, 2]}
          log: |
            a
            b

          last: x
        """;

    [Theory]
    [InlineData("kind", "FlinkDeployment")]
    [InlineData("metadata.labels.tier", "gold")]
    [InlineData("spec.flinkConfiguration[taskmanager.numberOfTaskSlots]", "2")]
    [InlineData("spec.flinkConfiguration[state.checkpoints.dir]", "s3://b/c")]
    [InlineData("spec.flinkConfiguration[state.savepoints.dir]", "s3://b/s")]
    [InlineData("spec.flinkConfiguration.state.savepoints.dir", "s3://b/s")]
    [InlineData("spec.job.args[1]", "10")]
    [InlineData("spec.log", "a\nb\n")]
    [InlineData("spec.nothing.here", null)]
    public void Value_OfAPath_IsWhatStandsThere(string path, string? value) => Assert.Equal(value, Manifest.Parse(Orders).Value(path));

    [Theory]
    [InlineData("metadata.name", "orders2", "name: orders   #", "name: orders2   #")]
    [InlineData("metadata.labels.team", "b", "{team: 'a', ", "{team: 'b', ")]
    [InlineData("metadata.labels.owner", "me", "\"tier\": gold}", "\"tier\": gold, owner: me}")]
    [InlineData("metadata.labels[app.kubernetes.io/name]", "x", "\"tier\": gold}", "\"tier\": gold, app.kubernetes.io/name: x}")]
    [InlineData("metadata.labels.team", null, "{team: 'a', \"tier\"", "{\"tier\"")]
    [InlineData("metadata.labels.tier", null, "'a', \"tier\": gold}", "'a'}")]
    [InlineData("spec.job.parallelism", "4", "parallelism: 2", "parallelism: 4")]
    [InlineData("spec.job.state", "suspended", "jarURI: local:///opt/a.jar", "jarURI: local:///opt/a.jar\n    state: suspended")]
    [InlineData("spec.job.savepointTriggerNonce", "1", "jarURI: local:///opt/a.jar", "jarURI: local:///opt/a.jar\n    savepointTriggerNonce: 1")]
    [InlineData("spec.flinkConfiguration[taskmanager.numberOfTaskSlots]", "4", "Slots: \"2\"", "Slots: \"4\"")]
    [InlineData("spec.flinkConfiguration[state.savepoints.dir]", "s3://n/s", "dir: s3://b/s", "dir: s3://n/s")]
    [InlineData("spec.flinkConfiguration[rest.port]", "80", "dir: s3://b/s", "dir: s3://b/s\n    rest.port: \"80\"")]
    [InlineData("spec.flinkConfiguration[state.savepoints.dir]", null, "      savepoints:\n        dir: s3://b/s\n", "      savepoints: {}\n")]
    [InlineData("spec.job.args[2]", "yes", "\"10\"   # per second", "\"10\"   # per second\n    - \"yes\"")]
    [InlineData("spec.unknown.x[1]", "3", "[1, 2]", "[1, 3]")]
    [InlineData("spec.log", "c\nd\ne\n", "a\n    b", "c\n    d\n    e")]
    [InlineData("spec.last", "yes", "last: x", "last: \"yes\"")]
    [InlineData("spec.jobManager.resource.memory", "2048m", "last: x", "last: x\n  jobManager:\n    resource:\n      memory: 2048m")]
    [InlineData("spec.jobManager.resource.cpu", "0.5", "last: x", "last: x\n  jobManager:\n    resource:\n      cpu: 0.5")]
    public void With_ChangesOnlyItsPlace(string path, string? value, string before, string after)
    {
        var changed = Manifest.Parse(Orders).With(path, value);

        Assert.Equal(Orders.Replace(before, after, StringComparison.Ordinal), changed.Text);
        Assert.Equal(value, changed.Value(path));
        Assert.Null(changed.Problem);
    }

    [Fact]
    public void With_RemovesAnItem() =>
        Assert.Equal(Orders.Replace("    - --rate\n", "", StringComparison.Ordinal), Manifest.Parse(Orders).With("spec.job.args[0]", null).Text);

    [Fact]
    public void With_OnAnEmptyText_WritesTheDocument()
    {
        var manifest = Manifest.Parse("").With("apiVersion", "flink.apache.org/v1beta1").With("metadata.name", "a").With("spec.job.args[0]", "--x").With("spec.job.args[1]", "2").With("spec.job.parallelism", "3");

        Assert.Equal("apiVersion: flink.apache.org/v1beta1\nmetadata:\n  name: a\nspec:\n  job:\n    args:\n      - --x\n      - \"2\"\n    parallelism: 3\n", manifest.Text);
    }

    [Fact]
    public void WithItems_KeepsWhatStays()
    {
        var manifest = Manifest.Parse(Orders).WithItems("spec.job.args", ["--rate", "10", "--more"]);

        Assert.Equal(Orders.Replace("# per second\n", "# per second\n    - --more\n", StringComparison.Ordinal), manifest.Text);
        Assert.Equal(["--rate", "10", "--more"], manifest.Items("spec.job.args"));
        Assert.Equal([], manifest.WithItems("spec.job.args", []).Items("spec.job.args"));
    }
}
