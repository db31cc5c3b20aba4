using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace FlinkDashboard.Model.Metrics;

/// <summary>
/// Makes the PromQL of a chart's query for a subject. Words of a query: <c>$app</c> selects the series of Flink's processes, <c>$pods</c> those that
/// Kubernetes tells about the pods, <c>$owner</c> those that the operator tells about the resource; <c>$by</c> and <c>$pod</c> are label names (namespace
/// and application; pod), <c>$each(…)</c> gives each series of Flink its application label, <c>$window</c> is the window of a rate, <c>$hour</c> an hour or
/// that window where it is longer, <c>$scrape</c> the time between two scrapes, <c>$pair</c> two of them, <c>$scrapes</c> three (<c>$halfscrapes</c> the seconds of half of these), <c>$sparse</c> twenty,
/// but five minutes at most; <c>$namespace</c> and <c>$cluster</c> are values.
/// </summary>
public static partial class ChartQueryText
{
    /// <summary>The text; pure.</summary>
    /// <param name="query">From the catalogue.</param>
    /// <param name="subject">Whom it is asked for.</param>
    /// <param name="labels">How series name things here.</param>
    /// <param name="range">Its step decides the windows.</param>
    /// <param name="scrape">Time between two scrapes.</param>
    public static string Of(ChartQuery query, ChartSubject subject, SeriesLabels labels, ChartRange range, TimeSpan scrape)
    {
        var window = range.Window(scrape);
        // Before values are put in: an application may be named like a series.
        var named = labels.Prefix == SeriesLabels.Usual.Prefix ? query.PromQl : OwnName().Replace(query.PromQl, _ => labels.Prefix);
        return Word().Replace(WithEach(named, labels), word => word.Groups[1].Value switch
        {
            "app" => App(subject, labels),
            "pods" => Pods(subject),
            "owner" => Owner(subject),
            "by" => $"{labels.Namespace}, {labels.Cluster ?? "app"}",
            "pod" => labels.Pod,
            "window" => Seconds(window),
            "hour" => Seconds(window > TimeSpan.FromHours(1) ? window : TimeSpan.FromHours(1)),
            "scrape" => Seconds(scrape),
            "pair" => Seconds(2 * scrape),
            "scrapes" => Seconds(3 * scrape),
            "sparse" => Seconds(TimeSpan.FromTicks(Math.Min(20 * scrape.Ticks, TimeSpan.FromMinutes(5).Ticks))),
            "halfscrapes" => (1.5 * scrape.TotalSeconds).ToString(CultureInfo.InvariantCulture),
            "namespace" => Quoted(subject.Namespace ?? ""),
            _ => Quoted(subject.Name ?? ""),
        });
    }

    /// <summary>A text as it stands between PromQL's double quotes.</summary>
    public static string Quoted(string text) => text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>A text as it stands in a regular expression (RE2) between PromQL's double quotes.</summary>
    public static string QuotedPattern(string text)
    {
        var pattern = new StringBuilder(text.Length);
        foreach (var c in text)
            pattern.Append(@"\.+*?()|[]{}^$".Contains(c, StringComparison.Ordinal) ? $"\\{c}" : c.ToString());
        return Quoted(pattern.ToString());
    }

    /// <summary>A value as Flink's reporter writes it by default (<c>filterLabelValueCharacters</c>).</summary>
    public static string Filtered(string value) => string.Concat(value.Select(c => char.IsAsciiLetterOrDigit(c) || c == ':' ? c : '_'));

    private static string App(ChartSubject subject, SeriesLabels labels)
    {
        if (subject.Kind == ChartSubjectKind.Fleet)
            return Fleet(subject, labels.Namespace);
        if (subject is not { Namespace: { } ns, Name: { } name })
            return "";
        var ofNamespace = $"{labels.Namespace}=\"{Quoted(ns)}\"";
        if (subject.Kind == ChartSubjectKind.SessionJob)
            return (labels.IsFiltered ? ofNamespace : App(ChartSubject.Application(ns, subject.Cluster ?? name), labels)) + Job(subject);
        return labels.Cluster is { } cluster
            ? $"{ofNamespace},{cluster}=\"{Quoted(labels.IsFiltered ? Filtered(name) : name)}\""
            : $"{ofNamespace},{labels.Pod}=~\"{PodPattern(name)}\"";
    }

    // Without either nothing runs, and nothing is found.
    private static string Job(ChartSubject subject) => subject.JobName is { Length: > 0 } name ? $",job_name=~\"{Either(name)}\"" : $",job_id=\"{Quoted(subject.JobId is { Length: > 0 } id ? id : "none")}\"";

    private static string Pods(ChartSubject subject) => subject switch
    {
        { Kind: ChartSubjectKind.Fleet } => Fleet(subject, "namespace"),
        { Namespace: { } ns, Name: { } name } => $"namespace=\"{Quoted(ns)}\",pod=~\"{PodPattern(name)}\"",
        _ => "",
    };

    // Flink's reporter, and so the operator's, filters values, unless it is told not to.
    private static string Owner(ChartSubject subject) => subject is { Namespace: { } ns, Name: { } name } ? $"resourcens=~\"{Either(ns)}\",resourcename=~\"{Either(name)}\"" : "";

    private static string Either(string value) => Filtered(value) is var filtered && filtered != value ? $"{QuotedPattern(value)}|{filtered}" : QuotedPattern(value);

    private static string Fleet(ChartSubject subject, string label) => subject switch
    {
        { Everywhere: true } => $"{label}!=\"\"",
        { Namespaces: [var one] } => $"{label}=\"{Quoted(one)}\"",
        _ => $"{label}=~\"{string.Join('|', subject.Namespaces.Order(StringComparer.Ordinal).Select(QuotedPattern))}\"",
    };

    private static string PodPattern(string name) => QuotedPattern(name) + SeriesLabels.PodTailPattern;

    // $each(X) is X, or X with its application read from the pod's name. The second reading wins where both fit.
    private static string WithEach(string text, SeriesLabels labels)
    {
        const string Each = "$each(";
        while (text.IndexOf(Each, StringComparison.Ordinal) is >= 0 and var start)
        {
            var (end, depth) = (start + Each.Length, 1);
            for (; end < text.Length && depth > 0; end++)
                depth += text[end] switch { '(' => 1, ')' => -1, _ => 0 };
            var inner = text[(start + Each.Length)..(end - 1)];
            var whole = labels.Cluster is not null ? $"({inner})"
                : $"label_replace(label_replace({inner}, \"app\", \"$1\", \"{labels.Pod}\", \"(.+)-[a-z0-9]{{4,10}}-[a-z0-9]{{5}}\"), \"app\", \"$1\", \"{labels.Pod}\", \"(.+)-taskmanager-[a-z0-9]+-[a-z0-9]+\")";
            text = text[..start] + whole + text[end..];
        }
        return text;
    }

    private static string Seconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(span.TotalSeconds)}s");

    [GeneratedRegex(@"\$(app|pods|owner|by|pod|window|hour|scrape|pair|scrapes|halfscrapes|sparse|namespace|cluster)\b")]
    private static partial Regex Word();

    [GeneratedRegex(@"\bflink_(?=(?:job|task)manager_)")]
    private static partial Regex OwnName();
}
