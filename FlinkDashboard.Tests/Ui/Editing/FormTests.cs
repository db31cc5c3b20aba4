using Bunit;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Ui.Editing;
using FlinkDashboard.Ui.Live;

namespace FlinkDashboard.Tests.Ui.Editing;

/// <summary>The form over a manifest: what is typed changes its own place of the text only, and what is wrong stands where it is mended.</summary>
public sealed class FormTests : UiContext
{
    private const string Text = """
        apiVersion: flink.apache.org/v1beta1
        kind: FlinkDeployment
        metadata: { name: orders, namespace: team }
        spec:
          flinkVersion: v1_20 # as in the image
          somethingNew: { of: tomorrow }
          flinkConfiguration:
            state:
              checkpoints.dir: s3://bucket/orders
          job:
            jarURI: local:///orders.jar
            parallelism: 2
            args: ["--fast"]
        """;

    private Manifest _manifest = Manifest.Parse(Text);

    [Fact]
    public void TypedField_ChangesItsOwnPlace_AndNothingElse()
    {
        var form = Draw();
        form.Find("#field-spec-job-parallelism").Change("6");
        Assert.Equal(Text.Replace("parallelism: 2", "parallelism: 6", StringComparison.Ordinal), _manifest.Text);
    }

    [Fact]
    public void NestedConfiguration_IsShownFlat_AndChangedWhereItStands()
    {
        var form = Draw();
        Assert.Equal("s3://bucket/orders", form.Find("#field-spec-flinkConfiguration-state-checkpoints-dir-").GetAttribute("value"));
        form.Find("#field-spec-flinkConfiguration-state-checkpoints-dir-").Change("s3://bucket/other");
        Assert.Equal(Text.Replace("s3://bucket/orders", "s3://bucket/other", StringComparison.Ordinal), _manifest.Text);
    }

    [Fact]
    public void Emptied_Field_IsRemoved_AndLinesBecomeItems()
    {
        var form = Draw();
        form.Find("#field-spec-job-jarURI").Change(" ");
        Assert.False(_manifest.Has("spec.job.jarURI"));
        form = Draw();
        form.Find("#field-spec-job-args").Change("--fast\n--limit\n\n3\n");
        Assert.Equal(["--fast", "--limit", "3"], _manifest.Items("spec.job.args"));
        Assert.Contains("# as in the image", _manifest.Text, StringComparison.Ordinal);
        Assert.Contains("somethingNew: { of: tomorrow }", _manifest.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Problem_StandsAtItsField_AndIsReadWithIt()
    {
        var form = Draw([new("spec.job.parallelism", "Job parallelism must be larger than 0", ProblemSeverity.Error, ProblemSource.Operator)]);
        var input = form.Find("#field-spec-job-parallelism");
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        var ids = input.GetAttribute("aria-describedby")!.Split(' ');
        Assert.Contains(ids, id => form.Find("#" + id).TextContent.Contains("must be larger than 0", StringComparison.Ordinal));
        Assert.False(form.Find("#field-spec-job-jarURI").HasAttribute("aria-invalid"));
    }

    [Fact]
    public void EmrFields_AreShown_OnlyWhereTheDefinitionHasThem()
    {
        Assert.Empty(Draw().FindAll("#field-spec-emrReleaseLabel"));
        Assert.Empty(Draw(schema: SchemaWith("image")).FindAll("#field-spec-emrReleaseLabel"));
        Assert.Single(Draw(schema: SchemaWith("emrReleaseLabel")).FindAll("#field-spec-emrReleaseLabel"));
    }

    [Fact]
    public void Pool_Chosen_SetsSelectorAndTolerations_AndAnyNodeRemovesThem()
    {
        var pool = new NodeChoice("flink", "NodeGroupType", "Flink", Values<Taint>.Of([new("dedicated", "flink", "NoSchedule")]), null, true);
        Draw(options: new() { Pools = [pool] }).Find("#placement-pool").Change("flink");
        Assert.Equal("Flink", _manifest.Value("spec.podTemplate.spec.nodeSelector.NodeGroupType"));
        Assert.Equal("NoSchedule", _manifest.Value("spec.podTemplate.spec.tolerations[0].effect"));
        var form = Draw(options: new() { Pools = [pool] });
        Assert.Equal("flink", form.Find("#placement-pool").GetAttribute("value"));
        form.Find("#placement-pool").Change("");
        Assert.False(_manifest.Has("spec.podTemplate.spec.nodeSelector"));
        Assert.False(_manifest.Has("spec.podTemplate.spec.tolerations"));
    }

    [Fact]
    public void ExistingObject_KeepsItsName()
    {
        var form = Draw(options: new() { Exists = true, Namespaces = ["team"] });
        Assert.True(form.Find("#field-metadata-name").HasAttribute("disabled"));
        Assert.True(form.Find("#field-metadata-namespace").HasAttribute("disabled"));
    }

    [Fact]
    public void ConfigurationKey_CanBeAdded_AndRemoved()
    {
        var form = Draw();
        form.Find("[aria-label='New key']").Change("taskmanager.numberOfTaskSlots");
        form.Find("[aria-label='Value of the new key']").Change("2");
        form.FindAll("#section-configuration button").Single(one => one.TextContent == "Add").Click();
        Assert.Contains("taskmanager.numberOfTaskSlots: \"2\"", _manifest.Text, StringComparison.Ordinal);
        Draw().Find("[aria-label='Remove taskmanager.numberOfTaskSlots']").Click();
        Assert.False(_manifest.Has("spec.flinkConfiguration[taskmanager.numberOfTaskSlots]"));
    }

    [Fact]
    public void Problems_AreListed_WorstFirst_AndLeadToTheirPlace()
    {
        FieldProblem? asked = null;
        FieldProblem[] problems =
        [
            new("spec.image", "An image is better named by digest.", ProblemSeverity.Warning, ProblemSource.Trap) { Rule = "D8" },
            new("spec.job.parallelism", "must be a whole number", ProblemSeverity.Error, ProblemSource.Schema) { Line = 12 },
        ];
        var list = Render<ProblemList>(parameters => parameters.Add(one => one.Problems, problems).Add(one => one.GoTo, problem => asked = problem));
        Assert.Equal(["spec.job.parallelism", "spec.image"], list.FindAll("li").Select(li => li.GetAttribute("data-problem")));
        Assert.Contains("line 12", list.Find("li").TextContent, StringComparison.Ordinal);
        list.Find("li button").Click();
        Assert.Equal(problems[1], asked);
    }

    private IRenderedComponent<ManifestForm> Draw(IReadOnlyList<FieldProblem>? problems = null, CrdSchema? schema = null, FormOptions? options = null) => Render<ManifestForm>(parameters => parameters
        .Add(form => form.Manifest, _manifest).Add(form => form.Changed, changed => _manifest = changed)
        .Add(form => form.Problems, problems ?? []).Add(form => form.Schema, schema).Add(form => form.Options, options ?? FormOptions.None));

    private static CrdSchema SchemaWith(string field) => CrdSchema.Parse("""
        {"spec":{"names":{"kind":"FlinkDeployment"},"versions":[{"name":"v1beta1","served":true,"schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object","properties":{"FIELD":{"type":"string"}}}}}}}]}}
        """.Replace("FIELD", field, StringComparison.Ordinal))!;
}
