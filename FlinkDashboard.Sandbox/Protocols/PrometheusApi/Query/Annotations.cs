using System.Globalization;

namespace FlinkDashboard.Sandbox.Protocols.PrometheusApi.Query;

/// <summary>What Prometheus remarks on a query that it answers nevertheless; each once.</summary>
internal sealed class Annotations
{
    private const int Most = 10;
    private static readonly string[] CounterEndings = ["_total", "_sum", "_count", "_bucket"];
    private readonly List<string> _warnings = [];
    private readonly List<string> _infos = [];
    private readonly HashSet<(string, int)> _counters = [];

    /// <summary>The query these are about.</summary>
    public string Text { get; set; } = "";

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<string> Warnings => Limited(_warnings, "warning");

    /// <summary>What might be wrong.</summary>
    public IReadOnlyList<string> Infos => Limited(_infos, "info");

    /// <summary>A rate of something that is not named like a counter.</summary>
    public void Counter(string metric, Expression argument)
    {
        if (_counters.Add((metric, argument.Position)) && metric.Length > 0 && !CounterEndings.Any(e => metric.EndsWith(e, StringComparison.Ordinal)))
            Add(_infos, $"PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: \"{metric}\" ({Place(argument)})");
    }

    /// <summary>A quantile that is none.</summary>
    public void Quantile(double quantile, Expression argument)
    {
        if (!(quantile is >= 0 and <= 1))
            Add(_warnings, string.Create(CultureInfo.InvariantCulture, $"PromQL warning: quantile value should be between 0 and 1, got {SampleText.Of(quantile)} ({Place(argument)})"));
    }

    /// <summary>An order that a range query does not keep.</summary>
    public void SortInRange(Expression call) => Add(_warnings, $"PromQL warning: sort is ineffective for range queries since results are always ordered by labels ({Place(call)})");

    /// <summary>Not all of the result is there.</summary>
    public void Truncated() => Add(_warnings, "results truncated due to limit");

    private static void Add(List<string> to, string text)
    {
        if (!to.Contains(text))
            to.Add(text);
    }

    private static IReadOnlyList<string> Limited(List<string> all, string what) => all.Count <= Most ? all : [.. all.Take(Most), $"{all.Count - Most} more {what} annotations omitted"];

    private string Place(Expression expression)
    {
        var before = Text[..Math.Min(expression.Position, Text.Length)];
        return $"{before.Count(c => c == '\n') + 1}:{expression.Position - before.LastIndexOf('\n')}";
    }
}
