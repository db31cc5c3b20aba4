using System.Globalization;
using System.Text.Json;
using FlinkDashboard.Sandbox.Protocols.PrometheusApi.Query;
using FlinkDashboard.Sandbox.World.Metrics;

namespace FlinkDashboard.Sandbox.Protocols.PrometheusApi;

/// <summary>
/// Rules and alerts. Nothing is kept between evaluations: since when an alert is there is found out by evaluating its rule backwards, as far as
/// its <c>for</c> and a quarter of an hour more.
/// </summary>
internal static class RuleAnswers
{
    private const long Interval = 30_000;
    private static readonly TimeSpan Further = TimeSpan.FromMinutes(15);

    /// <summary><c>/rules</c>.</summary>
    public static void Rules(PrometheusCall call, Utf8JsonWriter json)
    {
        var last = Last(call);
        json.WriteStartObject();
        json.WriteStartArray("groups");
        if (call.Text("type") != "record")
        {
            json.WriteStartObject();
            json.WriteString("name", "flink");
            json.WriteString("file", "/etc/prometheus/rules/flink.yaml");
            json.WriteStartArray("rules");
            foreach (var rule in AlertRule.All)
                Rule(call, json, rule, last);
            json.WriteEndArray();
            json.WriteNumber("interval", Interval / 1000);
            json.WriteNumber("limit", 0);
            json.WriteNumber("evaluationTime", 0.004);
            json.WriteString("lastEvaluation", DateTimeOffset.FromUnixTimeMilliseconds(last).UtcDateTime);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary><c>/alerts</c>.</summary>
    public static void Alerts(PrometheusCall call, Utf8JsonWriter json)
    {
        var last = Last(call);
        json.WriteStartObject();
        json.WriteStartArray("alerts");
        foreach (var rule in AlertRule.All)
        {
            foreach (var alert in Active(call, rule, last))
                Write(json, rule, alert, last);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static long Last(PrometheusCall call) => call.World.Now.ToUnixTimeMilliseconds() / Interval * Interval;

    private static void Rule(PrometheusCall call, Utf8JsonWriter json, AlertRule rule, long last)
    {
        var active = Active(call, rule, last);
        json.WriteStartObject();
        json.WriteString("state", active.Any(a => IsFiring(rule, a, last)) ? "firing" : active.Count > 0 ? "pending" : "inactive");
        json.WriteString("name", rule.Name);
        json.WriteString("query", rule.Query);
        json.WriteNumber("duration", rule.For.TotalSeconds);
        json.WriteNumber("keepFiringFor", 0);
        json.WriteStartObject("labels");
        json.WriteString("severity", rule.Severity);
        json.WriteEndObject();
        json.WriteStartObject("annotations");
        json.WriteString("summary", rule.Summary);
        json.WriteEndObject();
        json.WriteStartArray("alerts");
        foreach (var alert in call.Text("exclude_alerts") == "true" ? [] : active)
            Write(json, rule, alert, last);
        json.WriteEndArray();
        json.WriteString("health", "ok");
        json.WriteNumber("evaluationTime", 0.0004);
        json.WriteString("lastEvaluation", DateTimeOffset.FromUnixTimeMilliseconds(last).UtcDateTime);
        json.WriteString("type", "alerting");
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, AlertRule rule, (LabelSet Labels, double Value, long Since) alert, long last)
    {
        json.WriteStartObject();
        json.WritePropertyName("labels");
        QueryAnswers.Labels(json, alert.Labels.With(LabelSet.Of("alertname", rule.Name, "severity", rule.Severity)));
        json.WriteStartObject("annotations");
        json.WriteString("summary", AlertRule.Expand(rule.Summary, alert.Labels, alert.Value));
        json.WriteEndObject();
        json.WriteString("state", IsFiring(rule, alert, last) ? "firing" : "pending");
        json.WriteString("activeAt", DateTimeOffset.FromUnixTimeMilliseconds(alert.Since).UtcDateTime);
        json.WriteString("value", double.IsFinite(alert.Value) ? alert.Value.ToString("0.0###############e+00", CultureInfo.InvariantCulture).Replace(".0e", "e", StringComparison.Ordinal) : SampleText.Of(alert.Value));
        json.WriteEndObject();
    }

    private static bool IsFiring(AlertRule rule, (LabelSet, double, long Since) alert, long last) => last - alert.Since >= (long)rule.For.TotalMilliseconds;

    private static List<(LabelSet Labels, double Value, long Since)> Active(PrometheusCall call, AlertRule rule, long last)
    {
        var expression = Parser.Parse(rule.Query);
        var steps = (int)((rule.For + Further).TotalMilliseconds / Interval);
        var evaluator = call.Evaluator();
        evaluator.Prepare(expression, [.. Enumerable.Range(0, steps + 1).Select(i => last - ((steps - i) * Interval))]);
        var active = evaluator.Vector(expression, last).ToDictionary(s => s.Labels.Nameless, s => (s.Value, Since: last, IsOver: false));
        for (var at = last - Interval; at >= last - (steps * Interval) && active.Values.Any(a => !a.IsOver); at -= Interval)
        {
            var there = evaluator.Vector(expression, at).Select(s => s.Labels.Nameless).ToHashSet();
            foreach (var (labels, alert) in active.Where(a => !a.Value.IsOver).ToList())
                active[labels] = there.Contains(labels) ? alert with { Since = at } : alert with { IsOver = true };
        }
        return [.. active.Select(a => (a.Key, a.Value.Value, a.Value.Since))];
    }
}
