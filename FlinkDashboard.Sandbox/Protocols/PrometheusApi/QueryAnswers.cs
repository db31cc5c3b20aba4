using System.Text.Json;
using FlinkDashboard.Sandbox.Protocols.PrometheusApi.Query;
using FlinkDashboard.Sandbox.World.Metrics;

namespace FlinkDashboard.Sandbox.Protocols.PrometheusApi;

/// <summary>Instant and range queries. Answers are the <c>data</c> of the envelope.</summary>
internal static class QueryAnswers
{
    private const int MaximumPoints = 11_000;
    private const long LongestInstant = 32L * 86_400_000;

    /// <summary><c>/query</c>.</summary>
    public static void Instant(PrometheusCall call, Utf8JsonWriter json)
    {
        var at = call.Time("time", "invalid time value for 'time': ") ?? call.World.Now.ToUnixTimeMilliseconds();
        var expression = call.Query;
        if (call.IsManaged && Ranges.Longest(expression) > LongestInstant)
            throw QueryError.Execution("queries with long day range (32d to 95d) are currently only supported for range type queries");
        var limit = call.Limit;
        var evaluator = call.Evaluator();
        evaluator.Prepare(expression, [at]);
        json.WriteStartObject();
        json.WriteString("resultType", expression.Type switch
        {
            PromType.Scalar => "scalar",
            PromType.Vector => "vector",
            PromType.Matrix => "matrix",
            _ => "string",
        });
        json.WritePropertyName("result");
        switch (expression)
        {
            case { Type: PromType.Scalar }:
                Point(json, at, SampleText.Of(evaluator.Scalar(expression, at)));
                break;
            case TextExpression text:
                Point(json, at, text.Value);
                break;
            case { Type: PromType.Matrix }:
                var spans = evaluator.Matrix(expression, at).Spans;
                Truncate(evaluator, spans.Count, limit);
                Matrix(json, spans.Select(s => (s.Labels, s.Times.ToArray().Zip(s.Values.ToArray()))), limit);
                break;
            default:
                var faults = call.Context.Faults;
                IReadOnlyList<Sample> samples = faults.Fault == PrometheusFault.Empty ? [] : [.. evaluator.Vector(expression, at).Select((s, i) => s with { Value = faults.Spoil(s.Value, i) })];
                Truncate(evaluator, samples.Count, limit);
                Vector(json, samples, at, limit);
                break;
        }
        if (call.Text("stats").Length > 0)
            Statistics(json);
        json.WriteEndObject();
        (call.Warnings, call.Infos) = (evaluator.Annotations.Warnings, evaluator.Annotations.Infos);
    }

    /// <summary><c>/query_range</c>.</summary>
    public static void Range(PrometheusCall call, Utf8JsonWriter json)
    {
        var (start, end) = (call.RequiredTime("start"), call.RequiredTime("end"));
        if (end < start)
            throw PrometheusCall.Bad("invalid parameter \"end\": end timestamp must not be before start time");
        var step = call.Duration("step", required: true)!.Value;
        if (step <= 0)
            throw PrometheusCall.Bad("invalid parameter \"step\": zero or negative query resolution step widths are not accepted. Try a positive integer");
        if ((end - start) / step > MaximumPoints)
            throw PrometheusCall.Bad("exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)");
        var expression = call.Query;
        if (expression.Type is not (PromType.Scalar or PromType.Vector))
            throw PrometheusCall.Bad($"invalid parameter \"query\": invalid expression type \"{expression.TypeName}\" for range query, must be Scalar or instant Vector");
        var limit = call.Limit;
        var evaluator = call.Evaluator();
        var moments = Enumerable.Range(0, (int)((end - start) / step) + 1).Select(i => start + (i * step)).ToList();
        evaluator.Prepare(expression, moments);
        if (expression is CallExpression { Function.Name: "sort" or "sort_desc" })
            evaluator.Annotations.SortInRange(expression);
        var series = new Dictionary<LabelSet, List<(long, double)>>();
        foreach (var at in moments)
        {
            foreach (var sample in expression.Type == PromType.Scalar ? [new Sample(LabelSet.Empty, evaluator.Scalar(expression, at))] : evaluator.Vector(expression, at))
            {
                if (!series.TryGetValue(sample.Labels, out var points))
                    series[sample.Labels] = points = [];
                points.Add((at, sample.Value));
            }
        }
        Truncate(evaluator, series.Count, limit);
        json.WriteStartObject();
        json.WriteString("resultType", "matrix");
        json.WritePropertyName("result");
        Matrix(json, series.OrderBy(s => s.Key, Comparer<LabelSet>.Create((a, b) => a.CompareTo(b))).Select(s => (s.Key, Points: call.Context.Faults.Spoil(s.Value)))
            .Where(s => s.Points.Count > 0).Select(s => (s.Key, s.Points.AsEnumerable())), limit);
        if (call.Text("stats").Length > 0)
            Statistics(json);
        json.WriteEndObject();
        (call.Warnings, call.Infos) = (evaluator.Annotations.Warnings, evaluator.Annotations.Infos);
    }

    private static void Truncate(Evaluator evaluator, int count, int limit)
    {
        if (limit > 0 && count > limit)
            evaluator.Annotations.Truncated();
    }

    // Nobody counts here; the form is what clients read.
    private static void Statistics(Utf8JsonWriter json)
    {
        json.WriteStartObject("stats");
        json.WriteStartObject("timings");
        foreach (var name in (string[])["evalTotalTime", "resultSortTime", "queryPreparationTime", "innerEvalTime", "execQueueTime", "execTotalTime"])
            json.WriteNumber(name, 0.001);
        json.WriteEndObject();
        json.WriteStartObject("samples");
        json.WriteNumber("totalQueryableSamples", 0);
        json.WriteNumber("peakSamples", 0);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>A label set as an object.</summary>
    public static void Labels(Utf8JsonWriter json, LabelSet labels)
    {
        json.WriteStartObject();
        foreach (var (name, value) in labels.All)
            json.WriteString(name, value);
        json.WriteEndObject();
    }

    private static void Vector(Utf8JsonWriter json, IReadOnlyList<Sample> samples, long at, int limit)
    {
        json.WriteStartArray();
        foreach (var sample in samples.Take(limit > 0 ? limit : int.MaxValue))
        {
            json.WriteStartObject();
            json.WritePropertyName("metric");
            Labels(json, sample.Labels);
            json.WritePropertyName("value");
            Point(json, at, SampleText.Of(sample.Value));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Matrix(Utf8JsonWriter json, IEnumerable<(LabelSet Labels, IEnumerable<(long, double)> Points)> series, int limit)
    {
        json.WriteStartArray();
        foreach (var (labels, points) in series.Take(limit > 0 ? limit : int.MaxValue))
        {
            json.WriteStartObject();
            json.WritePropertyName("metric");
            Labels(json, labels);
            json.WriteStartArray("values");
            foreach (var (at, value) in points)
                Point(json, at, SampleText.Of(value));
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Point(Utf8JsonWriter json, long at, string text)
    {
        json.WriteStartArray();
        json.WriteNumberValue(at / 1000m);
        json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
