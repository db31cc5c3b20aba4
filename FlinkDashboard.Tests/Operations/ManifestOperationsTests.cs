using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Operations;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Operations;

public sealed class ManifestOperationsTests : IAsyncLifetime
{
    private const string Text = """
        # kept by its author
        apiVersion: flink.apache.org/v1beta1
        kind: FlinkDeployment
        metadata:
          name: clicks
          namespace: default
        spec:
          flinkVersion: v1_20
          serviceAccount: flink
          job:
            jarURI: local:///job.jar
            parallelism: 2 # two
          jobManager: { resource: { memory: 2048m } }
          taskManager: { resource: { memory: 2048m } }
        """;

    private OperationsStage stage = null!;
    private ManifestOperations operations = null!;

    public async Task InitializeAsync()
    {
        stage = await OperationsStage.StartAsync();
        operations = new(stage.Api, stage.Runner, stage.Schemas, stage.Defaults);
    }

    public async Task DisposeAsync() => await stage.DisposeAsync();

    [Fact]
    public async Task Create_CreatesWithTheAuthor_AndLeavesATrail_WhereCheckLeavesNone()
    {
        var manifest = Manifest.Parse(Text);
        Assert.Equal(Outcome.Accepted, (await operations.CheckAsync(manifest, null, stage.User, default)).Outcome);
        Assert.Empty(stage.Trail);
        Assert.Null(stage.Sandbox.Cluster.World.Objects.Find(ResourceTypes.FlinkDeployments, "default", "clicks"));
        var result = await operations.CreateAsync(manifest, stage.User, "new", default);
        Assert.Equal((Outcome.Accepted, 0), (result.Outcome, result.Problems.Count));
        Assert.Equal("admin", (string?)stage.Stored(ResourceTypes.FlinkDeployments, "clicks")["metadata"]!["annotations"]![Author.Annotation]);
        Assert.Equal(["Create Issued", "Create Executed"], stage.Trail);
        Assert.NotNull(stage.Audit[1]["uid"]);
        var again = await operations.CreateAsync(manifest, stage.User, null, default);
        Assert.Contains("already exists", again.Message, StringComparison.Ordinal);
        Assert.Equal("metadata.name", again.Problems[0].Field);
    }

    [Theory]
    [InlineData("parallelism: 2 # two", "parallelism: two", "spec.job.parallelism", 12)]
    [InlineData("parallelism: 2 # two", "parallelism: 2\n    paralelism: 2", "spec.job.paralelism", 13)]
    [InlineData("flinkVersion: v1_20", "flinkVersion: v9_9", "spec.flinkVersion", 8)]
    [InlineData("serviceAccount: flink", "image: x", "spec.serviceAccount", null)]
    [InlineData("parallelism: 2 # two", "parallelism: 0", "spec.job.parallelism", 12)]
    [InlineData("name: clicks", "name: Clicks", "metadata.name", 5)]
    [InlineData("kind: FlinkDeployment", "kind: Pod", "kind", 3)]
    [InlineData("namespace: default", "labels: {}", "metadata.namespace", null)]
    [InlineData("job:", "job: [", "", null)]
    public async Task WhatIsWrong_IsToldWithItsFieldAndLine(string right, string wrong, string field, int? line)
    {
        var manifest = Manifest.Parse(Text.Replace(right, wrong, StringComparison.Ordinal));
        foreach (var result in new[] { await operations.CheckAsync(manifest, null, stage.User, default), await operations.CreateAsync(manifest, stage.User, null, default) })
        {
            Assert.False(result.IsGood);
            var problem = result.Problems.First(p => p.Field == field);
            if (line is not null)
                Assert.Equal(line, problem.Line);
        }
        Assert.Null(stage.Sandbox.Cluster.World.Objects.Find(ResourceTypes.FlinkDeployments, "default", "clicks"));
    }

    [Fact]
    public async Task Replace_SendsOnlyTheDifference_AndLeavesTheRestAlone()
    {
        var before = await TextAsync();
        // The operator writes the status meanwhile; that is no conflict.
        stage.Sandbox.Change(ResourceTypes.FlinkDeployments, "default", "orders", o => o["status"]!["lifecycleState"] = "DEPLOYED");
        var wanted = before.With("spec.job.parallelism", "4").With("spec.image", "flink:1.20.1").With("status.lifecycleState", "HACKED").With("metadata.labels.team", "a");
        Assert.Equal(Outcome.Accepted, (await operations.ReplaceAsync(before, wanted, stage.User, "more", default)).Outcome);
        var after = stage.Stored(ResourceTypes.FlinkDeployments, "orders");
        Assert.Equal(("4", "flink:1.20.1", "DEPLOYED", "a"), (after["spec"]!["job"]!["parallelism"]!.ToString(), (string?)after["spec"]!["image"], (string?)after["status"]!["lifecycleState"], (string?)after["metadata"]!["labels"]!["team"]));
        Assert.Contains("""-p '{"spec":{"image":"flink:1.20.1","job":{"parallelism":4}},"metadata":{"labels":{"team":"a"}}}'""", (string)stage.Audit[0]["command"]!, StringComparison.Ordinal);
        Assert.Equal(["Replace Issued", "Replace Executed"], stage.Trail);
        var now = await TextAsync();
        Assert.Equal(Outcome.AlreadySo, (await operations.ReplaceAsync(now, now, stage.User, null, default)).Outcome);
    }

    [Fact]
    public async Task Replace_OfWhatSomebodyElseChanged_IsAConflict_WithTheVersionThatStandsThere()
    {
        var before = await TextAsync();
        stage.Sandbox.Change(ResourceTypes.FlinkDeployments, "default", "orders", o => o["spec"]!["job"]!["parallelism"] = 7);
        var result = await operations.ReplaceAsync(before, before.With("spec.job.parallelism", "4"), stage.User, null, default);
        Assert.Equal((Outcome.Conflict, "7"), (result.Outcome, result.Conflict?.Value("spec.job.parallelism")));
        Assert.Equal(7, (await stage.OrdersAsync()).Spec.Job!.Parallelism);
        Assert.Equal(["Replace Issued", "Replace Failed"], stage.Trail);
        // From the version that stands there it works.
        Assert.Equal(Outcome.Accepted, (await operations.ReplaceAsync(result.Conflict!, result.Conflict!.With("spec.job.parallelism", "4"), stage.User, null, default)).Outcome);
    }

    [Fact]
    public async Task Replace_MayNotRename_AndSecretsStayOutOfTheTrail()
    {
        var before = await TextAsync();
        Assert.Equal("metadata.name", (await operations.ReplaceAsync(before, before.With("metadata.name", "other"), stage.User, null, default)).Problems[0].Field);
        await operations.ReplaceAsync(before, before.With("spec.flinkConfiguration[s3.secret-key]", "hush"), stage.User, null, default);
        Assert.Equal("hush", (string?)stage.Stored(ResourceTypes.FlinkDeployments, "orders")["spec"]!["flinkConfiguration"]!["s3.secret-key"]);
        Assert.DoesNotContain(stage.Audit, a => a.ToJsonString().Contains("hush", StringComparison.Ordinal));
    }

    private async Task<Manifest> TextAsync() => Manifest.Parse(await stage.Api.ReadYamlAsync(FlinkDeployment.Info, "default", "orders", null, default));
}
