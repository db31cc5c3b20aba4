using System.Globalization;
using System.Text.Json;
using FlinkDashboard.Tests.Gateways.FlinkRest;

namespace FlinkDashboard.Tests.RealFlink;

/// <summary>Compares what the gateway read with what the JobManager answered just before and just after.</summary>
internal static class Moment
{
    // Rates and shares swing; they are no counters that lie between the two.
    private static readonly string[] Swinging = ["PerSecond", "Ratio", ".ratio", "Used", "Committed", "Count", ".count", ".time", "Available", "freeMemory", ".Load", "skew", "min", "max", "avg", "sum", "[0].value"];

    /// <summary>Leaves that are neither as before nor as after nor between; as <c>path: before / gateway / after</c>.</summary>
    public static IEnumerable<string> Outside(JsonElement before, JsonElement through, JsonElement after) => Outside(before, through, after, "");

    private static IEnumerable<string> Outside(JsonElement before, JsonElement through, JsonElement after, string path)
    {
        if (RestLoss.NotRead.Keys.Any(n => path.EndsWith(n, StringComparison.Ordinal)))
            return [];
        if (before.ValueKind == JsonValueKind.Object && after.ValueKind == JsonValueKind.Object)
            return before.EnumerateObject().SelectMany(p => Property(p, through, after, $"{path}.{p.Name}"));
        if (before.ValueKind == JsonValueKind.Array && after.ValueKind == JsonValueKind.Array)
            return Items(before, through, after, path);
        return Fits(before, through, after, path) ? [] : [$"{path}: {before.GetRawText()} / {through.GetRawText()} / {after.GetRawText()}"];
    }

    private static IEnumerable<string> Property(JsonProperty property, JsonElement through, JsonElement after, string path)
    {
        if (!after.TryGetProperty(property.Name, out var later))
            return [];
        if (through.TryGetProperty(property.Name, out var read) || through.TryGetProperty(property.Name.ToUpperInvariant(), out read))
            return Outside(property.Value, read, later, path);
        return RestLoss.NotRead.Keys.Any(n => path.EndsWith(n, StringComparison.Ordinal)) || property.Value.ValueKind == JsonValueKind.Null ? [] : [$"{path}: is not read"];
    }

    // Lists that grew or came in another order (metrics do) are compared by id, or not at all when there is none.
    private static IEnumerable<string> Items(JsonElement before, JsonElement through, JsonElement after, string path)
    {
        var (was, read, now) = (before.EnumerateArray().ToList(), through.EnumerateArray().ToList(), after.EnumerateArray().ToList());
        foreach (var id in (string[])["id", "jid", "subtask", "key"])
        {
            if (was.Count == 0 || was[0].ValueKind != JsonValueKind.Object || !was[0].TryGetProperty(id, out _))
                continue;
            return from item in was
                   let name = item.GetProperty(id).ToString()
                   let same = read.Where(r => r.GetProperty(id).ToString() == name).ToList()
                   let later = now.Where(r => r.GetProperty(id).ToString() == name).ToList()
                   where same.Count == 1 && later.Count == 1
                   from wrong in Outside(item, same[0], later[0], $"{path}[{name}]")
                   select wrong;
        }
        return was.Count == read.Count && read.Count == now.Count ? was.Index().SelectMany(w => Outside(w.Item, read[w.Index], now[w.Index], $"{path}[{w.Index}]")) : [];
    }

    private static bool Fits(JsonElement before, JsonElement through, JsonElement after, string path)
    {
        if (Number(before) is { } low && Number(after) is { } high)
            return Number(through) is { } read && (Swinging.Any(s => path.EndsWith(s, StringComparison.Ordinal)) || (read >= Math.Min(low, high) && read <= Math.Max(low, high)) || (read == -1 && low is 0 or long.MaxValue));
        var text = through.ToString();
        return text == before.ToString() || text == after.ToString() || (before.ValueKind == JsonValueKind.Null && text is "" or "-1" or "NaN");
    }

    private static double? Number(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => element.GetDouble(),
        JsonValueKind.String when double.TryParse(element.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
        _ => null,
    };
}
