using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Operations;

/// <summary>
/// Who changed a spec: managedFields name the program that wrote, and since all users of this dashboard write through the same one, its writes leave the
/// user's name in an annotation.
/// </summary>
public static class Author
{
    /// <summary>Annotation that every write of this dashboard leaves on the object.</summary>
    public const string Annotation = "flink-dashboard/changed-by";

    private const string Path = $"metadata.annotations[{Annotation}]";

    /// <summary>The author as one line: a user of this dashboard, or the field manager that wrote the spec last; null when nobody is known.</summary>
    /// <param name="writers">The object's managedFields.</param>
    /// <param name="annotation">Value of <see cref="Annotation"/>; believed only while the last write of the spec was this dashboard's.</param>
    public static string? Of(IReadOnlyList<FieldWriter> writers, string? annotation)
    {
        var last = FieldWriter.OfSpec(writers);
        if (last is null)
            return string.IsNullOrEmpty(annotation) ? null : annotation;
        return last.Name == KubernetesApi.FieldManager && !string.IsNullOrEmpty(annotation) ? annotation : last.Name;
    }

    internal static MergePatch Mark(MergePatch patch, string user) => patch.And(Path, user);

    internal static Manifest Mark(Manifest manifest, string user) => manifest.With(Path, user, ScalarKind.Text);
}
