using System.Text.Json;
using System.Text.Json.Nodes;
using FlinkDashboard.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace FlinkDashboard.Tests.Sandbox.Flink;

/// <summary>One of Flink's published OpenAPI descriptions of its REST API.</summary>
internal sealed class RestDescription
{
    // What real JobManagers send (recorded) and the descriptions leave out, by name of the key.
    private static readonly string[] Undescribed =
    [
        // old names kept beside new ones
        "backpressure-level", "start_time", "host", "location", "root-exception", "timestamp", "all-exceptions", "truncated", "optimizer_properties", "memorySegmentsAvailable", "memorySegmentsTotal", "execution-mode",
        // of completed or failed checkpoints and subtasks only, which have no description of their own
        "external_path", "discarded", "failure_timestamp", "failure_message", "ack_timestamp", "checkpointed_size", "end_to_end_duration", "state_size", "checkpoint", "alignment", "start_delay", "unaligned_checkpoint", "aborted", "status",
        // of /jobs/ID/config, which has a serializer of its own
        "jid", "name", "execution-config",
    ];

    // Where the descriptions are wrong about what is sent (recorded), by end of path.
    private static readonly Dictionary<string, string> Misdescribed = new()
    {
        [".slotSharingGroupId"] = "described as an object, sent as its id",
        [".serialized-user-task-accumulators"] = "described as objects, sent as base64",
    };

    private readonly YamlMappingNode root;

    private RestDescription(YamlMappingNode root) => this.root = root;

    /// <summary>Of a version, as <c>1.20</c>.</summary>
    public static RestDescription Of(string version)
    {
        var stream = new YamlStream();
        using var text = File.OpenText(Path.Combine(Repository.Schemas!, $"flink-rest-openapi-{version}.yml"));
        stream.Load(text);
        return new((YamlMappingNode)stream.Documents[0].RootNode);
    }

    /// <summary>It has GET for this path.</summary>
    public bool Has(string template) => Get(template) is not null;

    /// <summary>Names of the query parameters of a path.</summary>
    public IEnumerable<string> QueryKeys(string template) => Get(template) is { } get && Child(get, "parameters") is YamlSequenceNode parameters
        ? parameters.Children.Where(p => Text(p, "in") == "query").Select(p => Text(p, "name")!)
        : [];

    /// <summary>What is wrong with an answer, as <c>path: what</c>.</summary>
    public IEnumerable<string> Problems(string template, JsonNode? answer) =>
        Child(Child(Child(Child(Child(Get(template)!, "responses")!, "200")!, "content")!, "application/json")!, "schema") is { } schema ? Problems(schema, answer, "") : [];

    private IEnumerable<string> Problems(YamlNode schema, JsonNode? value, string path)
    {
        schema = Resolve(schema);
        if (value is null || Misdescribed.Keys.Any(m => path.EndsWith(m, StringComparison.Ordinal)) || IsOpaque(schema))
            return [];
        if (Child(schema, "enum") is YamlSequenceNode words && value.GetValueKind() == JsonValueKind.String && !words.Children.Any(w => w.ToString().Equals(value.ToString(), StringComparison.OrdinalIgnoreCase)))
            return [$"{path}: {value} is none of {words}"];
        return Text(schema, "type") switch
        {
            "object" => value is JsonObject o ? Properties(schema, o, path) : Bare(schema) is { } items && value is JsonArray bare ? bare.SelectMany(item => Problems(items, item, $"{path}[]")) : [$"{path}: {value.ToJsonString()} is no object"],
            "array" => value is JsonArray a ? a.SelectMany((item, i) => Problems(Child(schema, "items")!, item, $"{path}[]")) : [$"{path}: {value.ToJsonString()} is no array"],
            "integer" => value.GetValueKind() == JsonValueKind.Number && long.TryParse(value.ToJsonString(), out _) ? [] : [$"{path}: {value.ToJsonString()} is no whole number"],
            "number" => value.GetValueKind() == JsonValueKind.Number || value.ToJsonString() == "\"NaN\"" ? [] : [$"{path}: {value.ToJsonString()} is no number"],
            "boolean" => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? [] : [$"{path}: {value.ToJsonString()} is no boolean"],
            "string" => value.GetValueKind() == JsonValueKind.String || path.EndsWith(".plan", StringComparison.Ordinal) ? [] : [$"{path}: {value.ToJsonString()} is no text"],
            _ => [],
        };
    }

    private IEnumerable<string> Properties(YamlNode schema, JsonObject value, string path)
    {
        var known = Child(schema, "properties") as YamlMappingNode;
        var any = Child(schema, "additionalProperties");
        foreach (var (key, item) in value)
        {
            var property = known is null ? null : Child(known, key);
            if (property is not null || any is not null)
                foreach (var problem in Problems(property ?? any!, item, $"{path}.{key}"))
                    yield return problem;
            else if (known is not null && !Undescribed.Contains(key))
                yield return $"{path}.{key}: is not described";
        }
    }

    // Aggregated metrics have no description beyond "object", and are lists.
    private static bool IsOpaque(YamlNode schema) => Text(schema, "type") == "object" && Child(schema, "properties") is null && Child(schema, "additionalProperties") is null;

    // Lists of metrics are described as objects that hold one list; real JobManagers write the list alone.
    private YamlNode? Bare(YamlNode schema) =>
        Child(schema, "properties") is YamlMappingNode { Children.Count: 1 } only && Resolve(only.Children.Values.Single()) is var list && Text(list, "type") == "array" ? Child(list, "items") : null;

    private YamlNode Resolve(YamlNode schema)
    {
        while (Text(schema, "$ref") is { } reference)
            schema = Child(Child(Child(root, "components")!, "schemas")!, reference.Split('/')[^1])!;
        return schema;
    }

    private YamlNode? Get(string template) => Child(Child(root, "paths")!, template) is { } path ? Child(path, "get") : null;

    private static YamlNode? Child(YamlNode node, string key) => node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;

    private static string? Text(YamlNode node, string key) => (Child(node, key) as YamlScalarNode)?.Value;
}
