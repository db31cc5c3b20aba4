using FlinkDashboard.Features.Deploy;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Model.OperatorRules;
using FlinkDashboard.Ui.Editing;
using FlinkDashboard.Ui.Live;

namespace FlinkDashboard.Tests.Features.Deploy;

/// <summary>The catalogue: every entry, on Apache's and on EMR's operator, is a manifest that the cluster takes as it is.</summary>
[Collection(TwoOperators.Name)]
public class StartingPointTests(TwoOperators clusters)
{
    private static readonly NodeChoice Tainted = new("flink", "NodeGroupType", "Flink", Values<Taint>.Of([new("dedicated", "flink", "NoSchedule"), new("spot", null, "NoExecute")]), "amd64", true);

    public static TheoryData<string, bool> Entries
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var one in StartingPoint.All)
            {
                data.Add(one.Id, false);
                if (one.Kind == FlinkDeployment.Info)
                    data.Add(one.Id, true);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Entries))]
    public async Task Entry_Filled_IsTakenByTheApiServer_AndBreaksNoRule(string id, bool emr)
    {
        var stage = emr ? clusters.Emr : clusters.Apache;
        var start = StartingPoint.Find(id)!;
        var text = start.Fill(Values(emr) with { Pool = Tainted, Namespace = emr ? "flink-team-a-ns" : "default" });
        Assert.DoesNotMatch(@"\{[a-zA-Z]+\}|<[A-Z_]+>|#(if|else|end|each)", text);
        var manifest = Manifest.Parse(text);
        Assert.Null(manifest.Problem);
        Assert.Empty(ManifestBreaches.Of(manifest));
        var schema = await stage.Api.ReadSchemaAsync(start.Kind, CancellationToken.None);
        Assert.Empty(schema!.Check(manifest));
        await stage.Api.CreateAsync(start.Kind, manifest.Namespace, manifest, true, null, CancellationToken.None);
    }

    [Theory]
    [MemberData(nameof(Entries))]
    public void Entry_WithState_HasCheckpoints_AndFoldersOfItsOwn(string id, bool emr)
    {
        var start = StartingPoint.Find(id)!;
        if (!start.Needs.HasFlag(StartingNeed.Storage))
            return;
        var manifest = Manifest.Parse(start.Fill(Values(emr)));
        var spec = FormSections.SpecOf(manifest.Kind);
        Assert.Equal("30 s", manifest.Value($"{spec}.flinkConfiguration[execution.checkpointing.interval]"));
        Assert.Equal("s3://bucket/flink/team-a/orders/ha", manifest.Value($"{spec}.flinkConfiguration[high-availability.storageDir]"));
        Assert.Null(manifest.Value($"{spec}.taskManager.replicas")); // ignored by native clusters, and overrides the parallelism (trap D9)
        if (emr)
            Assert.Equal("s3://bucket/flink/team-a/orders/ha", manifest.Value("spec.jobManager.storageDir"));
    }

    [Fact]
    public void Pool_WithTaints_IsSelectedAndTolerated()
    {
        var manifest = Manifest.Parse(StartingPoint.Find("basic")!.Fill(Values(false) with { Pool = Tainted }));
        Assert.Equal("Flink", manifest.Value("spec.podTemplate.spec.nodeSelector.NodeGroupType"));
        Assert.Equal("flink", manifest.Value("spec.podTemplate.spec.tolerations[0].value"));
        Assert.Equal("Exists", manifest.Value("spec.podTemplate.spec.tolerations[1].operator"));
        Assert.False(manifest.Has("spec.podTemplate.spec.tolerations[1].value"));
    }

    [Fact]
    public void NothingKnown_LeavesNoPodTemplate()
    {
        var manifest = Manifest.Parse(StartingPoint.Find("basic")!.Fill(Values(false)));
        Assert.False(manifest.Has("spec.podTemplate"));
        Assert.False(manifest.Has("spec.monitoringConfiguration"));
    }

    [Fact]
    public void Missing_NamesWhatIsNeeded_AndFillRefusesAHole()
    {
        var start = StartingPoint.Find("pyflink")!;
        var values = Values(false) with { Storage = "", PythonImage = "" };
        Assert.Equal(["storage", "python"], values.Missing(start).Select(one => one.Field));
        Assert.Throws<InvalidOperationException>(() => start.Fill(values));
    }

    [Fact]
    public void SessionJob_TakesAJarOfItsClustersVersion()
    {
        var start = StartingPoint.Find("session-job")!;
        Assert.Contains("/flink-examples-streaming_2.12/1.18.1/", start.Fill(Values(false) with { ClusterVersion = "v1_18" }), StringComparison.Ordinal);
        Assert.Contains("/flink-examples-streaming/2.0.0/", start.Fill(Values(false) with { ClusterVersion = "v2_0" }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("emr-7.1.0-flink-latest", "v1_18")]
    [InlineData("emr-7.5.0-flink-latest", "v1_19")]
    [InlineData("emr-7.12.0-flink-latest", "v1_20")]
    [InlineData("emr-6.15.0-flink-latest", "v1_17")]
    [InlineData("something-else", null)]
    public void EmrRelease_NamesItsFlink(string release, string? version) => Assert.Equal(version, FlinkReleases.OfEmr(release));

    [Fact]
    public void Addresses_GiveTheSameTextAgain()
    {
        var start = StartingPoint.Find("basic")!;
        var facts = new DeployFacts { Namespace = "team-a", Pools = [Tainted], Interval = "30 s", Version = new("v1_20", ""), Image = new("flink:1.20", "") };
        var values = facts.Values(start, false) with { Name = "orders", Storage = "s3://bucket/flink", Account = "flink" };
        var again = StartingAddress.Read(FlinkDashboard.Ui.Menu.PageQuery.Of(StartingAddress.Of(start, values)), start, facts, false);
        Assert.Equal(start.Fill(values), start.Fill(again));
    }

    private static StartingValues Values(bool emr) => new()
    {
        Name = "orders",
        Namespace = "team-a",
        Storage = "s3://bucket/flink/",
        Account = "flink",
        Image = "flink:1.20",
        PythonImage = "registry.example/flink-python:1.20",
        Version = "v1_20",
        Interval = "30 s",
        Release = emr ? "emr-7.12.0-flink-latest" : "",
        Role = emr ? "arn:aws:iam::111122223333:role/team-a" : "",
        LogGroup = emr ? "/aws/emr-flink/team-a" : "",
        Cluster = "shared",
        ClusterVersion = "v1_20",
        IsEmr = emr,
    };
}
