using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FlinkDashboard.Model;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Tests.Model;

/// <summary>Compares what a record exposes with the JSON it was read from, field by field of the record's own type.</summary>
internal static class ExposedFields
{
    /// <summary>Every field of the type that the JSON has and the record lost or changed.</summary>
    public static IEnumerable<string> Lost<T>(JsonElement raw, T record, JsonTypeInfo<T> type) =>
        Lost(raw, JsonSerializer.SerializeToElement(record, type), type, "");

    private static IEnumerable<string> Lost(JsonElement raw, JsonElement kept, JsonTypeInfo type, string path)
    {
        if (type.Type == typeof(StringMap))
            return LostEntries(raw, kept, path);
        if (type.Kind == JsonTypeInfoKind.Object && raw.ValueKind == JsonValueKind.Object)
        {
            return from property in type.Properties
                   where raw.TryGetProperty(property.Name, out var value) && value.ValueKind != JsonValueKind.Null
                   let was = raw.GetProperty(property.Name)
                   from lost in LostProperty(was, kept, property, type, $"{path}.{property.Name}")
                   select lost;
        }
        return Same(raw, kept) ? [] : [$"{path}: {raw.GetRawText()} became {kept.GetRawText()}"];
    }

    private static IEnumerable<string> LostProperty(JsonElement raw, JsonElement parent, JsonPropertyInfo property, JsonTypeInfo owner, string path)
    {
        if (!parent.TryGetProperty(property.Name, out var kept))
            return IsUnset(raw) ? [] : [$"{path}: {raw.GetRawText()} is gone"];
        if (owner.Type == typeof(ConfigMap) && property.Name == "data")
            return raw.EnumerateObject().Select(p => p.Name).Except(kept.EnumerateObject().Select(p => p.Name)).Select(k => $"{path}: key {k} is gone");
        if (owner.Type == typeof(ObjectMeta) && property.Name == "managedFields")
            return Managers(raw).Except(Managers(kept)).Select(m => $"{path}: manager {m} is gone");
        if (property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            if (raw.GetArrayLength() != kept.GetArrayLength())
                return [$"{path}: {raw.GetArrayLength()} items became {kept.GetArrayLength()}"];
            var item = property.Options.GetTypeInfo(property.PropertyType.GetGenericArguments()[0]);
            return raw.EnumerateArray().Zip(kept.EnumerateArray()).SelectMany(p => Lost(p.First, p.Second, item, path + "[]"));
        }
        return Lost(raw, kept, property.Options.GetTypeInfo(property.PropertyType), path);
    }

    private static IEnumerable<string?> Managers(JsonElement entries) => entries.EnumerateArray().Select(e => e.GetProperty("manager").GetString());

    // The API server lets flinkConfiguration be an array (which stops the operator); it is shown as one nameless entry.
    private static IEnumerable<string> LostEntries(JsonElement raw, JsonElement kept, string path) => raw.ValueKind == JsonValueKind.Array
        ? kept.TryGetProperty("", out _) ? [] : [$"{path}: {raw.GetRawText()} is gone"]
        : from entry in raw.EnumerateObject()
          where entry.Name != "kubectl.kubernetes.io/last-applied-configuration" && entry.Value.ValueKind == JsonValueKind.String && entry.Value.GetString()!.Length <= 1024
          where !kept.TryGetProperty(entry.Name, out var now) || now.GetString() != entry.Value.GetString()
          select $"{path}[{entry.Name}] is gone";

    // Zero times and empty objects mean "not set" on the wire.
    private static bool IsUnset(JsonElement raw) => raw.GetRawText() is "{}" or "[]" or "0" or "\"0\"" or "\"\"" or "\"1970-01-01T00:00:00Z\"";

    private static bool Same(JsonElement raw, JsonElement kept)
    {
        if (JsonElement.DeepEquals(raw, kept))
            return true;
        if (kept.ValueKind == JsonValueKind.Object && raw.ValueKind == JsonValueKind.Object)
            return kept.EnumerateObject().All(p => raw.TryGetProperty(p.Name, out var was) && Same(was, p.Value));
        if (kept.ValueKind == JsonValueKind.String && kept.TryGetDateTimeOffset(out var time))
            return raw.ValueKind == JsonValueKind.Number ? raw.GetInt64() == time.ToUnixTimeMilliseconds()
                : raw.TryGetDateTimeOffset(out var was) ? was == time : raw.GetString() == time.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        return raw.ToString() == kept.ToString();
    }
}
