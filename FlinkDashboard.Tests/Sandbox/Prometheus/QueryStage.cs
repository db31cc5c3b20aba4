using System.Globalization;
using FlinkDashboard.Sandbox.Protocols.PrometheusApi.Query;
using FlinkDashboard.Sandbox.World.Metrics;

namespace FlinkDashboard.Tests.Sandbox.Prometheus;

/// <summary>Series written down, and queries over them. Moments are seconds.</summary>
internal sealed class QueryStage
{
    private readonly List<SampledSeries> _series = [];

    /// <summary>Adds a series: labels from name and value in turn, samples as <c>time:value</c>; <c>stale</c> and <c>NaN</c> are values.</summary>
    public QueryStage With(string name, string samples, params string[] labels)
    {
        var points = samples.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split(':')).ToList();
        _series.Add(new(LabelSet.Of([LabelSet.NameLabel, name, .. labels]), [.. points.Select(p => (long)(Number(p[0]) * 1000))], [.. points.Select(p => p[1] == "stale" ? SampledSeries.Stale : Number(p[1]))]));
        return this;
    }

    /// <summary>The answer at a moment, one <c>labels value</c> after the other.</summary>
    public string Ask(string query, double at)
    {
        var expression = Parser.Parse(query);
        var evaluator = new Evaluator((matchers, from, to, _) => [.. _series.Where(s => matchers.All(m => m.Fits(s.Labels[m.Name]))).Select(s => Between(s, from, to))]);
        var moment = (long)(at * 1000);
        evaluator.Prepare(expression, [moment]);
        return expression.Type == PromType.Scalar
            ? SampleText.Of(Math.Round(evaluator.Scalar(expression, moment), 9))
            : string.Join("; ", evaluator.Vector(expression, moment).Select(s => $"{s.Labels} {SampleText.Of(Math.Round(s.Value, 9))}"));
    }

    private static SampledSeries Between(SampledSeries series, long from, long to)
    {
        var kept = Enumerable.Range(0, series.Times.Count).Where(i => series.Times[i] >= from && series.Times[i] <= to).ToList();
        return new(series.Labels, [.. kept.Select(i => series.Times[i])], [.. kept.Select(i => series.Values[i])]);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
