using System.Globalization;
using System.Text.RegularExpressions;
using FlinkDashboard.Sandbox.World.Metrics;

namespace FlinkDashboard.Sandbox.Protocols.PrometheusApi.Query;

/// <summary>Functions whose value is a vector.</summary>
internal static class InstantFunctions
{
    /// <summary>Applies a function at a moment.</summary>
    public static IReadOnlyList<Sample> Call(CallExpression call, Evaluator evaluator, long at)
    {
        var name = call.Function.Name;
        var arguments = call.Arguments;
        if (call.Function.Takes.Contains(PromType.Matrix))
            return OfRange(call, evaluator, at);
        switch (name)
        {
            case "vector":
                return [new(LabelSet.Empty, evaluator.Scalar(arguments[0], at))];
            case "timestamp" when arguments[0] is SelectorExpression selector:
                return evaluator.Timestamps(selector, at);
            case var _ when Calendar.Names.Contains(name):
                IReadOnlyList<Sample> times = arguments.Count == 0 ? [new(LabelSet.Empty, at / 1000.0)] : evaluator.Vector(arguments[0], at);
                return [.. times.Select(s => new Sample(s.Labels.Nameless, Calendar.Of(name, s.Value)))];
            case "histogram_quantile":
                evaluator.Annotations.Quantile(evaluator.Scalar(arguments[0], at), arguments[0]);
                return Histogram.Quantiles(evaluator.Scalar(arguments[0], at), evaluator.Vector(arguments[1], at));
        }
        var samples = evaluator.Vector(arguments[0], at);
        switch (name)
        {
            case "absent":
                return Absent(samples.Count, arguments[0]);
            case "sort":
                return [.. samples.OrderBy(s => double.IsNaN(s.Value)).ThenBy(s => s.Value)];
            case "sort_desc":
                return [.. samples.OrderBy(s => double.IsNaN(s.Value)).ThenByDescending(s => s.Value)];
            case "label_replace" or "label_join":
                var texts = arguments.Skip(1).Select(a => ((TextExpression)a).Value).ToArray();
                var made = evaluator.Memo(call, l => name == "label_join" ? Join(l, texts) : Replace(l, texts));
                return [.. samples.Select(s => s with { Labels = made[s.Labels] })];
        }
        var numbers = arguments.Skip(1).Select(a => evaluator.Scalar(a, at)).ToArray();
        if (name == "clamp" && numbers[0] > numbers[1])
            return [];
        return [.. samples.Select(s => new Sample(s.Labels.Nameless, name == "timestamp" ? at / 1000.0 : Numbers.Of(name, s.Value, numbers)))];
    }

    private static IReadOnlyList<Sample> OfRange(CallExpression call, Evaluator evaluator, long at)
    {
        var name = call.Function.Name;
        var (spans, from, to) = evaluator.Matrix(call.Arguments.First(a => a.Type == PromType.Matrix), at);
        if (name == "absent_over_time")
            return Absent(spans.Count, call.Arguments[0]);
        var number = call.Arguments.FirstOrDefault(a => a.Type == PromType.Scalar) is { } scalar ? evaluator.Scalar(scalar, at) : 0;
        if (name == "quantile_over_time")
            evaluator.Annotations.Quantile(number, call.Arguments[0]);
        var result = new List<Sample>();
        foreach (var span in spans)
        {
            if (name is "rate" or "increase")
                evaluator.Annotations.Counter(span.Labels[LabelSet.NameLabel], call.Arguments[0]);
            var value = name switch
            {
                "quantile_over_time" => RangeFunctions.Quantile(number, span.Values.ToArray()),
                "predict_linear" when span.Values.Length < 2 => null,
                "predict_linear" => RangeFunctions.Line(span.Times.Span, span.Values.Span, at) is var line ? line.Value + (line.Slope * number) : null,
                _ => RangeFunctions.Of(name, span, from, to, evaluator.IsVersion2),
            };
            if (value is { } known)
                result.Add(new(name == "last_over_time" ? span.Labels : span.Labels.Nameless, known));
        }
        return result;
    }

    // The labels that the selector asks for by name and value, once each.
    private static Sample[] Absent(int present, Expression argument)
    {
        if (present > 0)
            return [];
        var matchers = argument switch
        {
            SelectorExpression selector => selector.Matchers,
            RangeExpression range => range.Selector.Matchers,
            _ => [],
        };
        var once = matchers.GroupBy(m => m.Name).Where(g => g.Key != LabelSet.NameLabel && g.Count() == 1 && g.First().IsEqual);
        return [new(LabelSet.Of(once.Select(g => KeyValuePair.Create(g.Key, g.First().Value))), 1)];
    }

    private static LabelSet Join(LabelSet labels, string[] texts) => labels.With(texts[0], string.Join(texts[1], texts.Skip(2).Select(n => labels[n])));

    private static LabelSet Replace(LabelSet labels, string[] texts)
    {
        var (target, replacement, source, pattern) = (texts[0], texts[1], texts[2], texts[3]);
        Match match;
        try
        {
            match = Regex.Match(labels[source], $"^(?s:{pattern})$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (RegexParseException)
        {
            throw QueryError.Execution($"invalid regular expression in label_replace(): {pattern}");
        }
        if (!match.Success)
            return labels;
        return labels.With(target, Regex.Replace(replacement, @"\$(?:(\d+|\w+)|\{(\w+)\})", m => Group(match, m.Groups[1].Success ? m.Groups[1].Value : m.Groups[2].Value)));
    }

    private static string Group(Match match, string name) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? match.Groups[number].Value : match.Groups[name].Value;
}
