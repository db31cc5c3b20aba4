using System.Text.Json;
using FlinkDashboard.Sandbox.Protocols.PrometheusApi.Query;
using FlinkDashboard.Sandbox.World.Metrics;

namespace FlinkDashboard.Sandbox.Protocols.PrometheusApi;

/// <summary>Which series, labels, metrics and targets there are. Answers are the <c>data</c> of the envelope.</summary>
internal static class SeriesAnswers
{
    /// <summary><c>/series</c>.</summary>
    public static void Series(PrometheusCall call, Utf8JsonWriter json)
    {
        if (call.Matches.Count == 0)
            throw PrometheusCall.Bad("no match[] parameter provided");
        json.WriteStartArray();
        foreach (var labels in Limited(call, Found(call).Distinct().OrderBy(l => l, Comparer<LabelSet>.Create((a, b) => a.CompareTo(b)))))
            QueryAnswers.Labels(json, labels);
        json.WriteEndArray();
    }

    /// <summary><c>/labels</c>.</summary>
    public static void Names(PrometheusCall call, Utf8JsonWriter json) => Texts(call, json, Found(call).SelectMany(l => l.All.Select(p => p.Key)));

    /// <summary><c>/label/NAME/values</c>.</summary>
    public static void Values(PrometheusCall call, Utf8JsonWriter json, string name)
    {
        if (name.Length == 0 || char.IsAsciiDigit(name[0]) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            throw PrometheusCall.Bad($"invalid label name: \"{name}\"");
        Texts(call, json, Found(call).Select(l => l[name]).Where(v => v.Length > 0));
    }

    /// <summary><c>/metadata</c>.</summary>
    public static void Metadata(PrometheusCall call, Utf8JsonWriter json)
    {
        var asked = call.Text("metric");
        var families = call.World.Metrics.Present().Groups.Where(g => g.IsExposed).Select(g => g.Table).Distinct().SelectMany(t => t.Series)
            .Where(s => asked.Length == 0 || s.Family == asked).DistinctBy(s => s.Family).OrderBy(s => s.Family, StringComparer.Ordinal);
        json.WriteStartObject();
        foreach (var series in Limited(call, families))
        {
            json.WriteStartArray(series.Family);
            json.WriteStartObject();
            json.WriteString("type", Exposition.TypeName(series.Type));
            json.WriteString("help", Exposition.Help(series.Family));
            json.WriteString("unit", "");
            json.WriteEndObject();
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    /// <summary><c>/targets</c>: all that are there are up.</summary>
    public static void Targets(PrometheusCall call, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("activeTargets");
        foreach (var target in call.Text("state") == "dropped" ? [] : call.World.Metrics.Targets)
        {
            var address = target.Instance;
            json.WriteStartObject();
            json.WritePropertyName("discoveredLabels");
            QueryAnswers.Labels(json, target.Labels.With("__address__", address).With("__metrics_path__", target.Address).With("__scheme__", "http"));
            json.WritePropertyName("labels");
            QueryAnswers.Labels(json, target.Labels);
            json.WriteString("scrapePool", Pool(target));
            json.WriteString("scrapeUrl", $"http://{address}{target.Address}");
            json.WriteString("globalUrl", $"http://{address}{target.Address}");
            json.WriteString("lastError", "");
            var step = (long)call.Interval.TotalMilliseconds;
            json.WriteString("lastScrape", DateTimeOffset.FromUnixTimeMilliseconds(call.World.Now.ToUnixTimeMilliseconds() / step * step).UtcDateTime);
            json.WriteNumber("lastScrapeDuration", 0.004);
            json.WriteString("health", "up");
            json.WriteString("scrapeInterval", $"{call.Interval.TotalSeconds}s");
            json.WriteString("scrapeTimeout", $"{Math.Min(10, call.Interval.TotalSeconds)}s");
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("droppedTargets");
        json.WriteEndArray();
        json.WriteStartObject("droppedTargetCounts");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary><c>/scrape_pools</c>.</summary>
    public static void Pools(PrometheusCall call, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("scrapePools");
        foreach (var pool in call.World.Metrics.Targets.Select(Pool).Distinct().Order(StringComparer.Ordinal))
            json.WriteStringValue(pool);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Pool(MetricTarget target) => target.Labels["job"] is var job && job.EndsWith("/flink", StringComparison.Ordinal) ? $"podMonitor/{job}/0" : $"serviceMonitor/{job}/0";

    // Without a span: those of the last hour.
    private static IEnumerable<LabelSet> Found(PrometheusCall call)
    {
        var to = call.Time("end") ?? call.World.Now.ToUnixTimeMilliseconds();
        var from = call.Time("start") ?? to - 3_600_000;
        IReadOnlyList<Matcher>[] asked = call.Matches.Count == 0 ? [[]] : [.. call.Matches.Select(m => m.Matchers)];
        return asked.SelectMany(ms => call.World.Metrics.Find(new SeriesQuery([.. ms.Select(m => m.Condition)], from, to)));
    }

    private static void Texts(PrometheusCall call, Utf8JsonWriter json, IEnumerable<string> texts)
    {
        json.WriteStartArray();
        foreach (var text in Limited(call, texts.Distinct().Order(StringComparer.Ordinal)))
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static IReadOnlyList<T> Limited<T>(PrometheusCall call, IEnumerable<T> all)
    {
        IReadOnlyList<T> known = [.. all];
        if (call.Limit <= 0 || known.Count <= call.Limit)
            return known;
        call.Warnings = ["results truncated due to limit"];
        return [.. known.Take(call.Limit)];
    }
}
