using FlinkDashboard.Model.Manifests;

namespace FlinkDashboard.Ui.Editing;

/// <summary>The form of each kind: which fields, with the operator's meaning and defaults. Fields that only some definitions have are shown where the installed one has them.</summary>
public static class FormSections
{
    private static readonly string[] Modes = ["native", "standalone"];
    private static readonly string[] UpgradeModes = ["stateless", "savepoint", "last-state"];

    /// <summary>Where the spec of the deployment stands: a blue/green object holds it in a template.</summary>
    public static string SpecOf(string? kind) => kind == "FlinkBlueGreenDeployment" ? "spec.template.spec" : "spec";

    /// <summary>All fields of a deployment and of a session job, whatever the installed definition has.</summary>
    internal static IReadOnlyList<FormSection> Every()
    {
        FormSection[] all = [Identity(FormOptions.None), Version(null, FormOptions.None, "spec"), Job(false), Processes, StateSection, .. Behaviour, Autoscaler, Monitoring];
        return [.. all.Select(section => section with { Fields = [.. section.Fields.Select(one => one.Under("spec"))] })];
    }

    /// <summary>The sections for a manifest's kind.</summary>
    /// <param name="schema">The installed definition; null when it is not known: then fields that not every definition has stay away.</param>
    public static IReadOnlyList<FormSection> Of(Manifest manifest, CrdSchema? schema, FormOptions options)
    {
        var spec = SpecOf(manifest.Kind);
        var session = manifest.Kind == "FlinkSessionJob";
        IEnumerable<FormSection> all = session
            ? [Identity(options), Job(true), .. Behaviour]
            : [Identity(options), Version(schema, options, spec), .. manifest.Has(spec + ".job") ? (FormSection[])[Job(false)] : [], Processes, StateSection, .. Behaviour, Autoscaler, Monitoring];
        return [.. all.Select(section => section with { Fields = [.. section.Fields.Select(field => field.Under(spec)).Where(field => Shown(field, schema, session))] }).Where(section => section.Fields.Count > 0)];
    }

    private static bool Shown(FormField field, CrdSchema? schema, bool session) =>
        field.NeedsSchema ? schema?.Has(field.Path) == true
        : session ? !field.Path.EndsWith(".mode", StringComparison.Ordinal)
        : !field.Path.EndsWith(".deploymentName", StringComparison.Ordinal);

    private static FormSection Identity(FormOptions options) => new("identity", "Identity",
    [
        new("metadata.name", "Name", FieldInput.Text, "Names the object and all that is made for it. Lower-case letters, digits and hyphens, at most 45.") { Required = true, Fixed = true },
        new("metadata.namespace", "Namespace", options.Namespaces.Count > 0 ? FieldInput.Choice : FieldInput.Text, "Its pods run here, under this namespace's quota and rights.") { Required = true, Fixed = true, Choices = options.Namespaces },
        new("~.deploymentName", "Session cluster", options.Clusters.Count > 0 ? FieldInput.Choice : FieldInput.Text, "The cluster that runs the job, in the same namespace. Cannot be changed later.") { Required = true, Fixed = true, Choices = options.Clusters },
        new("~.mode", "Mode", FieldInput.Choice, "native: Flink itself asks Kubernetes for TaskManagers. standalone: the operator makes them. Cannot be changed later.") { Default = "native", Choices = Modes },
    ]);

    private static FormSection Version(CrdSchema? schema, FormOptions options, string spec) => new("version", "Flink version and image",
    [
        new("~.flinkVersion", "Flink version", FieldInput.Choice, "Must fit what is in the image; the operator talks to Flink accordingly.") { Required = true, Choices = Versions(schema, spec) },
        new("~.emrReleaseLabel", "EMR release", FieldInput.Text, "EMR chooses the image by it.") { NeedsSchema = true, Choices = options.Releases },
        new("~.executionRoleArn", "Execution role", FieldInput.Text, "IAM role of the pods: reads the jar, writes state and logs.") { NeedsSchema = true },
        new("~.image", "Image", FieldInput.Text, "Runs as JobManager and TaskManager.") { Default = "by Flink version, or by EMR release" },
        new("~.imagePullPolicy", "Pull the image", FieldInput.Choice, "Always asks the registry at each start of a pod.") { Default = "as Kubernetes: Always for :latest, else IfNotPresent", Choices = ["Always", "IfNotPresent", "Never"] },
        new("~.serviceAccount", "Service account", FieldInput.Text, "Rights of the pods in Kubernetes; on EKS also their IAM role.") { Required = true, Choices = options.Accounts },
    ]);

    private static FormSection Job(bool session) => new("job", "Job",
    [
        new("~.job.jarURI", "Jar", FieldInput.Text, session ? "The operator downloads it: https, unless its configuration allows more." : "local:// is a file in the image; s3:// and https:// are fetched where the image can."),
        new("~.job.entryClass", "Entry class", FieldInput.Text, "Class whose main method builds the job.") { Default = "named by the jar's manifest" },
        new("~.job.args", "Arguments", FieldInput.Lines, "Passed to the main method, one a line."),
        new("~.job.parallelism", "Parallelism", FieldInput.Number, "Parallel instances of each operator. TaskManagers follow: parallelism divided by slots.") { Required = true },
        new("~.job.upgradeMode", "Upgrade mode", FieldInput.Choice, "How state is carried over a change. savepoint: stopped with a savepoint. last-state: from the latest checkpoint, even of a failing job. stateless: none.") { Default = "stateless", Choices = UpgradeModes },
        new("~.job.state", "Wanted state", FieldInput.Choice, "suspended stops it and keeps its state as the upgrade mode says.") { Default = "running", Choices = ["running", "suspended"] },
        new("~.job.initialSavepointPath", "Start from savepoint", FieldInput.Text, "Used at the first start and when a redeployment is asked for; otherwise ignored.") { Default = "starts empty" },
        new("~.job.allowNonRestoredState", "Drop state without an operator", FieldInput.Toggle, "Starts even if the savepoint holds state of operators that the job no longer has.") { Default = "false" },
    ]);

    private static FormSection Processes { get; } = new("processes", "JobManager and TaskManagers",
    [
        new("~.jobManager.resource.memory", "JobManager memory", FieldInput.Text, "All memory of the process, 2048m or 2Gi. The pod's request and limit.") { Required = true },
        new("~.jobManager.resource.cpu", "JobManager CPU", FieldInput.Number, "Cores.") { Default = "1" },
        new("~.jobManager.replicas", "JobManagers", FieldInput.Number, "More than one stand by for the leader and need high availability.") { Default = "1" },
        new("~.taskManager.resource.memory", "TaskManager memory", FieldInput.Text, "All memory of the process: heap, managed memory, network, and what the JVM takes.") { Required = true },
        new("~.taskManager.resource.cpu", "TaskManager CPU", FieldInput.Number, "Cores, shared by its slots.") { Default = "1" },
        new("~.flinkConfiguration[taskmanager.numberOfTaskSlots]", "Slots per TaskManager", FieldInput.Number, "Each slot runs one parallel instance of the job.") { Default = "1" },
        new("~.taskManager.replicas", "TaskManagers", FieldInput.Number, "Sets the parallelism to this times the slots and overrides the job's. For native clusters leave it to the parallelism.") { Default = "parallelism ÷ slots" },
    ]);

    private static FormSection StateSection { get; } = new("state", "State and high availability",
    [
        new("~.flinkConfiguration[state.checkpoints.dir]", "Checkpoints in", FieldInput.Text, "A place that outlives pods and nodes, such as s3://. The upgrade modes savepoint and last-state need it.") { Also = ["~.flinkConfiguration[execution.checkpointing.dir]"] },
        new("~.flinkConfiguration[execution.checkpointing.interval]", "Checkpoint every", FieldInput.Text, "Work since the latest checkpoint is repeated after a failure.") { Default = "none, except last-state: 5 min" },
        new("~.flinkConfiguration[state.savepoints.dir]", "Savepoints in", FieldInput.Text, "Needed by upgrade mode savepoint and for savepoints on demand.") { Also = ["~.flinkConfiguration[execution.checkpointing.savepoint-dir]"] },
        new("~.flinkConfiguration[high-availability.type]", "High availability", FieldInput.Choice, "kubernetes: a lost JobManager comes back with the job's latest checkpoint. Needed by last-state and by rollback.") { Default = "NONE", Choices = ["kubernetes", "NONE"], Also = ["~.flinkConfiguration[high-availability]"] },
        new("~.flinkConfiguration[high-availability.storageDir]", "High-availability data in", FieldInput.Text, "Of this application alone: two that share it would read each other's job."),
        new("~.jobManager.highAvailabilityEnabled", "EMR high availability", FieldInput.Toggle, "EMR's switch; starts a second JobManager that stands by.") { Default = "true", NeedsSchema = true },
        new("~.jobManager.storageDir", "EMR high-availability data in", FieldInput.Text, "Of this application alone.") { NeedsSchema = true },
        new("~.flinkConfiguration[state.backend.type]", "State backend", FieldInput.Choice, "rocksdb keeps state on disk and takes incremental checkpoints; hashmap keeps it on the heap.") { Default = "hashmap", Choices = ["hashmap", "rocksdb"], Also = ["~.flinkConfiguration[state.backend]"] },
    ]);

    private static FormSection[] Behaviour { get; } =
    [
        new("operator", "What the operator does by itself",
        [
            Operator("deployment.rollback.enabled", "Roll back", FieldInput.Toggle, "A change that does not become stable in time is taken back to the last stable spec. Needs high availability.", "false"),
            Operator("deployment.readiness.timeout", "Time to become stable", FieldInput.Text, "After it, a change counts as failed.", "5 min"),
            Operator("job.upgrade.last-state-fallback.enabled", "Fall back to last state", FieldInput.Toggle, "Upgrade mode savepoint takes the latest checkpoint when the job is not running.", "true"),
            Operator("job.upgrade.last-state.max.allowed.checkpoint.age", "Oldest checkpoint for last-state", FieldInput.Text, "With an older one a savepoint is taken instead, where the job runs.", "any age"),
            Operator("periodic.savepoint.interval", "Savepoint every", FieldInput.Text, "Savepoints by the clock, beside checkpoints.", "none"),
            Operator("savepoint.history.max.count", "Savepoints kept", FieldInput.Number, "Older ones that the operator took are deleted.", "10"),
            Operator("job.restart.failed", "Restart a failed job", FieldInput.Toggle, "A job that ended as failed is submitted again.", "false"),
        ], Open: false),
    ];

    private static FormSection Autoscaler { get; } = new("autoscaler", "Autoscaler",
    [
        Scaling("enabled", "Autoscaler", FieldInput.Toggle, "Collects metrics and decides parallelism for each operator of the job.", "false"),
        Scaling("scaling.enabled", "Apply its decisions", FieldInput.Toggle, "false: only advice, as events.", "true"),
        Scaling("stabilization.interval", "Wait after a rescale", FieldInput.Text, "No decision until metrics have settled. Seconds make it swing.", "5 min"),
        Scaling("metrics.window", "Metrics window", FieldInput.Text, "Decisions rest on averages over it.", "15 min"),
        Scaling("utilization.target", "Busy time aimed at", FieldInput.Number, "Share of time that tasks should be busy, 0 to 1.", "0.7"),
        Scaling("target.utilization.boundary", "Tolerated distance", FieldInput.Number, "Within it of the target nothing is rescaled.", "0.3"),
        Scaling("catch-up.duration", "Time to catch up", FieldInput.Text, "A backlog should be worked off within it after a rescale.", "30 min"),
        Scaling("restart.time", "Time a restart takes", FieldInput.Text, "Is counted as lost when capacity is planned.", "5 min"),
        new("~.flinkConfiguration[pipeline.max-parallelism]", "Max parallelism", FieldInput.Number, "No operator can go above it; fixed once state exists. Numbers with many divisors spread evenly.") { Default = "by parallelism, at least 128" },
    ], Open: false);

    private static FormSection Monitoring { get; } = new("monitoring", "Logs (EMR)",
    [
        Emr("s3MonitoringConfiguration.logUri", "Logs to S3", "Logs of all containers are copied there."),
        Emr("cloudWatchMonitoringConfiguration.logGroupName", "CloudWatch log group", "Must exist, or the role must be allowed to make it."),
        Emr("cloudWatchMonitoringConfiguration.logStreamNamePrefix", "CloudWatch stream prefix", "Begins the name of each stream."),
        Emr("containerLogRotationConfiguration.rotationSize", "Rotate logs at", "Size of one file, 2KB to 2GB."),
        Emr("containerLogRotationConfiguration.maxFilesToKeep", "Log files kept", "1 to 50."),
        Emr("sideCarResources.limits.cpuLimit", "Log sidecar CPU", "Comes on top of each pod."),
        Emr("sideCarResources.limits.memoryLimit", "Log sidecar memory", "Comes on top of each pod."),
    ], Open: false);

    private static FormField Operator(string key, string label, FieldInput input, string meaning, string fallback) =>
        new($"~.flinkConfiguration[kubernetes.operator.{key}]", label, input, meaning) { Default = fallback };

    // Operators before 1.7, and EMR until 7.1, take these keys with their own prefix only.
    private static FormField Scaling(string key, string label, FieldInput input, string meaning, string fallback) =>
        new($"~.flinkConfiguration[job.autoscaler.{key}]", label, input, meaning) { Default = fallback, Also = [$"~.flinkConfiguration[kubernetes.operator.job.autoscaler.{key}]"] };

    private static FormField Emr(string key, string label, string meaning) => new($"~.monitoringConfiguration.{key}", label, FieldInput.Text, meaning) { NeedsSchema = true };

    private static IReadOnlyList<string> Versions(CrdSchema? schema, string spec) =>
        schema?.Field(spec + ".flinkVersion")?.Enum.Where(version => version is not ("v1_13" or "v1_14")).Reverse().ToArray() is { Length: > 0 } known ? known : ["v2_2", "v2_1", "v2_0", "v1_20", "v1_19", "v1_18", "v1_17"];
}
