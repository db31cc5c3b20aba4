using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FlinkDashboard.Model.OperatorRules;

namespace FlinkDashboard.Model.Manifests;

/// <summary>Holds a manifest against a schema, as the API server will, and names fields that it would drop without a word.</summary>
internal sealed class SchemaCheck(Manifest manifest, JsonObject root)
{
    private static readonly string[] ObjectFields = ["apiVersion", "kind", "metadata"];
    private readonly List<FieldProblem> _problems = [];

    public IReadOnlyList<FieldProblem> Problems()
    {
        foreach (var (key, value) in manifest.Json)
        {
            if (ObjectFields.Contains(key) || key == "status")
                continue;
            if (root["properties"]?[key] is JsonObject node)
                Node(key, value, node);
            else
                Unknown(key, key, root, ObjectFields);
        }
        return _problems;
    }

    private void Node(string path, JsonNode? value, JsonObject node)
    {
        if (value is null)
            return;
        var type = SchemaNode.Type(node);
        if (!IsOf(type, value))
        {
            Add(path, "schema.type", $"must be {Article(type)}, and is {Described(value)}");
            return;
        }
        Limits(path, value, node);
        if (value is JsonObject map)
            Map(path, map, node);
        else if (value is JsonArray list && node["items"] is JsonObject items)
            Items(path, list, items);
    }

    private void Items(string path, JsonArray list, JsonObject items)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is null && (bool?)items["nullable"] != true)
                Add(ManifestPath.At(path, i), "schema.type", $"must be {Article(SchemaNode.Type(items))}, and is null");
            else
                Node(ManifestPath.At(path, i), list[i], items);
        }
    }

    private void Map(string path, JsonObject map, JsonObject node)
    {
        foreach (var required in (node["required"] as JsonArray ?? []).Select(r => (string)r!).Where(r => map[r] is null))
            Add(ManifestPath.Below(path, required), "schema.required", "must be given");
        foreach (var (key, value) in map)
        {
            if (node["properties"]?[key] is JsonObject known)
                Node(ManifestPath.Below(path, key), value, known);
            else if (node["additionalProperties"] is JsonObject any)
                Node(ManifestPath.Below(path, key), value, any);
            else if (!SchemaNode.TakesUnknown(node))
                Unknown(ManifestPath.Below(path, key), key, node, []);
        }
    }

    private void Limits(string path, JsonNode value, JsonObject node)
    {
        var text = JavaText.Of(value);
        if (SchemaNode.Enum(node) is { Count: > 0 } allowed && !allowed.Contains(text))
            Add(path, "schema.enum", $"cannot be {text}; it must be one of {string.Join(", ", allowed)}{Nearby.Of(text, allowed)}");
        if (value.GetValueKind() == JsonValueKind.Number)
            Range(path, double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture), node);
        if (value.GetValueKind() == JsonValueKind.String)
            Text(path, text, node);
    }

    private void Range(string path, double number, JsonObject node)
    {
        if (SchemaNode.Number(node, "minimum") is { } least && number < least)
            Add(path, "schema.minimum", string.Create(CultureInfo.InvariantCulture, $"must be at least {least}, and is {number}"));
        if (SchemaNode.Number(node, "maximum") is { } most && number > most)
            Add(path, "schema.maximum", string.Create(CultureInfo.InvariantCulture, $"must be at most {most}, and is {number}"));
        if ((string?)node["format"] == "int32" && number is < int.MinValue or > int.MaxValue)
            Add(path, "schema.format", string.Create(CultureInfo.InvariantCulture, $"must fit in 32 bits, and is {number}"));
    }

    private void Text(string path, string text, JsonObject node)
    {
        if ((string?)node["pattern"] is { } pattern && !Matches(text, pattern))
            Add(path, "schema.pattern", $"must match {pattern}, and is \"{text}\"");
        if (SchemaNode.Number(node, "minLength") is { } least && text.Length < least)
            Add(path, "schema.minLength", string.Create(CultureInfo.InvariantCulture, $"must have at least {least} characters"));
        if (SchemaNode.Number(node, "maxLength") is { } most && text.Length > most)
            Add(path, "schema.maxLength", string.Create(CultureInfo.InvariantCulture, $"must have at most {most} characters"));
    }

    // A pattern that this platform cannot read, or that takes too long, judges nothing.
    private static bool Matches(string text, string pattern)
    {
        try
        {
            return Regex.IsMatch(text, pattern, RegexOptions.None, TimeSpan.FromMilliseconds(100));
        }
        catch (Exception e) when (e is ArgumentException or RegexMatchTimeoutException)
        {
            return true;
        }
    }

    private void Unknown(string path, string key, JsonObject node, IReadOnlyList<string> more) =>
        Add(path, "schema.unknown", $"is no field of this kind; the API server would drop it{Nearby.Of(key, [.. (node["properties"] as JsonObject ?? []).Select(p => p.Key), .. more])}");

    private void Add(string path, string rule, string message)
    {
        var place = manifest.Nearest(path);
        _problems.Add(new FieldProblem(path, $"{path} {message}.", ProblemSeverity.Error, ProblemSource.Schema) { Rule = rule, Line = place?.Line, Column = place?.Column });
    }

    private static bool IsOf(string type, JsonNode value) => (type, value.GetValueKind()) switch
    {
        ("", _) or ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) or ("number", JsonValueKind.Number) or ("int-or-string", JsonValueKind.String) => true,
        ("integer" or "int-or-string", JsonValueKind.Number) => double.IsInteger(double.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture)),
        _ => false,
    };

    private static string Article(string type) => type switch
    {
        "object" => "a mapping",
        "array" => "a list",
        "string" => "text (put it in quotes)",
        "integer" => "a whole number",
        "number" => "a number",
        "boolean" => "true or false",
        _ => "a whole number or text",
    };

    private static string Described(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.Object => "a mapping",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => $"the text \"{Short(value.GetValue<string>())}\"",
        _ => value.ToJsonString(),
    };

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
