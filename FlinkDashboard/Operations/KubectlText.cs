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

    /// <summary>A merge patch; secrets in it are masked.</summary>
    public static string Patch(KindInfo kind, ObjectMeta target, MergePatch patch) =>
        $"kubectl -n {target.Namespace} patch {Word(kind)} {target.Name} --type=merge -p '{patch.Shown().ToString().Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>A deletion.</summary>
    public static string Delete(KindInfo kind, ObjectMeta target) => $"kubectl -n {target.Namespace} delete {Word(kind)} {target.Name}";

    /// <summary>The scale subresource.</summary>
    public static string Scale(KindInfo kind, ObjectMeta target, int replicas) => $"kubectl -n {target.Namespace} scale {Word(kind)} {target.Name} --replicas={replicas}";

    /// <summary>A creation from a file.</summary>
    public static string Create(string? ns) => $"kubectl -n {ns} create -f -";

    private static string Word(KindInfo kind) => kind.Kind.ToLowerInvariant();
}
