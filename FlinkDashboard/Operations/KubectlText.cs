using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Operations;

/// <summary>The kubectl command that does the same.</summary>
public static class KubectlText
{
    /// <summary>The patch that suspends.</summary>
    public static MergePatch SuspendPatch { get; } = MergePatch.Set("spec.job.state", "suspended");

    /// <summary>The patch that resumes.</summary>
    public static MergePatch ResumePatch { get; } = MergePatch.Set("spec.job.state", "running");

    /// <summary>A merge patch.</summary>
    public static string Patch(KindInfo kind, ObjectMeta target, MergePatch patch) =>
        $"kubectl -n {target.Namespace} patch {Word(kind)} {target.Name} --type=merge -p '{patch}'";

    /// <summary>A deletion.</summary>
    public static string Delete(KindInfo kind, ObjectMeta target) => $"kubectl -n {target.Namespace} delete {Word(kind)} {target.Name}";

    private static string Word(KindInfo kind) => kind.Kind.ToLowerInvariant();
}
