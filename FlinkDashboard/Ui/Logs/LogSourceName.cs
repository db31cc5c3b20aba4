using System.Text.RegularExpressions;
using FlinkDashboard.Model.Logs;

namespace FlinkDashboard.Ui.Logs;

/// <summary>How a pod or stream is called in the narrow column of a log.</summary>
/// <param name="Source">Its whole name.</param>
/// <param name="Label">"JM", "TM 2-1", or what tells it from the others.</param>
/// <param name="Gone">The pod is no longer there.</param>
public sealed partial record LogSourceName(string Source, string Label, bool Gone)
{
    private const int Longest = 14;

    // Of two runs of a JobManager's pod, or two streams of one pod, or both.
    private static readonly Func<string, string>[] Ends = [Tail, name => Tail(PodOf(name)), name => $"{Tail(PodOf(name))} {Tail(name)}"];

    /// <summary>Short names for sources, each different from the others.</summary>
    /// <param name="sources">Whole names.</param>
    /// <param name="there">Pods that are there; null when that is not known.</param>
    public static IReadOnlyDictionary<string, LogSourceName> Of(IEnumerable<string> sources, IReadOnlySet<string>? there)
    {
        var names = sources.Where(source => source.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var labels = names.ToDictionary(name => name, LabelOf, StringComparer.Ordinal);
        // Where several would be called alike, the end of the name tells them apart.
        foreach (var same in names.GroupBy(name => labels[name]).Where(group => group.Count() > 1))
            foreach (var (i, name) in same.Index())
                labels[name] = $"{same.Key} {Array.Find(Ends, end => end(name).Length > 0 && same.Count(other => end(other) == end(name)) == 1)?.Invoke(name) ?? $"{i + 1}"}";
        return names.ToDictionary(name => name, name => new LogSourceName(name, labels[name], there is not null && !there.Contains(PodOf(name))), StringComparer.Ordinal);
    }

    /// <summary>The pod in a stream's name, <c>prefix/pod/STDOUT</c>; the name itself when it is no such one.</summary>
    public static string PodOf(string source) => StreamName.PodOf(source) ?? source;

    private static string LabelOf(string source)
    {
        var pod = PodOf(source);
        if (TaskManager().Match(pod) is { Success: true } worker)
            return $"TM {worker.Groups[1].Value}";
        if (JobManager().IsMatch(pod))
            return "JM";
        return pod.Length <= Longest ? pod : "…" + pod[^(Longest - 1)..];
    }

    private static string Tail(string source) => source.EndsWith("/STDERR", StringComparison.Ordinal) ? "err" : source.EndsWith("/STDOUT", StringComparison.Ordinal) ? "out" : source[(source.LastIndexOf('-') + 1)..];

    [GeneratedRegex("-taskmanager-([0-9]+-[0-9]+)$")]
    private static partial Regex TaskManager();

    // Of a Deployment: NAME-HASH-SUFFIX.
    [GeneratedRegex("-[0-9a-f]{6,10}-[0-9a-z]{5}$")]
    private static partial Regex JobManager();
}
