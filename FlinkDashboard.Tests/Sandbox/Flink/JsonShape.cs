using System.Text.Json.Nodes;

namespace FlinkDashboard.Tests.Sandbox.Flink;

/// <summary>
/// Keys and types of JSON answers: path to the kinds of value seen there, for instance <c>jobs[].tasks.running: number</c>. Ids in
/// keys are neutral; number and the texts NaN count as one kind, null goes with any.
/// </summary>
internal sealed class JsonShape
{
    private readonly Dictionary<string, HashSet<string>> _kinds = [];

    public IReadOnlyDictionary<string, HashSet<string>> Kinds => _kinds;

    public JsonShape Add(JsonNode? node, string path = "")
    {
        switch (node)
        {
            case JsonObject o:
                Note(path, "object");
                // Names of accumulators are the job's own.
                foreach (var (key, value) in path.EndsWith("accumulator-results", StringComparison.Ordinal) ? [] : o)
                    // Frames of a flame graph hold frames, as deep as the stack was.
                    Add(value, key == "children" && path.EndsWith(".children[]", StringComparison.Ordinal) ? path[..^2] : $"{path}.{(key.Length == 32 && key.All(char.IsAsciiHexDigit) ? ":id" : key)}");
                break;
            case JsonArray a:
                Note(path, "array");
                foreach (var item in a)
                    Add(item, path + "[]");
                break;
            case null:
                Note(path, "null");
                break;
            default:
                var kind = node.GetValueKind().ToString().ToLowerInvariant();
                Note(path, node.ToJsonString() == "\"NaN\"" ? "number" : kind is "true" or "false" ? "boolean" : kind);
                break;
        }
        return this;
    }

    /// <summary>What <paramref name="other"/> has and this has not.</summary>
    /// <param name="emptySaysNothing">Leaves out what stands in arrays that were always empty here.</param>
    public IEnumerable<string> Missing(JsonShape other, bool emptySaysNothing = false) => other._kinds
        .Where(k => !emptySaysNothing || !IsInEmptyArray(k.Key))
        .Where(k => !_kinds.TryGetValue(k.Key, out var mine) || k.Value.Any(kind => kind != "null" && !mine.Contains(kind) && !(mine.Count == 1 && mine.Contains("null"))))
        .Select(k => $"{k.Key}: {string.Join('|', k.Value)}");

    private bool IsInEmptyArray(string path)
    {
        for (var at = path.IndexOf("[]", StringComparison.Ordinal); at >= 0; at = path.IndexOf("[]", at + 2, StringComparison.Ordinal))
        {
            if (_kinds.ContainsKey(path[..at]) && !_kinds.ContainsKey(path[..(at + 2)]))
                return true;
        }
        return false;
    }

    private void Note(string path, string kind)
    {
        if (!_kinds.TryGetValue(path, out var kinds))
            _kinds[path] = kinds = [];
        kinds.Add(kind);
    }
}
