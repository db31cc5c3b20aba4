namespace FlinkDashboard.Model.Readings;

/// <summary>What a setting's value looks like.</summary>
public enum SettingShape
{
    /// <summary>true or false.</summary>
    Switch,

    /// <summary>A duration as Flink writes it: <c>10 min</c>.</summary>
    Duration,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Anything else.</summary>
    Text,
}

/// <summary>An operator or autoscaler key that may stand in flinkConfiguration.</summary>
/// <param name="Key">The key.</param>
/// <param name="Default">The operator's default, unless whoever runs it changed that; null for none.</param>
/// <param name="Meaning">What it does, one clause.</param>
/// <param name="OldKeys">Other spellings that are still read, in order.</param>
public sealed record SettingInfo(string Key, SettingShape Shape, string? Default, string Meaning, params string[] OldKeys)
{
    /// <summary>What this value would break; null when it is well formed. An empty value takes the setting away.</summary>
    public string? Refusal(string value) => value.Length == 0 ? null : Shape switch
    {
        SettingShape.Switch when value is not ("true" or "false") => "It is true or false.",
        SettingShape.Duration when FlinkDuration.Parse(value) is null && !IsCron(value) => "It is a duration: a number and a unit, for instance 10 min, 1 h or 1 d.",
        SettingShape.Number when !double.TryParse(value, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _) => "It is a number, with a point for fractions.",
        _ => null,
    };

    // Periodic snapshots may follow a Quartz cron expression: six or seven fields.
    private bool IsCron(string value) => Key.Contains(".periodic.", StringComparison.Ordinal) && value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length is 6 or 7;
}

/// <summary>A setting with its value on one object.</summary>
/// <param name="Value">As the object says; null when it says nothing and the default applies.</param>
/// <param name="SetBy">The key that says so: the setting's own or an old one.</param>
public sealed record SettingReading(SettingInfo Info, string? Value, string? SetBy);

/// <summary>Keys of the operator that a team sets on its own applications (operator configuration, dynamic section; autoscaler options), with defaults and meaning.</summary>
public static class OperatorSettings
{
    /// <summary>When savepoints and checkpoints are taken by the operator, and how long their objects are kept.</summary>
    public static IReadOnlyList<SettingInfo> Snapshots { get; } =
    [
        new("kubernetes.operator.periodic.savepoint.interval", SettingShape.Duration, null, "takes a savepoint this often; a Quartz cron expression works, too"),
        new("kubernetes.operator.periodic.checkpoint.interval", SettingShape.Duration, null, "takes a full checkpoint this often, beside Flink's own"),
        new("kubernetes.operator.savepoint.history.max.count", SettingShape.Number, "10", "keeps this many periodic and upgrade savepoints"),
        new("kubernetes.operator.savepoint.history.max.age", SettingShape.Duration, "1 d", "keeps periodic and upgrade savepoints this long"),
        new("kubernetes.operator.savepoint.cleanup.enabled", SettingShape.Switch, "true", "cleans up by count and age; savepoints taken by hand are never cleaned up"),
        new("kubernetes.operator.savepoint.dispose-on-delete", SettingShape.Switch, "false", "deletes the files with the object, for savepoints that the operator takes"),
        new("kubernetes.operator.savepoint.format.type", SettingShape.Text, "CANONICAL", "CANONICAL can be moved between state backends, NATIVE is faster"),
        new("kubernetes.operator.snapshot.resource.enabled", SettingShape.Switch, "true", "writes snapshots as objects of their own instead of into the status"),
    ];

    /// <summary>The autoscaler's settings, the ones changed most first.</summary>
    public static IReadOnlyList<SettingInfo> Autoscaler { get; } =
    [
        Scaler("enabled", SettingShape.Switch, "false", "watches the job and decides on the parallelism of each vertex"),
        Scaler("scaling.enabled", SettingShape.Switch, "true", "carries its decisions out; off: it only advises"),
        Scaler("utilization.target", SettingShape.Number, "0.7", "share of the time that a vertex shall be busy", "job.autoscaler.target.utilization"),
        Scaler("utilization.max", SettingShape.Number, null, "busier than this: scale up (default: target + 0.3)"),
        Scaler("utilization.min", SettingShape.Number, null, "less busy than this: scale down (default: target − 0.3)"),
        Scaler("metrics.window", SettingShape.Duration, "15 min", "decides on averages over this time"),
        Scaler("stabilization.interval", SettingShape.Duration, "5 min", "waits this long after a start before it measures"),
        Scaler("scale-down.interval", SettingShape.Duration, "1 h", "waits this long before it scales down", "job.autoscaler.scale-up.grace-period"),
        Scaler("scale-up.max-factor", SettingShape.Number, "100000", "grows at most by this factor at once"),
        Scaler("scale-down.max-factor", SettingShape.Number, "0.6", "shrinks at most by this share at once"),
        Scaler("vertex.min-parallelism", SettingShape.Number, "1", "never goes below"),
        Scaler("vertex.max-parallelism", SettingShape.Number, "200", "never goes above"),
        Scaler("vertex.exclude.ids", SettingShape.Text, null, "leaves these vertices alone (separated by ;)"),
        Scaler("excluded.periods", SettingShape.Text, null, "does not scale at these times (9:30-10:30; …)"),
        Scaler("catch-up.duration", SettingShape.Duration, "30 min", "works a backlog off within this time; 0 ignores backlogs"),
        Scaler("restart.time", SettingShape.Duration, "5 min", "reckons with this long for a restart"),
        Scaler("memory.tuning.enabled", SettingShape.Switch, "false", "fits the TaskManagers' memory to what is used"),
        Scaler("quota.cpu", SettingShape.Number, null, "never asks for more CPU than this for the whole job"),
        Scaler("quota.memory", SettingShape.Text, null, "never asks for more memory than this for the whole job"),
    ];

    /// <summary>Settings with what this configuration says of them.</summary>
    public static IReadOnlyList<SettingReading> Of(IReadOnlyList<SettingInfo> infos, StringMap configuration) =>
        [.. infos.Select(info => info.OldKeys.Prepend(info.Key).FirstOrDefault(key => configuration[key] is not null) is { } key ? new SettingReading(info, configuration[key], key) : new(info, null, null))];

    /// <summary>The autoscaler is switched on.</summary>
    public static bool ScalesItself(StringMap configuration) => Of([Autoscaler[0]], configuration)[0].Value?.Equals("true", StringComparison.OrdinalIgnoreCase) == true;

    // Until operator 1.7 the keys began with kubernetes.operator.; both are read.
    private static SettingInfo Scaler(string name, SettingShape shape, string? otherwise, string meaning, params string[] old) =>
        new("job.autoscaler." + name, shape, otherwise, meaning, [$"kubernetes.operator.job.autoscaler.{name}", .. old, .. old.Select(key => "kubernetes.operator." + key)]);
}
