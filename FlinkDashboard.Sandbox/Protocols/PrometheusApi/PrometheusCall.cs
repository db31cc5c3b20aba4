using System.Globalization;
using FlinkDashboard.Sandbox.Protocols.PrometheusApi.Query;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Metrics;
using Microsoft.Extensions.Primitives;

namespace FlinkDashboard.Sandbox.Protocols.PrometheusApi;

/// <summary>A request to the HTTP API: its parameters, of the query and of the form, and what it asks.</summary>
internal sealed class PrometheusCall(PrometheusContext context, IReadOnlyDictionary<string, StringValues> parameters)
{
    private static readonly TimeSpan LongestQuery = TimeSpan.FromMinutes(2);
    private readonly long _begun = context.Time.GetTimestamp();

    /// <summary>Who is asked.</summary>
    public PrometheusContext Context => context;

    /// <summary>The world.</summary>
    public SandboxWorld World => context.World;

    /// <summary>Time between scrapes.</summary>
    public TimeSpan Interval => context.Interval;

    /// <summary>Asked of a managed workspace.</summary>
    public bool IsManaged { get; init; }

    /// <summary>Remarks that the answer carries beside its data.</summary>
    public IReadOnlyList<string> Warnings { get; set; } = [];

    /// <summary>Remarks of less weight.</summary>
    public IReadOnlyList<string> Infos { get; set; } = [];

    /// <summary>A parameter; empty when it is not there.</summary>
    public string Text(string name) => parameters.TryGetValue(name, out var values) ? values[0] ?? "" : "";

    /// <summary>The selectors in <c>match[]</c>.</summary>
    public IReadOnlyList<SelectorExpression> Matches => parameters.TryGetValue("match[]", out var values)
        ? [.. values.Select(v => Reading("match[]", () => Parser.ParseSelector(v ?? "")))]
        : [];

    /// <summary>The query.</summary>
    public Expression Query => Reading("query", () => Parser.Parse(Text("query")));

    /// <summary>A moment in milliseconds since 1970; null when it is not there.</summary>
    public long? Time(string name, string? words = null) => Text(name) is not { Length: > 0 } text ? null
        : ParseTime(text) ?? throw Bad($"invalid parameter \"{name}\": {words}cannot parse \"{text}\" to a valid timestamp");

    /// <summary>As <see cref="Time"/>, but it must be there.</summary>
    public long RequiredTime(string name) => Time(name) ?? throw Bad($"invalid parameter \"{name}\": cannot parse \"\" to a valid timestamp");

    /// <summary>A duration in milliseconds; null when it is not there and need not be.</summary>
    public long? Duration(string name, bool required = false)
    {
        var text = Text(name);
        if (text.Length == 0 && !required)
            return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && double.IsFinite(seconds))
            return (long)Math.Round(seconds * 1000);
        return Durations.TryParse(text, out var milliseconds) ? milliseconds : throw Bad($"invalid parameter \"{name}\": cannot parse \"{text}\" to a valid duration");
    }

    /// <summary>Greatest number of series wanted; 0 for all.</summary>
    public int Limit => Text("limit") is not { Length: > 0 } text ? 0
        : !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var limit) ? throw Bad($"invalid parameter \"limit\": cannot parse \"{text}\" to a valid integer")
        : limit >= 0 ? limit : throw Bad("invalid parameter \"limit\": limit must be non-negative");

    /// <summary>What works out the query.</summary>
    public Evaluator Evaluator()
    {
        var timeout = Duration("timeout") is { } milliseconds && milliseconds < LongestQuery.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : LongestQuery;
        var left = context.Faults.MaxSamples;
        return new Evaluator((matchers, from, to, moments) =>
        {
            try
            {
                var found = World.Metrics.Read(new SeriesQuery([.. matchers.Select(m => m.Condition)], from, to) { Moments = moments, Limit = left }, context.Plan);
                left -= found.Sum(s => (long)s.Times.Count);
                return found;
            }
            catch (SampleLimitException)
            {
                throw QueryError.Execution("query processing would load too many samples into memory in query execution");
            }
        }, Duration("lookback_delta") ?? 300_000)
        {
            Check = () =>
            {
                if (context.Time.GetElapsedTime(_begun) > timeout)
                    throw new QueryError("timeout", "query timed out in expression evaluation");
            },
            Annotations = { Text = Text("query") },
        };
    }

    /// <summary>A bad_data error.</summary>
    public static QueryError Bad(string message) => new("bad_data", message);

    private static T Reading<T>(string parameter, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (QueryError e)
        {
            throw Bad($"invalid parameter \"{parameter}\": {e.Message}");
        }
    }

    private static long? ParseTime(string text)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
            return double.IsFinite(seconds) ? (long)Math.Round(seconds * 1000) : null;
        return text.Contains('T', StringComparison.Ordinal) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time.ToUnixTimeMilliseconds() : null;
    }
}
