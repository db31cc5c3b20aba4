using System.Text.Json;
using FlinkDashboard.Sandbox.Protocols.PrometheusApi.Query;
using FlinkDashboard.Sandbox.World.Metrics;

namespace FlinkDashboard.Sandbox.Protocols.PrometheusApi;

/// <summary>Instant and range queries. Answers are the <c>data</c> of the envelope.</summary>
internal static class QueryAnswers
{
    private const int MaximumPoints = 11_000;
    private const long Lookback = 300_000;

    /// <summary><c>/query</c>.</summary>
    public static void Instant(PrometheusCall call, Utf8JsonWriter json)
    {
        var at = call.Time("time", "invalid time value for 'time': ") ?? call.World.Now.ToUnixTimeMilliseconds();
        var expression = call.Query;
        var limit = call.Limit;
        var evaluator = new Evaluator(call.Select, call.Duration("lookback_delta") ?? Lookback);
        evaluator.Prepare(expression, at, at);
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
                Matrix(json, evaluator.Matrix(expression, at).Spans.Select(s => (s.Labels, s.Times.ToArray().Zip(s.Values.ToArray()))), limit);
                break;
            default:
                Vector(json, evaluator.Vector(expression, at), at, limit);
                break;
        }
        json.WriteEndObject();
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
        var evaluator = new Evaluator(call.Select, call.Duration("lookback_delta") ?? Lookback);
        evaluator.Prepare(expression, start, end);
        var series = new Dictionary<LabelSet, List<(long, double)>>();
        for (var at = start; at <= end; at += step)
        {
            foreach (var sample in expression.Type == PromType.Scalar ? [new Sample(LabelSet.Empty, evaluator.Scalar(expression, at))] : evaluator.Vector(expression, at))
            {
                if (!series.TryGetValue(sample.Labels, out var points))
                    series[sample.Labels] = points = [];
                points.Add((at, sample.Value));
            }
        }
        json.WriteStartObject();
        json.WriteString("resultType", "matrix");
        json.WritePropertyName("result");
        Matrix(json, series.OrderBy(s => s.Key, Comparer<LabelSet>.Create((a, b) => a.CompareTo(b))).Select(s => (s.Key, s.Value.AsEnumerable())), limit);
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
