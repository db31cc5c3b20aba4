using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;
using FlinkDashboard.Model.Verdicts;
using FlinkDashboard.Ui.Live;
using FlinkDashboard.Ui.Objects;

namespace FlinkDashboard.Features.Teams;

/// <summary>A role or cluster role with its rules in words.</summary>
public sealed record RoleCard(string Name, DateTimeOffset? Created, Values<RuleWords> Rules);

/// <summary>Who is granted a role.</summary>
/// <param name="Role">"Role/flink-team-a-role", as kubectl writes it.</param>
/// <param name="Dangling">The role does not exist: the binding grants nothing.</param>
public sealed record BindingCard(string Name, string Role, string Subjects, bool Dangling, DateTimeOffset? Created);

/// <summary>A service account.</summary>
public sealed record AccountCard(string Name, int Secrets, string? RoleArn, DateTimeOffset? Created);

/// <summary>One limit of a quota.</summary>
/// <param name="Share">Used of allowed; zero use when unknown.</param>
public sealed record QuotaLine(string Quota, string Resource, string Used, string Hard, double? Share);

/// <summary>A namespace as the place of a team: what runs there, who may do what, and how much.</summary>
public sealed record TeamCard(string Namespace, string? Team, string Phase, DateTimeOffset? Created, Values<VerdictState> Apps, int Pods, int ReadyPods, double Cpu, double Memory,
    Values<RoleCard> Roles, Values<BindingCard> Bindings, Values<AccountCard> Accounts, Values<QuotaLine> Quotas)
{
    /// <summary>Reads a namespace with everything in it.</summary>
    /// <param name="apps">Verdicts of its applications and session clusters.</param>
    public static TeamCard From(Namespace ns, ClusterView cluster, IEnumerable<VerdictState> apps)
    {
        var name = ns.Metadata.Name;
        var pods = cluster.In<Pod>(name).Select(PodRow.From).Where(pod => pod.Tone != "stopped").ToArray();
        var roles = cluster.In<Role>(name).OrderBy(role => role.Metadata.Name, StringComparer.Ordinal).ToArray();
        var known = roles.Select(role => role.Metadata.Name).ToHashSet();
        return new TeamCard(name, Ownership.Of(ns.Metadata).Team, ns.Status.Phase, ns.Metadata.CreationTimestamp,
            Values<VerdictState>.Of(apps), pods.Length, pods.Count(pod => pod.Tone == "healthy"), pods.Sum(pod => pod.CpuRequest), pods.Sum(pod => pod.MemoryRequest),
            Values<RoleCard>.Of(roles.Select(role => new RoleCard(role.Metadata.Name, role.Metadata.CreationTimestamp, Values<RuleWords>.Of(role.Rules.Select(RuleWords.From))))),
            Values<BindingCard>.Of(cluster.In<RoleBinding>(name).OrderBy(binding => binding.Metadata.Name, StringComparer.Ordinal).Select(binding => From(binding, known))),
            Values<AccountCard>.Of(cluster.In<ServiceAccount>(name).OrderBy(account => account.Metadata.Name, StringComparer.Ordinal)
                .Select(account => new AccountCard(account.Metadata.Name, account.Secrets.Count, account.RoleArn, account.Metadata.CreationTimestamp))),
            Values<QuotaLine>.Of(cluster.In<ResourceQuota>(name).SelectMany(Lines)));
    }

    private static BindingCard From(RoleBinding binding, HashSet<string> roles) => new(binding.Metadata.Name, $"{binding.RoleRef?.Kind}/{binding.RoleRef?.Name}",
        string.Join(", ", binding.Subjects.Select(subject => subject.Kind == "ServiceAccount" ? $"service account {subject.Name}{(subject.Namespace is { } at && at != binding.Metadata.Namespace ? $" of {at}" : "")}" : $"{subject.Kind?.ToLowerInvariant()} {subject.Name}")),
        binding.RoleRef is { Kind: "Role" } role && !roles.Contains(role.Name ?? ""), binding.Metadata.CreationTimestamp);

    private static IEnumerable<QuotaLine> Lines(ResourceQuota quota) => quota.Status.Hard.Select(entry =>
    {
        var (hard, used) = (Quantity.Parse(entry.Value), Quantity.Of(quota.Status.Used, entry.Key));
        return new QuotaLine(quota.Metadata.Name, entry.Key, quota.Status.Used[entry.Key] ?? "–", entry.Value, hard is > 0 ? (double)((used ?? 0) / hard.Value) : null);
    });
}
