using System.Text.RegularExpressions;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Model.OperatorRules;

/// <summary>What a session job's validator needs to know of its cluster.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsSession">It has no job of its own.</param>
public sealed record SessionClusterFacts(string Name, bool IsSession);

/// <summary>The operator's DefaultValidator for FlinkSessionJobs (1.15) as a table, in its order.</summary>
public static partial class SessionJobValidator
{
    /// <summary>Schemes that an operator can be told to fetch from.</summary>
    internal static readonly IReadOnlySet<string> Fetchable = new HashSet<string> { "https", "http", "file", "s3", "s3a", "s3n", "hdfs", "gs", "abfs", "abfss", "wasb", "wasbs", "oss" };

    private static readonly (string Field, Func<DeploymentDraft, SessionClusterFacts?, string?> Check)[] Rules =
    [
        ("spec.deploymentName", (d, _) => Name(d)),
        ("spec.job", (d, _) => d.Job is null ? "The job spec should not be empty" : null),
        ("spec.deploymentName", (d, _) => d.Deployed is { } deployed && deployed.Text("deploymentName") != d.Spec.Text("deploymentName") ? "The deploymentName can't be changed" : null),
        ("spec.job.jarURI", (d, _) => JarUri(d)),
        ("spec.deploymentName", (_, c) => c is { IsSession: false } ? "Can not submit session job to application cluster" : null),
        ("spec.deploymentName", (d, c) => c is not null && c.Name != d.Spec.Text("deploymentName") ? "The session job's cluster id is not match with the session cluster" : null),
        ("spec.flinkConfiguration", (d, c) => c is null ? null : JobRules.CheckpointDirectory(d)),
        ("spec.flinkConfiguration", (d, c) => c is null ? null : JobRules.SavepointDirectory(d)),
        ("spec.job.parallelism", (d, c) => c is not null && d.Job is { } job && (job.Number("parallelism") ?? 0) < 1 ? "Job parallelism must be larger than 0" : null),
        ("spec.job.initialSavepointPath", (d, _) => JobRules.SavepointRedeploy(d)),
        ("spec.flinkConfiguration", (d, _) => AutoscalerRules.Check(d)),
    ];

    /// <summary>All rules that the draft breaks, in the operator's order; rules that need the cluster are left out where it is not known.</summary>
    public static IReadOnlyList<RuleBreach> Breaches(DeploymentDraft draft, SessionClusterFacts? cluster) =>
        [.. Rules.Select(r => (r.Field, Message: r.Check(draft, cluster))).Where(r => r.Message is not null).Select(r => new RuleBreach(r.Field, r.Message!))];

    /// <summary>The facts about a cluster; null when it is not known.</summary>
    public static SessionClusterFacts? ClusterOf(FlinkDeployment? cluster) => cluster is null ? null : new(cluster.Metadata.Name, cluster.Spec.Job is null);

    private static string? Name(DeploymentDraft draft) => DeploymentValidator.NamePattern().IsMatch(draft.Spec.Text("deploymentName") ?? "")
        ? null
        : $"The FlinkSessionJob deploymentName: {draft.Spec.Text("deploymentName") ?? "null"} is invalid, must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123'), and the length must be no more than 45 characters.";

    // Only schemes on the operator's list are fetched, by default only https. Where the list is not known, a scheme that some operator may have on it passes.
    private static string? JarUri(DeploymentDraft draft)
    {
        if (draft.Job.Text("jarURI") is not { } text)
            return null;
        if (text.Any(c => char.IsWhiteSpace(c) || c is '<' or '>' or '"' or '{' or '}' or '|' or '\\' or '^' or '`'))
            return $"Invalid jarURI: {text}";
        if (!Scheme().IsMatch(text))
            return $"jarURI must have a scheme: {text}";
        var scheme = text[..text.IndexOf(':', StringComparison.Ordinal)].ToLowerInvariant();
        var list = draft.Value("kubernetes.operator.user.artifacts.allowed-schemes");
        var allowed = (list ?? "https").Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (!allowed.Contains(scheme) && (list is not null || !Fetchable.Contains(scheme)))
            return $"jarURI scheme '{scheme}' is not in the allowlist [{string.Join(", ", allowed)}]";
        return scheme is "http" or "https" && draft.IsOn("kubernetes.operator.user.artifacts.disallow-restricted-hosts", byDefault: true) ? Host(text) : null;
    }

    private static string? Host(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
            return $"jarURI must have a host: {text}";
        var restricted = uri.IsLoopback || (System.Net.IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IsRestricted(address));
        return restricted ? $"jarURI host '{uri.Host}' resolves to a restricted address" : null;
    }

    private static bool IsRestricted(System.Net.IPAddress address)
    {
        if (address.IsIPv6LinkLocal || address.IsIPv6SiteLocal || address.IsIPv6Multicast || System.Net.IPAddress.IsLoopback(address) || address.Equals(System.Net.IPAddress.IPv6Any))
            return true;
        return address.GetAddressBytes() is [var a, var b, _, _] && (a is 0 or 10 or 127 || a >= 224 || (a == 169 && b == 254) || (a == 172 && b is >= 16 and < 32) || (a == 192 && b == 168));
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.\-]*:")]
    private static partial Regex Scheme();
}
