using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Manifests;

namespace FlinkDashboard.Model.OperatorRules;

/// <summary>What is known of the installed operator's version. A version that only the definitions hint at is never taken for a fact.</summary>
/// <param name="Version">What its Deployment names, for instance <c>1.15.0</c>; null when it names none.</param>
/// <param name="AtLeast">Where no version is named: the release with which the newest part of the installed definitions came. The operator is that one or a later one.</param>
public sealed record OperatorEvidence(string? Version, OperatorRelease? AtLeast)
{
    // What first came with which release (its release notes).
    private static readonly (string Path, int Minor)[] FirstSeen =
    [
        ("spec.jobManager.resources", 16), ("status.conditions", 15), ("spec.job.autoscalerResetNonce", 11), ("spec.job.savepointRedeployNonce", 8), ("spec.job.checkpointTriggerNonce", 7),
    ];

    /// <summary>Reads it.</summary>
    /// <param name="operators">Deployments of operators; where two differ, which of them looks after an object is not known.</param>
    /// <param name="applications">The installed definition of FlinkDeployment; null when not known.</param>
    /// <param name="hasSnapshots">FlinkStateSnapshots are defined (1.10).</param>
    /// <param name="hasBlueGreen">FlinkBlueGreenDeployments are defined (1.14).</param>
    public static OperatorEvidence Of(IEnumerable<Deployment> operators, CrdSchema? applications, bool hasSnapshots, bool hasBlueGreen)
    {
        var named = operators.Select(OperatorRelease.VersionOf).Distinct().ToList();
        if (named.Count > 1)
            return new(null, null);
        if (named is [{ } version] && OperatorRelease.IsVersion(version))
            return new(version, null);
        var minor = FirstSeen.FirstOrDefault(one => applications?.Has(one.Path) == true).Minor;
        minor = Math.Max(minor, hasBlueGreen ? 14 : hasSnapshots ? 10 : 0);
        return new(null, minor == 0 ? null : new(minor));
    }
}
