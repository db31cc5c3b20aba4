using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Features.Teams;

/// <summary>A role in plain words.</summary>
/// <param name="Kind">Role, or ClusterRole when a binding of the namespace grants one.</param>
/// <param name="Rules">One reading for each rule.</param>
/// <param name="Holders">"service account flink-team-a-sa": who has it by a binding of this namespace.</param>
/// <param name="MadeFor">The label app.kubernetes.io/name with its version; empty without.</param>
public sealed record RoleFacts(string Kind, string Name, IReadOnlyList<RuleReading> Rules, IReadOnlyList<string> Holders, string MadeFor, DateTimeOffset? Created);

/// <summary>A binding: who gets which role.</summary>
/// <param name="Doubt">What is wrong with it; null when nothing is.</param>
public sealed record BindingFacts(string Name, string RoleKind, string RoleName, IReadOnlyList<string> Subjects, string? Doubt, DateTimeOffset? Created);

/// <summary>A service account.</summary>
/// <param name="RoleArn">IAM role of its pods (annotation eks.amazonaws.com/role-arn); null without.</param>
/// <param name="Secrets">Token secrets it lists; 0 in clusters since Kubernetes 1.24.</param>
/// <param name="Roles">Names of the roles it holds here.</param>
/// <param name="Pods">Pods that run as it now.</param>
public sealed record AccountFacts(string Name, string? RoleArn, int Secrets, IReadOnlyList<string> Roles, int Pods, DateTimeOffset? Created);

/// <summary>Who may do what in a namespace: the facts of <c>kubectl get role,rolebinding,serviceaccount</c>, read together.</summary>
public sealed record TeamAccess(IReadOnlyList<RoleFacts> Roles, IReadOnlyList<BindingFacts> Bindings, IReadOnlyList<AccountFacts> Accounts)
{
    /// <summary>Sentences that deserve a look.</summary>
    public int Warnings => Roles.Sum(role => role.Rules.Sum(rule => rule.Warnings.Count)) + Bindings.Count(binding => binding.Doubt is not null);

    /// <param name="clusterRoles">Those that bindings here may name; null when they may not be read.</param>
    /// <param name="roles">Null when they may not be read.</param>
    /// <param name="accounts">Null when they may not be read.</param>
    public static TeamAccess From(string ns, IReadOnlyList<Role>? roles, IReadOnlyList<ClusterRole>? clusterRoles, IReadOnlyList<RoleBinding> bindings, IReadOnlyList<ServiceAccount>? accounts, IReadOnlyList<Pod> pods)
    {
        var own = (roles ?? []).Select(role => ("Role", role.Metadata, role.Rules));
        var granted = bindings.Where(binding => binding.RoleRef is { Kind: "ClusterRole" }).Select(binding => binding.RoleRef!.Name).ToHashSet();
        var wide = (clusterRoles ?? []).Where(role => granted.Contains(role.Metadata.Name)).Select(role => ("ClusterRole", role.Metadata, role.Rules));
        var bound = bindings.Select(binding => (Binding: binding, Subjects: (IReadOnlyList<string>)[.. binding.Subjects.Select(subject => Words(subject, ns))])).ToArray();
        return new TeamAccess(
        [
            .. from role in own.Concat(wide)
               let meta = role.Metadata
               orderby role.Item1 == "ClusterRole", meta.Name
               select new RoleFacts(role.Item1, meta.Name, [.. role.Rules.Select(rule => RuleReading.Of(rule, inNamespace: true))],
                   [.. bound.Where(pair => pair.Binding.RoleRef is { } to && to.Kind == role.Item1 && to.Name == meta.Name).SelectMany(pair => pair.Subjects).Distinct()],
                   $"{meta.Labels["app.kubernetes.io/name"]} {meta.Labels["app.kubernetes.io/version"]}".Trim(), meta.CreationTimestamp),
        ],
        [
            .. from pair in bound
               orderby pair.Binding.Metadata.Name
               select new BindingFacts(pair.Binding.Metadata.Name, pair.Binding.RoleRef?.Kind ?? "", pair.Binding.RoleRef?.Name ?? "", pair.Subjects, DoubtOf(pair.Binding, ns, roles, clusterRoles, accounts), pair.Binding.Metadata.CreationTimestamp),
        ],
        [
            .. from account in accounts ?? []
               let name = account.Metadata.Name
               orderby name == "default", name
               select new AccountFacts(name, account.RoleArn is { Length: > 0 } arn ? arn : null, account.Secrets.Count,
                   [.. bindings.Where(binding => binding.Subjects.Any(subject => Is(subject, name, ns))).Select(binding => binding.RoleRef?.Name ?? "").Where(role => role.Length > 0).Distinct()],
                   pods.Count(pod => (pod.Spec.ServiceAccountName is { Length: > 0 } runs ? runs : "default") == name && pod.Status.Phase is not ("Succeeded" or "Failed")), account.Metadata.CreationTimestamp),
        ]);
    }

    private static bool Is(RbacSubject subject, string account, string ns) => subject.Kind == "ServiceAccount" && subject.Name == account && (subject.Namespace is not { Length: > 0 } other || other == ns);

    private static string Words(RbacSubject subject, string ns) => subject.Kind switch
    {
        "ServiceAccount" => $"service account {subject.Name}{(subject.Namespace is { Length: > 0 } other && other != ns ? $" of {other}" : "")}",
        "User" => $"user {subject.Name}",
        "Group" => $"group {subject.Name}",
        var kind => $"{kind} {subject.Name}".Trim(),
    };

    private static string? DoubtOf(RoleBinding binding, string ns, IReadOnlyList<Role>? roles, IReadOnlyList<ClusterRole>? clusterRoles, IReadOnlyList<ServiceAccount>? accounts)
    {
        var missing = binding.RoleRef switch
        {
            null => true,
            { Kind: "Role" } to => roles is not null && roles.All(role => role.Metadata.Name != to.Name),
            { Kind: "ClusterRole" } to => clusterRoles is not null && clusterRoles.All(role => role.Metadata.Name != to.Name),
            _ => false,
        };
        if (missing)
            return $"{binding.RoleRef?.Kind ?? "The role"} {binding.RoleRef?.Name} does not exist: it grants nothing.";
        if (binding.Subjects.Count == 0)
            return "It names nobody.";
        var lost = accounts is null ? null : binding.Subjects.FirstOrDefault(subject => subject.Kind == "ServiceAccount" && (subject.Namespace is not { Length: > 0 } other || other == ns) && accounts.All(account => account.Metadata.Name != subject.Name));
        return lost is null ? null : $"Service account {lost.Name} does not exist here.";
    }
}
