using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Manifests;

namespace FlinkDashboard.Model.OperatorRules;

/// <summary>What is known around a manifest when it is checked. What is null is not known, and nothing is said about it.</summary>
public sealed record ManifestContext
{
    /// <summary>Nothing is known.</summary>
    public static readonly ManifestContext None = new();

    /// <summary>Schema of the installed CRD.</summary>
    public CrdSchema? Schema { get; init; }

    /// <summary>The object as it stands in the cluster.</summary>
    public IKubernetesObject? Current { get; init; }

    /// <summary>The object exists, also where <see cref="Current"/> is not known.</summary>
    public bool Exists { get => field || Current is not null; init; }

    /// <summary>Flink deployments of the namespace.</summary>
    public IReadOnlyCollection<FlinkDeployment>? Deployments { get; init; }

    /// <summary>Session jobs of the namespace.</summary>
    public IReadOnlyCollection<FlinkSessionJob>? SessionJobs { get; init; }

    /// <summary>Names of the namespace's service accounts.</summary>
    public IReadOnlyCollection<string>? ServiceAccounts { get; init; }

    /// <summary>Names of the namespace's secrets.</summary>
    public IReadOnlyCollection<string>? Secrets { get; init; }

    /// <summary>Names of the namespace's persistent volume claims.</summary>
    public IReadOnlyCollection<string>? VolumeClaims { get; init; }

    /// <summary>Nodes of the cluster.</summary>
    public IReadOnlyCollection<Node>? Nodes { get; init; }

    /// <summary>Karpenter's node pools.</summary>
    public IReadOnlyCollection<NodePool>? NodePools { get; init; }

    /// <summary>The operator's default configuration.</summary>
    public IReadOnlyDictionary<string, string>? Defaults { get; init; }

    /// <summary>EMR release of the operator, for instance <c>7.1.0</c>; null when it is none of Amazon's or not known.</summary>
    public string? OperatorEmrRelease { get; init; }
}
