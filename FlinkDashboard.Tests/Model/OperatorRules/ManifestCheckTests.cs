using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Model.OperatorRules;
using FlinkDashboard.Tests.Model.Previews;

namespace FlinkDashboard.Tests.Model.OperatorRules;

/// <summary>Bad manifests are refused before anything is sent, each with the field and the rule.</summary>
public class ManifestCheckTests
{
    private const string C = "spec.flinkConfiguration";

    /// <summary>Kind, path, YAML put there (null: taken away), field that is named, rule that is named.</summary>
    public static TheoryData<string, string, string?, string, string> Fields => new()
    {
        // Heads and names.
        { "application", "kind", "FlinkDeploymnt", "kind", "form.kind" },
        { "application", "kind", null, "kind", "form.kind" },
        { "application", "apiVersion", "flink.apache.org/v1", "apiVersion", "form.apiVersion" },
        { "application", "apiVersion", null, "apiVersion", "form.apiVersion" },
        { "application", "spec", null, "spec", "form.spec" },
        { "application", "metadata.name", null, "metadata.name", "api.name" },
        { "application", "metadata.name", "Orders", "metadata.name", "api.name" },
        { "application", "metadata.name", "orders_eu", "metadata.name", "api.name" },
        { "application", "metadata.name", "1orders", "metadata.name", "operator.metadata.name" },
        { "application", "metadata.name", "a-name-that-has-forty-six-characters-in-it-x46", "metadata.name", "operator.metadata.name" },
        { "application", "metadata.name", "orders.eu", "metadata.name", "operator.metadata.name" },
        { "application", "metadata.namespace", "Team A", "metadata.namespace", "api.namespace" },
        { "application", "metadata.labels.team", "\"a b\"", "metadata.labels.team", "api.label" },
        { "application", "metadata.labels[a//b]", "x", "metadata.labels[a//b]", "api.label" },
        { "application", "metadata.annotations[no spaces]", "x", "metadata.annotations[no spaces]", "api.annotation" },
        // Schema: types, enumerations, unknown fields.
        { "application", "spec.flinkVersion", "v9_9", "spec.flinkVersion", "schema.enum" },
        { "application", "spec.flinkVersion", "1.20", "spec.flinkVersion", "schema.type" },
        { "application", "spec.mode", "cluster", "spec.mode", "schema.enum" },
        { "application", "spec.job.upgradeMode", "sometimes", "spec.job.upgradeMode", "schema.enum" },
        { "application", "spec.job.state", "paused", "spec.job.state", "schema.enum" },
        { "application", "spec.job.parallelism", "many", "spec.job.parallelism", "schema.type" },
        { "application", "spec.job.parallelism", "1.5", "spec.job.parallelism", "schema.type" },
        { "application", "spec.job.parallelism", "99999999999", "spec.job.parallelism", "operator.decoder" },
        { "application", "spec.flinkConfiguration", "[x]", "spec.flinkConfiguration", "operator.decoder" },
        { "application", "spec.job.args", "--rate", "spec.job.args", "schema.type" },
        { "application", "spec.job.args", "[10]", "spec.job.args[0]", "schema.type" },
        { "application", "spec.job.paralelism", "2", "spec.job.paralelism", "schema.unknown" },
        { "application", "spec.job.allowNonRestoredState", "maybe", "spec.job.allowNonRestoredState", "schema.type" },
        { "application", "spec.job.savepointTriggerNonce", "soon", "spec.job.savepointTriggerNonce", "schema.type" },
        { "application", "spec.job", "[]", "spec.job", "schema.type" },
        { "application", "spec.restartNonce", "\"5\"", "spec.restartNonce", "schema.type" },
        { "application", "spec.jobManager.resource.cpu", "much", "spec.jobManager.resource.cpu", "schema.type" },
        { "application", "spec.jobManager.resource.memory", "2048", "spec.jobManager.resource.memory", "schema.type" },
        { "application", "spec.jobManager.replica", "2", "spec.jobManager.replica", "schema.unknown" },
        { "application", "spec.taskManager", "big", "spec.taskManager", "schema.type" },
        { "application", "spec.podTemplate", "3", "spec.podTemplate", "schema.type" },
        { "application", "spec.emrReleaseLabel", "emr-7.12.0-flink-latest", "spec.emrReleaseLabel", "schema.unknown" },
        { "application", "spec.logConfiguration", "[]", "spec.logConfiguration", "schema.type" },
        { "application", "specs", "{}", "specs", "schema.unknown" },
        // The operator's rules.
        { "application", "spec.flinkVersion", null, "spec.flinkVersion", "operator.spec.flinkVersion" },
        { "application", "spec.flinkVersion", "v1_14", "spec.flinkVersion", "operator.spec.flinkVersion" },
        { "application", C + "[kubernetes.namespace]", "other", C, "operator." + C },
        { "application", C + "[kubernetes.cluster-id]", "other", C, "operator." + C },
        { "application", C + "[high-availability.cluster-id]", "other", C, "operator." + C },
        { "application", "spec.ingress.className", "nginx", "spec.ingress.template", "operator.spec.ingress.template" },
        { "application", "spec.ingress.template", "\"{{name}}:port/x\"", "spec.ingress.template", "operator.spec.ingress.template" },
        { "application", "spec.logConfiguration[log4j.properties]", "x", "spec.logConfiguration", "operator.spec.logConfiguration" },
        { "application", C + "[state.checkpoints.dir]", null, C, "operator." + C },
        { "application", C + "[state.savepoints.dir]", null, C, "operator." + C },
        { "application", "spec.job.parallelism", "0", "spec.job.parallelism", "operator.spec.job.parallelism" },
        { "application", "spec.job.parallelism", null, "spec.job.parallelism", "operator.spec.job.parallelism" },
        { "application", "spec.taskManager.replicas", "0", "spec.taskManager.replicas", "operator.spec.taskManager.replicas" },
        { "application", "spec.jobManager.resource", null, "spec.jobManager.resource", "operator.spec.jobManager.resource" },
        { "application", "spec.taskManager.resource", null, "spec.taskManager.resource", "operator.spec.taskManager.resource" },
        { "application", "spec.jobManager.replicas", "0", "spec.jobManager.replicas", "operator.spec.jobManager.replicas" },
        { "application", "spec.serviceAccount", null, "spec.serviceAccount", "operator.spec.serviceAccount" },
        // What nobody else checks.
        { "application", "spec.image", "Flink 1.20", "spec.image", "image.reference" },
        { "application", "spec.image", "flink:1.20:latest", "spec.image", "image.reference" },
        { "application", "spec.job.jarURI", "/opt/flink/job.jar", "spec.job.jarURI", "jar.scheme" },
        { "application", "spec.job.jarURI", "htps://x/job.jar", "spec.job.jarURI", "jar.scheme" },
        { "application", "spec.job.jarURI", "local://opt/flink/job.jar", "spec.job.jarURI", "jar.uri" },
        { "application", "spec.job.jarURI", "s3://b/a job.jar", "spec.job.jarURI", "jar.uri" },
        { "application", "spec.job.initialSavepointPath", "savepoint-1", "spec.job.initialSavepointPath", "path.scheme" },
        { "application", C + "[state.checkpoints.dir]", "/checkpoints", C + "[state.checkpoints.dir]", "path.scheme" },
        { "application", C + "[state.savepoints.dir]", "s4://bucket/x", C + "[state.savepoints.dir]", "path.scheme" },
        { "application", C + "[high-availability.storageDir]", "bucket/ha", C + "[high-availability.storageDir]", "path.scheme" },
        { "application", C + "[state.savepoints.dir]", "s3://<ENTER_S3_BUCKET>/x", C + "[state.savepoints.dir]", "placeholder" },
        { "application", "spec.image", "${IMAGE}", "spec.image", "placeholder" },
        { "application", "spec.jobManager.resource.memory", "lots", "spec.jobManager.resource.memory", "resource.memory" },
        { "application", "spec.taskManager.resource.memory", "2m", "spec.taskManager.resource.memory", "resource.memory.little" },
        { "application", "spec.taskManager.resource.memory", "2 Gbi", "spec.taskManager.resource.memory", "resource.memory" },
        { "application", "spec.taskManager.resource.cpu", "0", "spec.taskManager.resource.cpu", "resource.cpu" },
        { "application", "spec.jobManager.resource.cpu", "-1", "spec.jobManager.resource.cpu", "resource.cpu" },
        { "application", "spec.taskManager.resource.ephemeralStorage", "big", "spec.taskManager.resource.ephemeralStorage", "resource.ephemeralStorage" },
        { "application", C + "[execution.checkpointing.interval]", "soon", C + "[execution.checkpointing.interval]", "configuration.duration" },
        { "application", C + "[taskmanager.numberOfTaskSlots]", "\"0\"", C + "[taskmanager.numberOfTaskSlots]", "configuration.number" },
        { "application", C + "[taskmanager.numberOfTaskSlots]", "two", C + "[taskmanager.numberOfTaskSlots]", "configuration.number" },
        { "application", C + "[kubernetes.operator.deployment.rollback.enabled]", "perhaps", C + "[kubernetes.operator.deployment.rollback.enabled]", "configuration.switch" },
        { "application", C + "[execution.checkpointing.mode]", "ONCE", C + "[execution.checkpointing.mode]", "configuration.choice" },
        { "application", C + "[kubernetes.operator.savepoint.format.type]", "BINARY", C + "[kubernetes.operator.savepoint.format.type]", "configuration.choice" },
        { "application", C + "[kubernetes.operator.periodic.savepoint.interval]", "daily", C + "[kubernetes.operator.periodic.savepoint.interval]", "configuration.schedule" },
        { "application", C + "[taskmanager.memory.process.size]", "huge", C + "[taskmanager.memory.process.size]", "configuration.memory" },
        { "application", C + "[pipeline.jobvertex-parallelism-overrides]", "source:4", C + "[pipeline.jobvertex-parallelism-overrides]", "configuration.overrides" },
        // Session jobs.
        { "session job", "spec.deploymentName", null, "spec.deploymentName", "operator.spec.deploymentName" },
        { "session job", "spec.deploymentName", "My_Cluster", "spec.deploymentName", "operator.spec.deploymentName" },
        { "session job", "spec.job", null, "spec.job", "operator.spec.job" },
        { "session job", "spec.job.jarURI", "clicks.jar", "spec.job.jarURI", "operator.spec.job.jarURI" },
        { "session job", "spec.job.jarURI", "local:///opt/flink/clicks.jar", "spec.job.jarURI", "operator.spec.job.jarURI" },
        { "session job", "spec.job.jarURI", "ftp://x/clicks.jar", "spec.job.jarURI", "operator.spec.job.jarURI" },
        { "session job", "spec.job.jarURI", "https://127.0.0.1/clicks.jar", "spec.job.jarURI", "operator.spec.job.jarURI" },
        { "session job", "spec.job.jarURI", "https://10.0.0.7/clicks.jar", "spec.job.jarURI", "operator.spec.job.jarURI" },
        { "session job", "spec.job.jarURI", "\"https://a b/clicks.jar\"", "spec.job.jarURI", "operator.spec.job.jarURI" },
        { "session job", "spec.job.parallelism", "two", "spec.job.parallelism", "schema.type" },
        { "session job", "spec.image", "flink:1.20", "spec.image", "schema.unknown" },
        { "session job", "spec.job.initialSavepointPath", "yesterday", "spec.job.initialSavepointPath", "path.scheme" },
        // Snapshots.
        { "snapshot", "spec.savepoint", null, "spec", "operator.spec" },
        { "snapshot", "spec.checkpoint", "{}", "spec", "operator.spec" },
        { "snapshot", "spec.jobReference", null, "spec.jobReference", "operator.spec.jobReference" },
        { "snapshot", "spec.jobReference.kind", "Deployment", "spec.jobReference.kind", "schema.enum" },
        { "snapshot", "spec.savepoint.formatType", "TEXT", "spec.savepoint.formatType", "schema.enum" },
        { "snapshot", "spec.savepoint.path", "savepoints/here", "spec.savepoint.path", "path.scheme" },
        { "snapshot", "spec.savepoint.alreadyExists", "true", "spec.savepoint.path", "path.missing" },
        { "snapshot", "spec.backoffLimit", "-2", "spec.backoffLimit", "snapshot.backoff" },
        { "snapshot", "spec.backoffLimit", "often", "spec.backoffLimit", "schema.type" },
        // Blue/green.
        { "blue/green", "spec.template", null, "spec.template.spec", "operator.spec.template.spec" },
        { "blue/green", "spec.template.spec.job", null, "spec.template.spec.job", "operator.spec.template.spec.job" },
        { "blue/green", "spec.template.spec.job.state", "suspended", "spec.template.spec.job.state", "operator.spec.template.spec.job.state" },
        { "blue/green", "spec.template.spec.job.parallelism", "0", "spec.template.spec.job.parallelism", "operator.spec.template.spec.job.parallelism" },
        { "blue/green", "metadata.name", "a-name-that-leaves-no-room-for-the-colour", "metadata.name", "operator.metadata.name" },
        { "blue/green", "spec.template.spec.serviceAccount", null, "spec.template.spec.serviceAccount", "operator.spec.template.spec.serviceAccount" },
        { "blue/green", "spec.configuration[kubernetes.operator.bluegreen.abort.grace-period]", "a while", "spec.configuration[kubernetes.operator.bluegreen.abort.grace-period]", "configuration.duration" },
    };

    /// <summary>Texts that are no manifest: text, rule, line.</summary>
    public static TheoryData<string, string, int> Texts => new()
    {
        { "kind: FlinkDeployment\n\tname: x\n", "yaml.tab", 2 },
        { "kind: FlinkDeployment\nkind: FlinkSessionJob\n", "yaml.duplicate", 2 },
        { "kind: a\n---\nkind: b\n", "yaml.documents", 2 },
        { "- kind: FlinkDeployment\n", "yaml.mapping", 1 },
        { "FlinkDeployment\n", "yaml.mapping", 1 },
        { "kind: &k FlinkDeployment\nother: *k\n", "yaml.anchor", 1 },
        { "kind: !!binary aGk=\n", "yaml.tag", 1 },
        { "kind: \"FlinkDeployment\nspec: {}\n", "yaml.syntax", 1 },
        { "spec: {job: {parallelism: 2}\nkind: x\n", "yaml.syntax", 1 },
        { "a: b: c\n", "yaml.syntax", 1 },
        { "spec:\n    job: 1\n  image: x\n", "yaml.syntax", 3 },
        { "? [a]\n: b\n", "yaml.key", 1 },
    };

    [Theory]
    [MemberData(nameof(Fields))]
    public void BadField_IsNamed_WithItsRule(string kind, string path, string? yaml, string field, string rule)
    {
        var manifest = BadInputs.With(kind, path, yaml);
        Assert.Null(manifest.Problem);

        var problems = ManifestCheck.Of(manifest, ContextOf(kind));

        var found = problems.Where(p => p.Field == field && p.Rule == rule).ToList();
        Assert.True(found.Count > 0, $"found {string.Join(" | ", problems.Select(p => $"{p.Field} {p.Rule} {p.Message}"))}");
        Assert.Equal(ProblemSeverity.Error, found[0].Severity);
        Assert.NotEmpty(found[0].Message);
        Assert.NotNull(found[0].Line);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void BadText_IsRefused_WithItsLine(string text, string rule, int line)
    {
        var problem = Assert.Single(ManifestCheck.Of(Manifest.Parse(text), ManifestContext.None));
        Assert.Equal((rule, ProblemSeverity.Error), (problem.Rule, problem.Severity));
        Assert.InRange(problem.Line!.Value, line, line + 1);
    }

    [Fact]
    public void HugeText_IsRefused()
    {
        Assert.Equal("yaml.size", Assert.Single(ManifestCheck.Of(Manifest.Parse(new string('a', 1_100_000)), ManifestContext.None)).Rule);
        Assert.Equal("yaml.depth", Assert.Single(ManifestCheck.Of(Manifest.Parse("a: " + new string('[', 5000) + new string(']', 5000)), ManifestContext.None)).Rule);
    }

    [Theory]
    [InlineData("application")]
    [InlineData("session job")]
    [InlineData("snapshot")]
    [InlineData("blue/green")]
    public void GoodManifest_HasNoProblem(string kind) => Assert.Empty(ManifestCheck.Of(Manifest.Parse(BadInputs.Of(kind)), ContextOf(kind)));

    [Fact]
    public void ThereAreEightyBadInputs() => Assert.True(Fields.Count + Texts.Count >= 80, $"{Fields.Count} + {Texts.Count}");

    private static ManifestContext ContextOf(string kind) => new()
    {
        Schema = RecordedSchemas.Of(kind switch { "session job" => "flinksessionjobs", "snapshot" => "flinkstatesnapshots", "application" => "flinkdeployments", _ => "flinkbluegreendeployments" }),
        ServiceAccounts = ["flink"],
    };
}
