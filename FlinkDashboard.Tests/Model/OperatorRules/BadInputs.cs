using FlinkDashboard.Model.Manifests;

namespace FlinkDashboard.Tests.Model.OperatorRules;

/// <summary>Manifests that are right, to be made wrong in one place.</summary>
internal static class BadInputs
{
    public const string Application = """
        apiVersion: flink.apache.org/v1beta1
        kind: FlinkDeployment
        metadata:
          name: orders
          namespace: team-a
          labels: {team: a}
        spec:
          image: flink:1.20
          flinkVersion: v1_20
          serviceAccount: flink
          flinkConfiguration:
            taskmanager.numberOfTaskSlots: "2"
            execution.checkpointing.interval: 1 min
            state.checkpoints.dir: s3://bucket/checkpoints
            state.savepoints.dir: s3://bucket/savepoints
            high-availability.type: kubernetes
            high-availability.storageDir: s3://bucket/ha
          jobManager:
            resource: {cpu: 1, memory: 2048m}
          taskManager:
            resource: {cpu: 1, memory: 2048m}
          job:
            jarURI: local:///opt/flink/job.jar
            parallelism: 4
            upgradeMode: savepoint
            state: running
        """;

    public const string SessionJob = """
        apiVersion: flink.apache.org/v1beta1
        kind: FlinkSessionJob
        metadata:
          name: clicks
          namespace: team-a
        spec:
          deploymentName: cluster
          job:
            jarURI: https://repo.example.com/clicks.jar
            parallelism: 2
            upgradeMode: stateless
        """;

    public const string Snapshot = """
        apiVersion: flink.apache.org/v1beta1
        kind: FlinkStateSnapshot
        metadata:
          name: before-release
          namespace: team-a
        spec:
          backoffLimit: 1
          jobReference: {kind: FlinkDeployment, name: orders}
          savepoint: {}
        """;

    public const string BlueGreen = """
        apiVersion: flink.apache.org/v1beta1
        kind: FlinkBlueGreenDeployment
        metadata:
          name: orders
          namespace: team-a
        spec:
          configuration:
            kubernetes.operator.bluegreen.abort.grace-period: 5 min
          template:
            spec:
              image: flink:1.20
              flinkVersion: v1_20
              serviceAccount: flink
              flinkConfiguration:
                state.checkpoints.dir: s3://bucket/checkpoints
                state.savepoints.dir: s3://bucket/savepoints
                execution.checkpointing.interval: 1 min
              jobManager:
                resource: {cpu: 1, memory: 2048m}
              taskManager:
                resource: {cpu: 1, memory: 2048m}
              job: {jarURI: "local:///opt/flink/job.jar", parallelism: 2, upgradeMode: savepoint}
        """;

    /// <summary>One of them by its kind.</summary>
    public static string Of(string kind) => kind switch
    {
        "application" => Application,
        "session job" => SessionJob,
        "snapshot" => Snapshot,
        _ => BlueGreen,
    };

    /// <summary>The manifest with one value changed: plain YAML, so that numbers stay numbers; null takes the field away.</summary>
    public static Manifest With(string kind, string path, string? yaml)
    {
        var manifest = Manifest.Parse(Of(kind));
        if (yaml is null)
            return manifest.With(path, null);
        const string mark = "xxx-value-xxx";
        return Manifest.Parse(manifest.With(path, mark, ScalarKind.Text).Text.Replace($"\"{mark}\"", yaml, StringComparison.Ordinal).Replace(mark, yaml, StringComparison.Ordinal));
    }
}
