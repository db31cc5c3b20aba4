using System.Text.Json.Serialization;
using FlinkDashboard.Model.Json;

namespace FlinkDashboard.Model.Kinds;

/// <summary><c>status.reconciliationStatus.state</c>.</summary>
[JsonConverter(typeof(WireWordConverter<ReconciliationState>))]
public readonly record struct ReconciliationState : IWireWord<ReconciliationState>
{
    /// <summary>The last spec is deployed.</summary>
    public static readonly ReconciliationState Deployed = new("DEPLOYED");

    /// <summary>A spec is being put into effect; the initial value.</summary>
    public static readonly ReconciliationState Upgrading = new("UPGRADING");

    /// <summary>Going back.</summary>
    public static readonly ReconciliationState RollingBack = new("ROLLING_BACK");

    /// <summary>Went back to the last stable spec.</summary>
    public static readonly ReconciliationState RolledBack = new("ROLLED_BACK");

    private readonly string? _text;

    private ReconciliationState(string text) => _text = text;

    /// <summary>All values this version knows.</summary>
    public static IReadOnlyList<ReconciliationState> Known { get; } = [Deployed, Upgrading, RollingBack, RolledBack];

    /// <inheritdoc />
    public string Text => _text ?? "";

    /// <summary>Not set.</summary>
    public bool IsEmpty => _text is null;

    /// <inheritdoc />
    public static ReconciliationState Of(string text) => text.Length == 0 ? default : new(text);

    /// <inheritdoc />
    public override string ToString() => Text;
}
