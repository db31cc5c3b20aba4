using System.Globalization;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Spec;

/// <summary>A spec as the operator holds it: every field present, defaults applied, in the order it writes them. Changeable; clone before sharing.</summary>
public sealed class FlinkSpec
{
    private readonly IReadOnlyList<SpecField> _fields;

    private FlinkSpec(IReadOnlyList<SpecField> fields, JsonObject json)
    {
        _fields = fields;
        Json = json;
    }

    /// <summary>The normalised JSON.</summary>
    public JsonObject Json { get; }

    /// <summary>The spec of a FlinkSessionJob.</summary>
    public bool IsSessionJob => ReferenceEquals(_fields, SpecFields.SessionJob);

    /// <summary>Fields of the class.</summary>
    public IReadOnlyList<SpecField> Fields => _fields;

    /// <summary>The job section, or null for a session cluster.</summary>
    public JsonObject? Job => Json["job"] as JsonObject;

    /// <summary>job.state is suspended.</summary>
    public bool IsSuspended => JobText("state") == "suspended";

    /// <summary>job.upgradeMode: stateless, savepoint, last-state; null for a session cluster.</summary>
    public string? UpgradeMode
    {
        get => JobText("upgradeMode");
        set => Job!["upgradeMode"] = value;
    }

    /// <summary>job.state.</summary>
    public string? JobState
    {
        get => JobText("state");
        set => Job!["state"] = value;
    }

    /// <summary>spec.mode is standalone.</summary>
    public bool IsStandalone => (string?)Json["mode"] == "standalone";

    /// <summary>spec.flinkVersion.</summary>
    public string? FlinkVersion => (string?)Json["flinkVersion"];

    /// <summary>flinkConfiguration with flat keys.</summary>
    public IReadOnlyDictionary<string, string> Configuration => ConfigurationText.Flatten(Json["flinkConfiguration"]);

    /// <summary>Sets a key of flinkConfiguration, as the operator does in its own copy.</summary>
    public void Configure(string key, string value)
    {
        if (Json["flinkConfiguration"] is not JsonObject configuration)
            Json["flinkConfiguration"] = configuration = [];
        Remove(configuration, key);
        configuration[key] = value;
    }

    // A key may also stand there in nested form.
    private static void Remove(JsonObject configuration, string key)
    {
        configuration.Remove(key);
        foreach (var (name, value) in configuration.ToList())
        {
            if (value is JsonObject nested && key.StartsWith(name + ".", StringComparison.Ordinal))
                Remove(nested, key[(name.Length + 1)..]);
        }
    }

    /// <summary>Reads the spec of a custom resource as the API server hands it out: with sorted keys.</summary>
    public static FlinkSpec Of(WorldObject resource) =>
        From(SortedJson.Of(resource.Read()["spec"]), resource.Type == ResourceTypes.FlinkSessionJobs);

    /// <summary>Reads a spec.</summary>
    /// <param name="node">The spec, or null.</param>
    /// <param name="sessionJob">It is a FlinkSessionJob's.</param>
    public static FlinkSpec From(JsonNode? node, bool sessionJob = false)
    {
        var fields = sessionJob ? SpecFields.SessionJob : SpecFields.Deployment;
        return new FlinkSpec(fields, Normalise(fields, node as JsonObject ?? []));
    }

    /// <summary>A copy.</summary>
    public FlinkSpec Clone() => new(_fields, Json.DeepClone().AsObject());

    /// <summary>Text of a job field.</summary>
    public string? JobText(string field) => (string?)Job?[field];

    /// <summary>Number of a job field, null when absent.</summary>
    public long? JobNumber(string field) => (long?)Job?[field];

    /// <summary>Same content.</summary>
    public bool SameAs(FlinkSpec? other) => other is not null && JsonNode.DeepEquals(Json, other.Json);

    /// <summary>JSON text as Jackson writes it.</summary>
    public override string ToString() => Json.ToJsonString(JsonText.Options);

    private static JsonObject Normalise(IReadOnlyList<SpecField> fields, JsonObject given)
    {
        var result = new JsonObject();
        foreach (var field in fields)
            result[field.Name] = given[field.Name] is { } value ? Value(field, value) : JsonNode.Parse(field.Default);
        return result;
    }

    private static JsonNode? Value(SpecField field, JsonNode value) => field.Kind switch
    {
        FieldKind.Nested or FieldKind.Composite => Normalise(field.Fields, value as JsonObject ?? []),
        FieldKind.Real => JsonNode.Parse(RealText((double)value.AsValue())),
        _ => value.DeepClone(),
    };

    private static string RealText(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.Contains('.') || text.Contains('E') ? text : text + ".0";
    }
}
