using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model.Manifests;

namespace FlinkDashboard.Operations;

/// <summary>One field and what it is to be.</summary>
/// <param name="Path">As of <see cref="Manifest"/>.</param>
/// <param name="Value">Null removes it.</param>
/// <param name="Kind">What it is written as.</param>
public sealed record FieldSetting(string Path, string? Value, ScalarKind Kind);

/// <summary>
/// A change of single fields of a spec: the one description from which the patch, the kubectl command, the manifest for a preview and the YAML to commit
/// are made.
/// </summary>
/// <param name="Action">Restart, Scale, … as the audit trail names it.</param>
/// <param name="Done">What it does, as a clause: "restart", "set parallelism to 4".</param>
/// <param name="Settings">The fields.</param>
public sealed record SpecEdit(string Action, string Done, IReadOnlyList<FieldSetting> Settings)
{
    /// <summary>The manifest with the fields set; comments and everything else stay.</summary>
    public Manifest ApplyTo(Manifest manifest) => Settings.Aggregate(manifest, (m, s) => m.With(s.Path, s.Value, s.Kind));

    /// <summary>The fields alone, as YAML to be merged into the manifest of a repository.</summary>
    public string Yaml => ApplyTo(Manifest.Parse("")).Text;

    /// <summary>The patch by itself.</summary>
    internal MergePatch Patch => Settings.Aggregate(MergePatch.Nothing, (p, s) => p.And(s.Path, s.Value, s.Kind));

    internal static FieldSetting Number(string path, long value) => new(path, value.ToString(System.Globalization.CultureInfo.InvariantCulture), ScalarKind.Number);

    internal static FieldSetting Text(string path, string? value) => new(path, value, ScalarKind.Text);

    internal static FieldSetting Key(string key, string? value) => new($"spec.flinkConfiguration[{key}]", value, ScalarKind.Text);
}
