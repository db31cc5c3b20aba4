using System.Text.Json.Serialization;
using FlinkDashboard.Model.Json;

namespace FlinkDashboard.Model.Kinds;

/// <summary><c>status.state</c> of a FlinkStateSnapshot.</summary>
[JsonConverter(typeof(WireWordConverter<SnapshotState>))]
public readonly record struct SnapshotState : IWireWord<SnapshotState>
{
    /// <summary>Not triggered yet, or to be tried again.</summary>
    public static readonly SnapshotState TriggerPending = new("TRIGGER_PENDING");

    /// <summary>Triggered.</summary>
    public static readonly SnapshotState InProgress = new("IN_PROGRESS");

    /// <summary>Done; the path is known.</summary>
    public static readonly SnapshotState Completed = new("COMPLETED");

    /// <summary>Given up.</summary>
    public static readonly SnapshotState Failed = new("FAILED");

    /// <summary>The job it belongs to is gone.</summary>
    public static readonly SnapshotState Abandoned = new("ABANDONED");

    private readonly string? _text;

    private SnapshotState(string text) => _text = text;

    /// <summary>All values this version knows.</summary>
    public static IReadOnlyList<SnapshotState> Known { get; } = [TriggerPending, InProgress, Completed, Failed, Abandoned];

    /// <inheritdoc />
    public string Text => _text ?? "";

    /// <summary>Not set.</summary>
    public bool IsEmpty => _text is null;

    /// <inheritdoc />
    public static SnapshotState Of(string text) => text.Length == 0 ? default : new(text);

    /// <inheritdoc />
    public override string ToString() => Text;
}
