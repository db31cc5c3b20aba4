using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;
using FlinkDashboard.Model.Verdicts;
using FlinkDashboard.Ui.Flink;
using FlinkDashboard.Ui.Live;
using FlinkDashboard.Ui.Objects;

namespace FlinkDashboard.Features.Teams;

/// <summary>How many things are in a state.</summary>
public readonly record struct StateCount(VerdictState State, int Count);

/// <summary>What is known of one namespace.</summary>
/// <param name="Namespace">Null when it may not be read itself.</param>
/// <param name="Metrics">Measured use of its pods; empty when metrics.k8s.io does not answer.</param>
/// <param name="AccessWarnings">Doubts about its roles and bindings.</param>
public sealed record TeamSource(string Name, Namespace? Namespace, IReadOnlyList<AppRow> Deployments, IReadOnlyList<SessionJobRow> Jobs, IReadOnlyList<Pod> Pods, IReadOnlyList<ResourceQuota> Quotas,
    IReadOnlyList<PodMetrics> Metrics, int AccessWarnings);

/// <summary>A team, that is a namespace, in one line.</summary>
/// <param name="Team">Team by the namespace's own label; null when it has none.</param>
/// <param name="State">The worst of what it runs; Stopped when it runs nothing.</param>
/// <param name="Apps">Applications by state, worst first.</param>
/// <param name="Jobs">Jobs of session clusters by state, worst first.</param>
/// <param name="Pods">Pods that have not ended.</param>
/// <param name="Cpu">Cores: the quota (null without), requested, used.</param>
/// <param name="Memory">Bytes: the quota (null without), requested, used.</param>
/// <param name="Fullest">The quota line nearest to its limit.</param>
public sealed record TeamRow(string Namespace, string? Team, bool Deleting, VerdictState State, Values<StateCount> Apps, int Sessions, Values<StateCount> Jobs, int Pods, int PodsReady, int Restarts,
    Share Cpu, Share Memory, QuotaReading? Fullest, int AccessWarnings, DateTimeOffset? Created)
{
    public string Address => $"/teams/{Namespace}";

    public int AppCount => Apps.Sum(part => part.Count);

    public int JobCount => Jobs.Sum(part => part.Count);

    /// <summary>Nine tenths of some quota are used: the next pods may be refused.</summary>
    public bool IsTight => Fullest is { Fraction: >= 0.9 };

    public static TeamRow From(TeamSource source)
    {
        var pods = source.Pods.Where(pod => pod.Status.Phase is not ("Succeeded" or "Failed")).Select(PodRow.From).ToArray();
        var apps = source.Deployments.Where(row => !row.IsSession).ToArray();
        var quotas = QuotaReading.Of(source.Quotas);
        var states = source.Deployments.Select(row => row.State).Concat(source.Jobs.Select(row => row.State)).ToArray();
        return new TeamRow(source.Name, source.Namespace is { } ns ? Ownership.Of(ns.Metadata).Team : null, source.Namespace is { Metadata.IsDeleting: true },
            states.Length == 0 ? VerdictState.Stopped : states.MinBy(state => state.Rank()), Counts(apps.Select(row => row.State)), source.Deployments.Count - apps.Length, Counts(source.Jobs.Select(row => row.State)),
            pods.Length, pods.Count(pod => pod.Ready == pod.Containers && pod.Containers > 0), pods.Sum(pod => pod.Restarts),
            new Share(QuotaReading.Tightest(quotas, "requests.cpu", "cpu")?.Hard, pods.Sum(pod => pod.CpuRequest), Used(source.Metrics, "cpu")),
            new Share(QuotaReading.Tightest(quotas, "requests.memory", "memory")?.Hard, pods.Sum(pod => pod.MemoryRequest), Used(source.Metrics, "memory")),
            quotas.Where(line => line.Fraction is not null).MaxBy(line => line.Fraction), source.AccessWarnings, source.Namespace?.Metadata.CreationTimestamp);
    }

    /// <summary>States counted, worst first.</summary>
    public static Values<StateCount> Counts(IEnumerable<VerdictState> states)
    {
        var counts = states.CountBy(state => state).ToDictionary();
        return Values<StateCount>.Of(StateWords.WorstFirst.Where(counts.ContainsKey).Select(state => new StateCount(state, counts[state])));
    }

    private static double? Used(IReadOnlyList<PodMetrics> metrics, string resource) =>
        metrics.Count == 0 ? null : metrics.Sum(pod => pod.Containers.Sum(container => (double)(Quantity.Of(container.Usage, resource) ?? 0)));
}
