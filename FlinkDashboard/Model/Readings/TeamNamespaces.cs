using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Model.Readings;

/// <summary>Which namespaces are teams: they hold Flink resources, or a role or service account made for them. The system's own and the operator's are not.</summary>
public static class TeamNamespaces
{
    private const string Operator = "flink-kubernetes-operator";

    /// <summary>Names in order.</summary>
    /// <param name="flink">Flink resources of every kind.</param>
    /// <param name="operatorPods">Any pods; those of the operator show where it lives.</param>
    public static IReadOnlyList<string> Of(IEnumerable<IKubernetesObject> flink, IEnumerable<Role> roles, IEnumerable<ServiceAccount> accounts, IEnumerable<Pod> operatorPods)
    {
        var holding = flink.Where(one => !FlinkReading.IsCanary(one)).Select(one => one.Metadata.Namespace).ToHashSet();
        var home = operatorPods.Where(pod => pod.Metadata.Labels["app.kubernetes.io/name"] == Operator).Select(pod => pod.Metadata.Namespace).ToHashSet();
        var prepared = roles.Where(IsForFlink).Select(role => role.Metadata.Namespace).Concat(accounts.Where(IsForFlink).Select(account => account.Metadata.Namespace)).Where(ns => !home.Contains(ns));
        return [.. holding.Concat(prepared).Where(ns => ns.Length > 0 && !IsSystem(ns)).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>Kubernetes' own.</summary>
    public static bool IsSystem(string ns) => ns.StartsWith("kube-", StringComparison.Ordinal);

    private static bool IsForFlink(Role role) => IsLabelled(role) || role.Rules.Any(rule => rule.ApiGroups.Contains("flink.apache.org"));

    // EMR names the accounts of its jobs emr-containers-sa-flink-jobmanager-… and …-taskmanager-…; the operator's chart calls its account for jobs "flink".
    private static bool IsForFlink(ServiceAccount account) => IsLabelled(account) || account.Metadata.Name == "flink"
        || (account.Metadata.Name.StartsWith("emr-containers-sa-flink-", StringComparison.Ordinal) && !account.Metadata.Name.EndsWith("-operator", StringComparison.Ordinal));

    private static bool IsLabelled(IKubernetesObject one) => one.Metadata.Labels["app.kubernetes.io/name"] is Operator or "flink";
}
