using System.Text.RegularExpressions;

namespace FlinkDashboard.Model.Metrics;

/// <summary>
/// How the series of this Prometheus name things. Flink's reporter names neither namespace nor cluster: the scrape configuration does, and everybody's is
/// a little different.
/// </summary>
/// <param name="Namespace">Label with the namespace.</param>
/// <param name="Cluster">Label with the cluster id, that is the name of the FlinkDeployment; null when only the pod's name tells it.</param>
/// <param name="Pod">Label with the pod's name.</param>
/// <param name="Prefix">What Flink's metric names begin with, mostly <c>flink_</c>.</param>
/// <param name="IsFiltered">The cluster label holds the name as Flink's reporter writes values: <c>my_job</c> for <c>my-job</c>.</param>
/// <param name="IsSeen">Read from series that exist; false for what is usual.</param>
public sealed partial record SeriesLabels(string Namespace, string? Cluster, string Pod, string Prefix = "flink_", bool IsFiltered = false, bool IsSeen = false)
{
    private static readonly string[] NamespaceNames = ["namespace", "kubernetes_namespace", "exported_namespace", "k8s_namespace_name", "kube_namespace", "k8s_namespace"];
    private static readonly string[] PodNames = ["pod", "kubernetes_pod_name", "exported_pod", "k8s_pod_name", "pod_name", "kubernetes_pod"];
    private static readonly string[] ClusterNames = ["app", "cluster", "cluster_id", "app_kubernetes_io_instance", "app_kubernetes_io_name", "flink_cluster", "deployment", "application"];

    /// <summary>What a PodMonitor with <c>podTargetLabels: [app, component]</c> gives.</summary>
    public static SeriesLabels Usual { get; } = new("namespace", "app", "pod");

    /// <summary>Reads them from the series of one metric.</summary>
    /// <param name="series">Label sets of <c>…jobmanager_numRunningJobs</c> or of another metric of Flink's processes.</param>
    /// <param name="jobSeries">Label sets of a job's metric, where nothing but the job's name tells the application.</param>
    public static SeriesLabels Of(IReadOnlyList<IReadOnlyDictionary<string, string>> series, IReadOnlyList<IReadOnlyDictionary<string, string>> jobSeries)
    {
        if (series.Count == 0)
            return Usual;
        string? Most(IEnumerable<string> names) => names.MaxBy(n => series.Count(s => s.ContainsKey(n))) is { } best && series.Any(s => s.ContainsKey(best)) ? best : null;
        var ns = Most(NamespaceNames) ?? Usual.Namespace;
        var pod = Most(PodNames);
        var others = series.SelectMany(s => s.Keys).Distinct().Where(n => n is not ("__name__" or "job" or "instance" or "container" or "endpoint")).Except(ClusterNames).Order(StringComparer.Ordinal);
        var cluster = pod is not null
            ? ClusterNames.Concat(others).FirstOrDefault(n => n != pod && Agree(series, n, pod))
            : ClusterNames.FirstOrDefault(n => series.All(s => s.ContainsKey(n)));
        var prefix = series[0].GetValueOrDefault("__name__") is { } name && PrefixOf().Match(name) is { Success: true } match ? match.Groups[1].Value : Usual.Prefix;
        return cluster is null && pod is null && jobSeries.Any(s => s.ContainsKey("job_name"))
            ? new(ns, "job_name", Usual.Pod, prefix, IsFiltered: true, IsSeen: true)
            : new(ns, cluster, pod ?? Usual.Pod, prefix, IsSeen: true);
    }

    /// <summary>A pod's name is the cluster's with what its Deployment or Flink itself appends.</summary>
    public static bool IsPodOf(string pod, string cluster) => pod.StartsWith(cluster, StringComparison.Ordinal) && PodTail().IsMatch(pod.AsSpan(cluster.Length));

    /// <summary>Labels by the names that all charts use: namespace, app, pod.</summary>
    public IReadOnlyDictionary<string, string> Rename(IReadOnlyDictionary<string, string> labels)
    {
        if (Namespace == "namespace" && Cluster is null or "app" && Pod == "pod")
            return labels;
        var renamed = new Dictionary<string, string>(labels, StringComparer.Ordinal);
        foreach (var (own, common) in new[] { (Namespace, "namespace"), (Cluster, "app"), (Pod, "pod") })
            if (own is not null && own != common && labels.TryGetValue(own, out var value))
            {
                renamed.Remove(own);
                renamed[common] = value;
            }
        return renamed;
    }

    // The value is what the pod's name begins with, in every series that has both.
    private static bool Agree(IReadOnlyList<IReadOnlyDictionary<string, string>> series, string label, string pod)
    {
        var both = series.Where(s => s.ContainsKey(label) && s.ContainsKey(pod)).ToList();
        return both.Count > 0 && both.Count * 2 > series.Count && both.All(s => IsPodOf(s[pod], s[label]));
    }

    /// <summary>What follows the cluster's name: of a Deployment's pod <c>-5d8f7c9b6d-x2x7k</c>, of Flink's own <c>-taskmanager-1-3</c>.</summary>
    public const string PodTailPattern = "-(?:taskmanager-[a-z0-9]+-[a-z0-9]+|[a-z0-9]{4,10}-[a-z0-9]{5})";

    [GeneratedRegex($"^{PodTailPattern}$")]
    private static partial Regex PodTail();

    [GeneratedRegex("^(.*?)(?:jobmanager|taskmanager)_")]
    private static partial Regex PrefixOf();
}
