using System.Globalization;
using System.Text.Json;
using FlinkDashboard.Model.Flink;

namespace FlinkDashboard.Tests.Gateways.FlinkRest;

/// <summary>Puts an answer through its record and back, and finds every leaf that did not come through.</summary>
internal static class RestLoss
{
    /// <summary>What no record reads, on purpose: ends of paths.</summary>
    public static readonly IReadOnlyDictionary<string, string> NotRead = new Dictionary<string, string>
    {
        [".start_time"] = "a second copy of start-time, for old clients",
        [".job-accumulators"] = "always empty",
        [".serialized-user-task-accumulators"] = "Java serialisation",
        [".serialized-throwable"] = "Java serialisation",
        [".accumulator-results"] = "Java serialisation",
        [".optimizer_properties"] = "of the DataSet API, always empty",
        [".memorySegmentsAvailable"] = "old name of nettyShuffleMemorySegmentsAvailable",
        [".memorySegmentsTotal"] = "old name of nettyShuffleMemorySegmentsTotal",
        [".stream-graph"] = "the plan before chaining; no page draws it",
    };

    /// <summary>Lost or changed leaves, as <c>path: before became after</c>.</summary>
    public static IEnumerable<string> Of(JsonElement raw, Type type)
    {
        var parser = FlinkJson.Of(type);
        var record = raw.Deserialize(parser);
        return Lost(raw, JsonSerializer.SerializeToElement(record, parser), "");
    }

    private static IEnumerable<string> Lost(JsonElement raw, JsonElement kept, string path) => raw.ValueKind switch
    {
        _ when NotRead.Keys.Any(n => path.EndsWith(n, StringComparison.Ordinal)) => [],
        JsonValueKind.Object when kept.ValueKind == JsonValueKind.Object => raw.EnumerateObject().SelectMany(p => LostProperty(p, kept, $"{path}.{p.Name}")),
        JsonValueKind.Array when kept.ValueKind == JsonValueKind.Array => raw.GetArrayLength() == kept.GetArrayLength()
            ? raw.EnumerateArray().Zip(kept.EnumerateArray()).SelectMany((pair, i) => Lost(pair.First, pair.Second, $"{path}[{i}]"))
            : [$"{path}: {raw.GetArrayLength()} items became {kept.GetArrayLength()}"],
        _ => Same(raw, kept) ? [] : [$"{path}: {raw.GetRawText()} became {kept.GetRawText()}"],
    };

    // Counts by state are read whatever the case of their keys.
    private static IEnumerable<string> LostProperty(JsonProperty property, JsonElement parent, string path)
    {
        foreach (var name in (string[])[property.Name, property.Name.ToUpperInvariant()])
            if (parent.TryGetProperty(name, out var kept))
                return Lost(property.Value, kept, path);
        return NotRead.Keys.Any(n => path.EndsWith(n, StringComparison.Ordinal)) || property.Value.ValueKind == JsonValueKind.Null ? [] : [$"{path}: {property.Value.GetRawText()} is not read"];
    }

    private static bool Same(JsonElement raw, JsonElement kept)
    {
        if (JsonElement.DeepEquals(raw, kept))
            return true;
        if (raw.ValueKind == JsonValueKind.Null)
            return kept.ValueKind is JsonValueKind.Array or JsonValueKind.Object ? Empty(kept) : kept.ToString() is "" or "0" or "-1" or "NaN" or "False";
        if (raw.ValueKind == JsonValueKind.Number && kept.ValueKind == JsonValueKind.Number)
        {
            var (before, after) = (raw.GetDouble(), kept.GetDouble());
            // "Not yet" is 0 or -1, "never" is the largest number; all become null and are written as -1.
            return before == after || (after == -1 && before is 0 or long.MaxValue);
        }
        return raw.ToString() == kept.ToString() || (raw.ValueKind == JsonValueKind.String && double.TryParse(raw.GetString(), CultureInfo.InvariantCulture, out var number) && kept.ValueKind == JsonValueKind.Number && kept.GetDouble() == number);
    }

    private static bool Empty(JsonElement kept) => kept.ValueKind == JsonValueKind.Array ? kept.GetArrayLength() == 0 : !kept.EnumerateObject().Any();
}
