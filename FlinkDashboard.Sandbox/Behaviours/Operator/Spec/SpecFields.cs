namespace FlinkDashboard.Sandbox.Behaviours.Operator.Spec;

/// <summary>The spec classes of operator 1.15 as data, in the order Jackson writes them.</summary>
public static class SpecFields
{
    private static readonly SpecField Resource = new("resource", FieldKind.Nested)
    {
        Fields = [new("cpu", FieldKind.Real), new("memory", FieldKind.Text), new("ephemeralStorage", FieldKind.Text)],
    };

    private static readonly SpecField Job = new("job", FieldKind.Nested)
    {
        Fields =
        [
            new("jarURI", FieldKind.Text),
            new("parallelism", FieldKind.Whole) { Default = "0", ScalesStandalone = true },
            new("entryClass", FieldKind.Text),
            new("args", FieldKind.Texts) { Default = "[]" },
            new("state", FieldKind.Text) { Default = "\"running\"" },
            new("savepointTriggerNonce", FieldKind.Whole) { Weight = DiffType.Ignore, IgnoresNull = true },
            new("initialSavepointPath", FieldKind.Text) { Weight = DiffType.Ignore },
            new("checkpointTriggerNonce", FieldKind.Whole) { Weight = DiffType.Ignore, IgnoresNull = true },
            new("upgradeMode", FieldKind.Text) { Default = "\"stateless\"", Weight = DiffType.Ignore },
            new("allowNonRestoredState", FieldKind.Flag) { Weight = DiffType.Ignore },
            new("savepointRedeployNonce", FieldKind.Whole) { Weight = DiffType.SavepointRedeploy, IgnoresNull = true },
            new("autoscalerResetNonce", FieldKind.Whole) { Weight = DiffType.Ignore, IgnoresNull = true },
        ],
    };

    private static readonly IReadOnlyList<SpecField> Common =
    [
        Job,
        new("restartNonce", FieldKind.Whole) { IgnoresNull = true },
        new("flinkConfiguration", FieldKind.Configuration) { Default = "{}" },
    ];

    private static readonly IReadOnlyList<SpecField> OfDeployment =
    [
        new("image", FieldKind.Text),
        new("imagePullPolicy", FieldKind.Text),
        new("serviceAccount", FieldKind.Text),
        new("flinkVersion", FieldKind.Text),
        new("ingress", FieldKind.Composite)
        {
            Fields = [new("template", FieldKind.Text), new("className", FieldKind.Text), new("annotations", FieldKind.Map), new("labels", FieldKind.Map), new("tls", FieldKind.Template)],
        },
        new("podTemplate", FieldKind.Template),
        new("jobManager", FieldKind.Nested)
        {
            Fields = [Resource, new("replicas", FieldKind.Whole) { Default = "1" }, new("podTemplate", FieldKind.Template)],
        },
        new("taskManager", FieldKind.Nested)
        {
            Fields = [Resource, new("replicas", FieldKind.Whole) { ScalesStandalone = true }, new("podTemplate", FieldKind.Template)],
        },
        new("logConfiguration", FieldKind.Map),
        new("mode", FieldKind.Text),
    ];

    private static readonly IReadOnlyList<SpecField> OfSessionJob = [new("deploymentName", FieldKind.Text)];

    /// <summary>FlinkDeploymentSpec, as written: inherited fields first.</summary>
    public static readonly IReadOnlyList<SpecField> Deployment = [.. Common, .. OfDeployment];

    /// <summary>FlinkSessionJobSpec, as written.</summary>
    public static readonly IReadOnlyList<SpecField> SessionJob = [.. Common, .. OfSessionJob];

    /// <summary>The order of comparison: a class's own fields first (reflection), then the inherited ones.</summary>
    public static IReadOnlyList<SpecField> Compared(IReadOnlyList<SpecField> fields) => [.. fields.Skip(Common.Count), .. Common];
}
