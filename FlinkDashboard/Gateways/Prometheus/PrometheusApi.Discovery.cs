using FlinkDashboard.Model.Metrics;

namespace FlinkDashboard.Gateways.Prometheus;

public sealed partial class PrometheusApi
{
    /// <summary>Label sets of the series that match.</summary>
    /// <param name="matches">Selectors; at least one.</param>
    /// <param name="from">Series that had samples since; the server takes whole blocks, so it may give more.</param>
    /// <param name="to">And until; null for now.</param>
    /// <param name="limit">Most wanted; 0 for all.</param>
    /// <param name="stop">Ends the request.</param>
    public async Task<SourceList<IReadOnlyDictionary<string, string>>> SeriesAsync(IReadOnlyList<string> matches, DateTimeOffset? from, DateTimeOffset? to, int limit, CancellationToken stop)
    {
        var (all, warnings, _) = await AskAsync("series", posts: true, Selection(matches, from, to, limit), PrometheusReading.LabelSets, stop);
        return new(all, warnings);
    }

    /// <summary>Names of labels, sorted.</summary>
    public async Task<SourceList<string>> LabelNamesAsync(IReadOnlyList<string> matches, DateTimeOffset? from, DateTimeOffset? to, int limit, CancellationToken stop)
    {
        var (all, warnings, _) = await AskAsync("labels", posts: true, Selection(matches, from, to, limit), PrometheusReading.Texts, stop);
        return new(all, warnings);
    }

    /// <summary>Values of a label, sorted; of <c>__name__</c>: the metrics. Empty for a label that no series has.</summary>
    public async Task<SourceList<string>> LabelValuesAsync(string label, IReadOnlyList<string> matches, DateTimeOffset? from, DateTimeOffset? to, int limit, CancellationToken stop)
    {
        // The signer orders the values of a repeated name as they read, signatures want them as they are encoded: one selector at a time.
        if (Target is { IsManaged: true } && matches.Count > 1)
        {
            var each = new List<SourceList<string>>();
            foreach (var match in matches)
                each.Add(await LabelValuesAsync(label, [match], from, to, limit, stop));
            return new([.. each.SelectMany(e => e.Items).Distinct().Order(StringComparer.Ordinal)], [.. each.SelectMany(e => e.Warnings).Distinct()]);
        }
        var (all, warnings, _) = await AskAsync($"label/{LabelPath(label)}/values", posts: false, Selection(matches, from, to, limit), PrometheusReading.Texts, stop);
        return new(all, warnings);
    }

    /// <summary>Type and help by metric; of all metrics when none is named.</summary>
    public async Task<IReadOnlyDictionary<string, MetricMetadata>> MetadataAsync(string? metric, int limit, CancellationToken stop) =>
        (await AskAsync("metadata", posts: false, [("metric", metric), ("limit", Limit(limit)), ("limit_per_metric", "1")], PrometheusReading.Metadata, stop)).Content;

    /// <summary>
    /// What answers, in words: <c>Prometheus 3.5.0</c>. The managed service, and whatever has no build info, is asked for <c>1</c> instead, which every
    /// Prometheus answers.
    /// </summary>
    public async Task<string> ProbeAsync(CancellationToken stop)
    {
        var version = Target is { IsManaged: true } ? null : await VersionAsync(stop);
        if (version is null)
            await QueryAsync("1", null, stop);
        return Kind = Target is { IsManaged: true } ? ManagedService : version ?? "Prometheus API of unknown version";
    }

    private async Task<string?> VersionAsync(CancellationToken stop)
    {
        try
        {
            var (build, _, _) = await AskAsync("status/buildinfo", posts: false, [], PrometheusReading.Labels, stop);
            return build.GetValueOrDefault("version") is { Length: > 0 } version ? $"Prometheus {version}" : null;
        }
        catch (PrometheusException e) when (e.Fault is PrometheusFault.NotFound or PrometheusFault.Forbidden or PrometheusFault.NotUnderstood or PrometheusFault.BadQuery)
        {
            return null; // a proxy that lets only queries pass, or a program that knows queries only
        }
    }

    private static IReadOnlyList<(string, string?)> Selection(IReadOnlyList<string> matches, DateTimeOffset? from, DateTimeOffset? to, int limit) =>
    [
        .. matches.Select(m => ("match[]", (string?)m)),
        ("start", from is { } start ? Moment(start) : null),
        ("end", to is { } end ? Moment(end) : null),
        ("limit", Limit(limit)),
    ];

    // Names that are not plain travel as U__…: "_" becomes "__", another rune "_HEX_".
    internal static string LabelPath(string label) => label.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? label
        : "U__" + string.Concat(label.EnumerateRunes().Select(r => r.Value == '_' ? "__" : r.IsAscii && char.IsAsciiLetterOrDigit((char)r.Value) ? r.ToString() : $"_{r.Value:X}_"));
}
