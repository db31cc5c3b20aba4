using System.Text.Json;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Spec;

/// <summary>One changed field.</summary>
/// <param name="Path">Dotted path as the event's text names it.</param>
/// <param name="Before">Value before, as text.</param>
/// <param name="After">Value after, as text.</param>
/// <param name="Type">Weight of the change.</param>
public sealed record FieldDiff(string Path, string Before, string After, DiffType Type);

/// <summary>The difference of two specs and what it asks for (the operator's reflective diff builder).</summary>
public sealed class SpecDiff
{
    private readonly List<FieldDiff> _fields = [];
    private readonly bool _standalone;
    private readonly string _name;

    private SpecDiff(FlinkSpec before, FlinkSpec after, bool standalone)
    {
        _standalone = standalone;
        _name = before.IsSessionJob ? "FlinkSessionJobSpec" : "FlinkDeploymentSpec";
        foreach (var field in SpecFields.Compared(before.Fields))
            Compare("", field, before.Json[field.Name], after.Json[field.Name]);
    }

    /// <summary>Compares.</summary>
    /// <param name="before">Deployed spec.</param>
    /// <param name="after">Wanted spec.</param>
    /// <param name="standalone">The cluster runs in standalone mode, where replicas and parallelism can be scaled in place.</param>
    public static SpecDiff Between(FlinkSpec before, FlinkSpec after, bool standalone) => new(before, after, standalone);

    /// <summary>Changed fields in the order of the text.</summary>
    public IReadOnlyList<FieldDiff> Fields => _fields;

    /// <summary>The strongest change.</summary>
    public DiffType Type => _fields.Count == 0 ? DiffType.Ignore : _fields.Max(f => f.Type);

    /// <summary>Name of a type as the event's text has it.</summary>
    public static string NameOf(DiffType type) => type switch
    {
        DiffType.Ignore => "IGNORE",
        DiffType.Scale => "SCALE",
        DiffType.SavepointRedeploy => "SAVEPOINT_REDEPLOY",
        _ => "UPGRADE",
    };

    /// <summary><c>Diff: Class[field : before -> after, …]</c>, empty without changes.</summary>
    public override string ToString() =>
        _fields.Count == 0 ? "" : $"Diff: {_name}[{string.Join(", ", _fields.Select(f => $"{f.Path} : {f.Before} -> {f.After}"))}]";

    private void Compare(string prefix, SpecField field, JsonNode? before, JsonNode? after)
    {
        if (JsonNode.DeepEquals(before, after))
            return;
        var path = prefix + field.Name;
        if (field.Kind == FieldKind.Configuration)
            CompareConfiguration(path, ConfigurationText.Flatten(before), ConfigurationText.Flatten(after));
        else if (field.Kind == FieldKind.Nested && before is JsonObject b && after is JsonObject a)
            CompareNested(path, field, b, a);
        else
            _fields.Add(new FieldDiff(path, Text(before), Text(after), Weight(field, after)));
    }

    private void CompareNested(string path, SpecField field, JsonObject before, JsonObject after)
    {
        foreach (var inner in field.Fields)
            Compare(path + ".", inner, before[inner.Name], after[inner.Name]);
    }

    private void CompareConfiguration(string path, IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after)
    {
        foreach (var key in JavaOrder.Of(before.Keys.Concat(after.Keys)))
        {
            var old = before.GetValueOrDefault(key);
            var now = after.GetValueOrDefault(key);
            if (old != now)
                _fields.Add(new FieldDiff($"{path}.{key}", old ?? "null", now ?? "null", WeightOfKey(key)));
        }
    }

    private DiffType Weight(SpecField field, JsonNode? after) =>
        field.IgnoresNull && after is null ? DiffType.Ignore
        : field.ScalesStandalone && _standalone ? DiffType.Scale
        : field.Weight;

    private DiffType WeightOfKey(string key) => key switch
    {
        "parallelism.default" => DiffType.Ignore,
        "pipeline.jobvertex-parallelism-overrides" => _standalone ? DiffType.Upgrade : DiffType.Scale,
        _ when key.StartsWith("kubernetes.operator", StringComparison.Ordinal) || key.StartsWith("job.autoscaler", StringComparison.Ordinal) => DiffType.Ignore,
        _ => DiffType.Upgrade,
    };

    private static string Text(JsonNode? value) => value switch
    {
        null => "null",
        JsonValue v when v.GetValueKind() == JsonValueKind.String => (string)v!,
        JsonArray a when a.All(x => x is JsonValue) => $"[{string.Join(", ", a.Select(Text))}]",
        _ => value.ToJsonString(JsonText.Options),
    };
}
