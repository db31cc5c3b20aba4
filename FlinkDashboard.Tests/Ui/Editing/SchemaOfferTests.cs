using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Tests.Features.Deploy;
using FlinkDashboard.Tests.Support;
using FlinkDashboard.Ui.Editing;

namespace FlinkDashboard.Tests.Ui.Editing;

/// <summary>Completion and explanation, from the definition that the API server serves.</summary>
[Collection(TwoOperators.Name)]
public class SchemaOfferTests(TwoOperators clusters)
{
    [Fact]
    public async Task Keys_ComeFromTheDefinition_WithOurWords()
    {
        var schema = await SchemaAsync(clusters.Emr);
        var names = SchemaOffer.Of(schema, ["spec", "job"], null);
        Assert.Contains(names, one => one is { Name: "parallelism", Detail: "integer", Apply: "parallelism: " });
        Assert.Contains("Parallel instances", names.Single(one => one.Name == "parallelism").Info, StringComparison.Ordinal);
        Assert.Contains(SchemaOffer.Of(schema, ["spec"], null), one => one.Name == "emrReleaseLabel");
        Assert.DoesNotContain(SchemaOffer.Of(await SchemaAsync(clusters.Apache), ["spec"], null), one => one.Name == "emrReleaseLabel");
    }

    [Fact]
    public async Task Values_AreThoseOfTheEnum_OrWhatTheKeyTakes()
    {
        var schema = await SchemaAsync(clusters.Apache);
        Assert.Contains(SchemaOffer.Of(schema, ["spec", "job"], "upgradeMode"), one => one.Name == "last-state");
        Assert.Equal(["kubernetes", "NONE"], SchemaOffer.Of(schema, ["spec", "flinkConfiguration"], "high-availability.type").Select(one => one.Name));
    }

    [Fact]
    public async Task Explanation_NamesMeaningAndDefault()
    {
        var schema = await SchemaAsync(clusters.Apache);
        Assert.Contains("Default: stateless", SchemaWords.Of(schema, ["spec", "job"], "upgradeMode")!.Text, StringComparison.Ordinal);
        Assert.Contains("repeated after a failure", SchemaWords.Of(schema, ["spec", "flinkConfiguration", "execution"], "checkpointing.interval")!.Text, StringComparison.Ordinal);
        Assert.Null(SchemaWords.Of(schema, ["spec"], "noSuchField"));
    }

    [Fact]
    public void WithoutADefinition_OnlyTheRootIsOffered()
    {
        Assert.Equal(["apiVersion", "kind", "metadata", "spec"], SchemaOffer.Of(null, [], null).Select(one => one.Name));
        Assert.Empty(SchemaOffer.Of(null, ["spec"], null));
    }

    private static async Task<CrdSchema> SchemaAsync(SandboxStage stage) => (await stage.Api.ReadSchemaAsync(FlinkDeployment.Info, CancellationToken.None))!;
}
