using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Manifests;

namespace FlinkDashboard.Operations;

/// <summary>What a snapshot is.</summary>
public enum SnapshotKind
{
    /// <summary>Self-contained; kept until it is disposed of.</summary>
    Savepoint,

    /// <summary>Full; Flink may clean it up as it does its own.</summary>
    Checkpoint
}

/// <summary>A snapshot that somebody asks for. The options exist only where the cluster has FlinkStateSnapshots.</summary>
/// <param name="Kind">Savepoint or checkpoint.</param>
public sealed record SnapshotRequest(SnapshotKind Kind)
{
    /// <summary>CANONICAL or NATIVE, for savepoints; null for the operator's default (CANONICAL).</summary>
    public string? FormatType { get; init; }

    /// <summary>Target directory of a savepoint; null for the configured one.</summary>
    public string? Path { get; init; }

    /// <summary>Delete the files with the object, for savepoints; null for the operator's default (true).</summary>
    public bool? DisposeOnDelete { get; init; }

    /// <summary>Retries allowed; null for the default (−1, without end).</summary>
    public int? BackoffLimit { get; init; }

    /// <summary>"savepoint" or "checkpoint".</summary>
    public string Noun => Kind == SnapshotKind.Savepoint ? "savepoint" : "checkpoint";

    /// <summary>Something is chosen that a nonce cannot say.</summary>
    public bool HasOptions => !string.IsNullOrEmpty(FormatType) || !string.IsNullOrWhiteSpace(Path) || DisposeOnDelete is not null || BackoffLimit is not null;

    /// <summary>The FlinkStateSnapshot that asks for it.</summary>
    /// <param name="t">The job.</param>
    /// <param name="name">Name of the object.</param>
    public Manifest ManifestOf(FlinkTarget t, string name)
    {
        var info = FlinkStateSnapshot.Info;
        // Names in quotes: "on" and "null" are names, too.
        var manifest = Manifest.Parse($"""
            apiVersion: {info.ApiVersion}
            kind: {info.Kind}
            metadata:
              name: "{name}"
              namespace: "{t.Metadata.Namespace}"
            spec:
              jobReference:
                kind: {t.Kind.Kind}
                name: "{t.Metadata.Name}"
              {Noun}: {"{}"}
            """);
        if (Kind == SnapshotKind.Savepoint)
        {
            manifest = string.IsNullOrEmpty(FormatType) ? manifest : manifest.With("spec.savepoint.formatType", FormatType, ScalarKind.Text);
            manifest = string.IsNullOrWhiteSpace(Path) ? manifest : manifest.With("spec.savepoint.path", Path, ScalarKind.Text);
            manifest = DisposeOnDelete is not { } dispose ? manifest : manifest.With("spec.savepoint.disposeOnDelete", dispose ? "true" : "false", ScalarKind.Boolean);
        }
        return BackoffLimit is not { } limit ? manifest : manifest.With("spec.backoffLimit", limit.ToString(System.Globalization.CultureInfo.InvariantCulture), ScalarKind.Number);
    }
}
