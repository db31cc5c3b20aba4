using FlinkDashboard.Features.Deploy;
using FlinkDashboard.Model.Manifests;

namespace FlinkDashboard.Tests.Features.Deploy;

/// <summary>Templates, clean copies and merges of texts.</summary>
public class TextTests
{
    private const string Object = """
        apiVersion: flink.apache.org/v1beta1
        kind: FlinkDeployment
        metadata:
          name: orders
          namespace: team-a
          uid: 1-2-3
          resourceVersion: "77"
          generation: 4
          creationTimestamp: "2026-01-01T00:00:00Z"
          finalizers:
          - flinkdeployments.flink.apache.org/finalizer
          labels:
            team: a
            app.kubernetes.io/managed-by: Helm
          annotations:
            argocd.argoproj.io/tracking-id: x:y
        spec:
          # kept
          image: flink:1.20
          restartNonce: 3
          flinkConfiguration:
            state.checkpoints.dir: s3://bucket/team-a/orders/checkpoints
            high-availability.storageDir: s3://bucket/team-a/orders/ha
            state.backend.type: rocksdb
          job:
            jarURI: local:///orders.jar
            args:
            - --name
            - orders
            parallelism: 2
            savepointTriggerNonce: 9
        status:
          lifecycleState: STABLE
        """;

    [Fact]
    public void Edit_HasNothingOfTheServers()
    {
        var text = CleanText.ForEdit(Object);
        Assert.False(text.Has("status"));
        Assert.Equal(["name", "namespace", "finalizers", "labels", "annotations"], text.Keys("metadata"));
        Assert.Equal("3", text.Value("spec.restartNonce"));
        Assert.Contains("# kept", text.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Clone_HasANewName_NoNonces_NoMarksOfTools_AndNoFolderOfTheOriginal()
    {
        var text = CleanText.ForClone(Object, "team-b", "orders-copy");
        Assert.Equal(("orders-copy", "team-b"), (text.Name, text.Namespace));
        Assert.Equal(["name", "namespace", "labels"], text.Keys("metadata"));
        Assert.Equal(["team"], text.Keys("metadata.labels"));
        Assert.False(text.Has("spec.restartNonce"));
        Assert.False(text.Has("spec.job.savepointTriggerNonce"));
        Assert.Equal("s3://bucket/team-a/orders-copy/ha", text.Value("spec.flinkConfiguration[high-availability.storageDir]"));
        Assert.Equal("s3://bucket/team-a/orders-copy/checkpoints", text.Value("spec.flinkConfiguration[state.checkpoints.dir]"));
        Assert.Equal(["--name", "orders"], text.Items("spec.job.args"));
        Assert.Contains("# kept", text.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Changes_AreNamed_ByPath()
    {
        var before = CleanText.ForEdit(Object);
        var after = before.With("spec.job.parallelism", "4").WithItems("spec.job.args", ["--name"]).With("spec.image", null).With("spec.flinkConfiguration[state.backend.type]", "hashmap");
        Assert.Equal(["spec.flinkConfiguration[state.backend.type]", "spec.job.args", "spec.job.parallelism", "spec.image"], ThreeWay.Changed(before, after));
        Assert.Empty(ThreeWay.Changed(before, before));
    }

    [Fact]
    public void Merge_KeepsBoth_AndTheViewersWhereBothChanged()
    {
        var start = CleanText.ForEdit(Object);
        var mine = start.With("spec.job.parallelism", "4").With("spec.image", null).WithItems("spec.job.args", ["--name", "orders", "--fast"]);
        var theirs = start.With("spec.job.parallelism", "8").With("spec.flinkConfiguration[state.backend.type]", "hashmap").With("spec.serviceAccount", "flink");
        var both = ThreeWay.Merge(start, mine, theirs);
        Assert.Equal("4", both.Value("spec.job.parallelism"));
        Assert.Equal("hashmap", both.Value("spec.flinkConfiguration[state.backend.type]"));
        Assert.Equal("flink", both.Value("spec.serviceAccount"));
        Assert.Equal(["--name", "orders", "--fast"], both.Items("spec.job.args"));
        Assert.False(both.Has("spec.image"));
    }

    [Fact]
    public void Template_RepeatsAndChooses()
    {
        const string template = "a: {x}\n#if y\nb: {y}\n#else\nc: 1\n#end\n#each list\n- {k}\n#if v\n  {v}\n#end\n#end\n";
        var text = TemplateText.Fill(template, new Dictionary<string, string> { ["x"] = "1", ["y"] = "" }, new Dictionary<string, IReadOnlyList<IReadOnlyDictionary<string, string>>>
        {
            ["list"] = [new Dictionary<string, string> { ["k"] = "p", ["v"] = "q" }, new Dictionary<string, string> { ["k"] = "r" }],
        });
        Assert.Equal("a: 1\nc: 1\n- p\n  q\n- r\n", text);
    }

    [Fact]
    public void Secrets_AreMasked_AndPutBack_WhereverTheyStand()
    {
        const string yaml = """
            kind: FlinkDeployment
            metadata: { name: orders }
            spec:
              flinkConfiguration:
                s3.secret-key: hunter2
                state.backend.type: rocksdb
              podTemplate:
                spec:
                  containers:
                  - name: flink-main-container
                    env:
                    - { name: MODE, value: fast }
                    - { name: DB_PASSWORD, value: swordfish }
                    - name: OTHER
                      valueFrom: { secretKeyRef: { name: db, key: password } }
            """;
        var whole = Manifest.Parse(yaml);
        var shown = SecretText.Masked(whole);
        Assert.DoesNotContain("hunter2", shown.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("swordfish", shown.Text, StringComparison.Ordinal);
        Assert.Contains("secretKeyRef: { name: db, key: password }", shown.Text, StringComparison.Ordinal);
        var edited = shown.With("spec.flinkConfiguration[state.backend.type]", "hashmap").With("spec.podTemplate.spec.containers[0].env[0]", null);
        var sent = SecretText.Restored(edited, whole);
        Assert.Equal("hunter2", sent.Value("spec.flinkConfiguration[s3.secret-key]"));
        Assert.Equal("swordfish", sent.Value("spec.podTemplate.spec.containers[0].env[0].value"));
        Assert.Empty(SecretText.Unknown(sent));
        Assert.Equal("spec.flinkConfiguration[s3.secret-key]", SecretText.Unknown(shown).First().Field);
    }
}
