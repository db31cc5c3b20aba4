using System.Text.Json.Serialization;
using FlinkDashboard.Model.Json;

namespace FlinkDashboard.Model.Kinds;

/// <summary><c>status.lifecycleState</c>, computed by the operator (ResourceLifecycleState). STABLE does not mean healthy.</summary>
[JsonConverter(typeof(WireWordConverter<LifecycleState>))]
public readonly record struct LifecycleState : IWireWord<LifecycleState>
{
    /// <summary>Nothing deployed yet.</summary>
    public static readonly LifecycleState Created = new("CREATED");

    /// <summary>Stopped on request.</summary>
    public static readonly LifecycleState Suspended = new("SUSPENDED");

    /// <summary>Stopping the old or starting the new.</summary>
    public static readonly LifecycleState Upgrading = new("UPGRADING");

    /// <summary>Submitted, not proven stable yet.</summary>
    public static readonly LifecycleState Deployed = new("DEPLOYED");

    /// <summary>The job was seen running (or finished), or the session cluster answered.</summary>
    public static readonly LifecycleState Stable = new("STABLE");

    /// <summary>Automatic rollback under way.</summary>
    public static readonly LifecycleState RollingBack = new("ROLLING_BACK");

    /// <summary>Runs the last stable spec while the spec still holds the bad one.</summary>
    public static readonly LifecycleState RolledBack = new("ROLLED_BACK");

    /// <summary>Failed terminally, cannot be restored without a human, or the first spec is invalid.</summary>
    public static readonly LifecycleState Failed = new("FAILED");

    /// <summary>Being cleaned up.</summary>
    public static readonly LifecycleState Deleting = new("DELETING");

    /// <summary>Cleaned up; hardly ever visible.</summary>
    public static readonly LifecycleState Deleted = new("DELETED");

    private readonly string? _text;

    private LifecycleState(string text) => _text = text;

    /// <summary>All values this version knows.</summary>
    public static IReadOnlyList<LifecycleState> Known { get; } = [Created, Suspended, Upgrading, Deployed, Stable, RollingBack, RolledBack, Failed, Deleting, Deleted];

    /// <inheritdoc />
    public string Text => _text ?? "";

    /// <summary>Not set.</summary>
    public bool IsEmpty => _text is null;

    /// <inheritdoc />
    public static LifecycleState Of(string text) => text.Length == 0 ? default : new(text);

    /// <inheritdoc />
    public override string ToString() => Text;
}
