using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>JSON patch, RFC 6902. A failing operation throws <see cref="FormatException"/> with the reason.</summary>
internal static class JsonPatch
{
    /// <summary>Applies all operations; the input is changed.</summary>
    public static JsonNode? Apply(JsonNode? document, JsonNode? operations)
    {
        if (operations is not JsonArray list)
            throw new FormatException("the patch is no array");
        foreach (var item in list)
        {
            if (item is not JsonObject operation)
                throw new FormatException("an operation is no object");
            document = One(document, operation);
        }
        return document;
    }

    private static JsonNode? One(JsonNode? document, JsonObject operation)
    {
        var op = Text(operation, "op");
        var path = Text(operation, "path");
        switch (op)
        {
            case "add":
                return Add(document, path, Value(operation));
            case "remove":
                return Remove(document, path).Document;
            case "replace":
                Find(document, path);
                return path.Length == 0 ? Value(operation) : Add(Remove(document, path).Document, path, Value(operation));
            case "move":
                var (rest, moved) = Remove(document, Text(operation, "from"));
                return Add(rest, path, moved);
            case "copy":
                return Add(document, path, Find(document, Text(operation, "from"))?.DeepClone());
            case "test":
                return JsonNode.DeepEquals(Find(document, path), Value(operation)) ? document : throw new FormatException($"testing value {path} failed: test failed");
            default:
                throw new FormatException($"Unexpected kind: {op}");
        }
    }

    private static JsonNode? Add(JsonNode? document, string path, JsonNode? value)
    {
        if (path.Length == 0)
            return value;
        var (parent, last) = Parent(document, path);
        switch (parent)
        {
            case JsonObject o:
                o[last] = value;
                break;
            case JsonArray a:
                a.Insert(last == "-" ? a.Count : Index(a, last, a.Count), value);
                break;
            default:
                throw Missing("add", path);
        }
        return document;
    }

    private static (JsonNode? Document, JsonNode? Removed) Remove(JsonNode? document, string path)
    {
        if (path.Length == 0)
            return (null, document);
        var (parent, last) = Parent(document, path);
        switch (parent)
        {
            case JsonObject o when o.TryGetPropertyValue(last, out var value):
                o.Remove(last);
                return (document, value);
            case JsonArray a:
                var index = Index(a, last, a.Count - 1);
                var item = a[index];
                a.RemoveAt(index);
                return (document, item);
            default:
                throw Missing("remove", path);
        }
    }

    private static JsonNode? Find(JsonNode? document, string path)
    {
        if (path.Length == 0)
            return document;
        var (parent, last) = Parent(document, path);
        return parent switch
        {
            JsonObject o when o.TryGetPropertyValue(last, out var value) => value,
            JsonArray a => a[Index(a, last, a.Count - 1)],
            _ => throw Missing("replace", path),
        };
    }

    private static (JsonNode? Parent, string Last) Parent(JsonNode? document, string path)
    {
        if (!path.StartsWith('/'))
            throw new FormatException($"invalid path {path}");
        var steps = path[1..].Split('/').Select(s => s.Replace("~1", "/").Replace("~0", "~")).ToArray();
        var node = document;
        foreach (var step in steps[..^1])
        {
            node = node switch
            {
                JsonObject o => o[step],
                JsonArray a => a[Index(a, step, a.Count - 1)],
                _ => throw Missing("doc", path),
            };
        }
        return (node, steps[^1]);
    }

    private static int Index(JsonArray array, string text, int most) =>
        int.TryParse(text, out var index) && index >= 0 && index <= most ? index : throw new FormatException($"Unable to access invalid index: {text}: invalid index referenced");

    private static FormatException Missing(string op, string path) => new($"{op} operation does not apply: doc is missing path: {path}: missing value");

    private static string Text(JsonObject operation, string key) =>
        operation[key] is JsonValue v && v.TryGetValue<string>(out var text) ? text : throw new FormatException($"{key} is missing");

    private static JsonNode? Value(JsonObject operation) =>
        operation.TryGetPropertyValue("value", out var value) ? value?.DeepClone() : throw new FormatException("value is missing");
}
