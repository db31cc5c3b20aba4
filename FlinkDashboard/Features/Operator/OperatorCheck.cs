using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Verdicts;
using FlinkDashboard.State;
using FlinkDashboard.Ui.Formats;
using FlinkDashboard.Ui.Live;
using FlinkDashboard.Ui.Objects;

namespace FlinkDashboard.Features.Operator;

/// <summary>One line of the operator page: something that is found, missing, or not to be seen.</summary>
public sealed record OperatorCheck(string Name, VerdictState State, string Sentence)
{
    private static readonly (KindInfo Kind, string Since)[] Kinds =
    [
        (FlinkDeployment.Info, "every operator has it"), (FlinkSessionJob.Info, "every operator has it"),
        (FlinkStateSnapshot.Info, "operator 1.10 and later"), (FlinkBlueGreenDeployment.Info, "operator 1.14 and later"),
    ];

    /// <summary>All lines.</summary>
    public static IReadOnlyList<OperatorCheck> Of(ClusterView cluster, IReadOnlyList<PlatformPart> parts, DateTimeOffset now) =>
    [
        .. parts.Take(1).Select(From),
        Leader(parts[0], [.. cluster.All<Lease>()], cluster.Status<Lease>(), now),
        Webhook([.. cluster.All<ValidatingWebhookConfiguration>()], cluster.Status<ValidatingWebhookConfiguration>()),
        .. Kinds.Select(kind => Crd(kind.Kind, kind.Since, cluster.Find<CustomResourceDefinition>(null, kind.Kind.QualifiedName), cluster.Status<CustomResourceDefinition>())),
        .. parts.Skip(1).Select(From),
        Metrics(cluster.Status<NodeMetrics>()),
    ];

    /// <summary>Who leads: the Lease in the operator's namespace.</summary>
    public static OperatorCheck Leader(PlatformPart part, IReadOnlyList<Lease> leases, WatchStatus status, DateTimeOffset now)
    {
        const string Name = "Leader";
        if (status.State == WatchState.Forbidden)
            return Hidden(Name, "Leases");
        var lease = leases.FirstOrDefault(one => part.Pods.Any(pod => pod.Namespace == one.Metadata.Namespace) && one.Metadata.Name.Contains("flink", StringComparison.OrdinalIgnoreCase));
        if (lease is null)
            return new(Name, part.Pods.Count > 1 ? VerdictState.Degraded : VerdictState.Stopped, part.Pods.Count > 1 ? "No Lease, though several pods run: leader election is off or has not happened." : "No Lease: leader election is off, as it may be with one pod.");
        var holder = lease.Spec.HolderIdentity is { Length: > 0 } text ? text : "nobody";
        var late = lease.Spec.RenewTime is { } renewed && now - renewed > TimeSpan.FromSeconds(3 * (lease.Spec.LeaseDurationSeconds ?? 15));
        return new(Name, late || holder == "nobody" ? VerdictState.Degraded : VerdictState.Healthy,
            $"{holder} holds Lease {lease.Metadata.Name} since {Since(lease.Spec.AcquireTime, now)}; renewed {Durations.Ago(lease.Spec.RenewTime, now)}{(late ? ", which is late" : "")}; changed hands {lease.Spec.LeaseTransitions ?? 0} ×.");
    }

    /// <summary>The admission webhook that refuses bad specs at once.</summary>
    public static OperatorCheck Webhook(IReadOnlyList<ValidatingWebhookConfiguration> all, WatchStatus status)
    {
        const string Name = "Admission webhook";
        if (status.State == WatchState.Forbidden)
            return Hidden(Name, "ValidatingWebhookConfigurations");
        var found = all.FirstOrDefault(one => one.Webhooks.Any(hook => hook.Rules.Any(rule => rule.ApiGroups.Any(g => g == "*" || g == FlinkDeployment.Info.Group) && rule.Resources.Contains(FlinkDeployment.Info.Plural))));
        if (found is null)
            return new(Name, VerdictState.Stopped, "None for Flink kinds: a bad spec is accepted, and the operator reports it afterwards in status.error.");
        var hook = found.Webhooks[0];
        return new(Name, VerdictState.Healthy, $"{found.Metadata.Name} checks Flink specs before they are stored ({(hook.FailurePolicy == "Ignore" ? "lets them pass" : "refuses them")} when it cannot be reached).");
    }

    /// <summary>One of the operator's kinds.</summary>
    public static OperatorCheck Crd(KindInfo kind, string since, CustomResourceDefinition? crd, WatchStatus status)
    {
        if (crd is null)
            return status.State == WatchState.Forbidden ? Hidden(kind.Kind, "CustomResourceDefinitions") : new(kind.Kind, VerdictState.Stopped, $"The kind is not installed ({since}).");
        var versions = string.Join(", ", crd.Spec.Versions.Where(version => version.Served).Select(version => version.Storage ? $"{version.Name} (stored)" : version.Name));
        var ready = crd.Status.Conditions.Of("Established") is not { IsTrue: false };
        return new(kind.Kind, ready ? VerdictState.Healthy : VerdictState.Changing, $"{kind.QualifiedName}, served as {versions}{(ready ? "" : "; not established yet")}.");
    }

    private static OperatorCheck Metrics(WatchStatus status) => status.State switch
    {
        WatchState.Live => new("metrics.k8s.io", VerdictState.Healthy, "Answers: use of CPU and memory is shown."),
        WatchState.Forbidden => Hidden("metrics.k8s.io", "node metrics"),
        WatchState.Absent => new("metrics.k8s.io", VerdictState.Stopped, "Not served: use of CPU and memory is not known."),
        WatchState.Connecting => new("metrics.k8s.io", VerdictState.Unknown, "Being asked."),
        _ => new("metrics.k8s.io", VerdictState.Degraded, $"Does not answer: {status.LastError}"),
    };

    private static OperatorCheck From(PlatformPart part) => new(part.Name, part.State, part.Sentence);

    private static OperatorCheck Hidden(string name, string what) => new(name, VerdictState.Unknown, $"You may not see {what}.");

    private static string Since(DateTimeOffset? at, DateTimeOffset now) => at is { } since ? Durations.Text(now - since) : "unknown";
}

/// <summary>What the operator page says first.</summary>
public static class OperatorWords
{
    /// <summary>"All 12 checks are well." or what is not.</summary>
    public static string Summary(IReadOnlyList<OperatorCheck> checks)
    {
        var bad = checks.Where(check => check.State is VerdictState.Failing or VerdictState.Degraded).Select(check => check.Name).ToArray();
        var missing = checks.Count(check => check.State == VerdictState.Stopped);
        var rest = missing == 0 ? "" : $" {missing} optional part{(missing == 1 ? " is" : "s are")} not installed.";
        return (bad.Length == 0 ? "What is installed works." : $"Look at {string.Join(", ", bad)}.") + rest;
    }
}
