using System.Text.Json.Serialization;
using FlinkDashboard.Model.Json;

namespace FlinkDashboard.Model.Kinds;

/// <summary><c>spec.job.upgradeMode</c>: how state is carried over a suspend or upgrade. Empty means stateless.</summary>
[JsonConverter(typeof(WireWordConverter<UpgradeMode>))]
public readonly record struct UpgradeMode : IWireWord<UpgradeMode>
{
    /// <summary>State is dropped.</summary>
    public static readonly UpgradeMode Stateless = new("stateless");

    /// <summary>Stop with a savepoint, start from it.</summary>
    public static readonly UpgradeMode Savepoint = new("savepoint");

    /// <summary>Start from the last checkpoint.</summary>
    public static readonly UpgradeMode LastState = new("last-state");

    private readonly string? _text;

    private UpgradeMode(string text) => _text = text;

    /// <summary>All values this version knows.</summary>
    public static IReadOnlyList<UpgradeMode> Known { get; } = [Stateless, Savepoint, LastState];

    /// <inheritdoc />
    public string Text => _text ?? "";

    /// <summary>Not set.</summary>
    public bool IsEmpty => _text is null;

    /// <inheritdoc />
    public static UpgradeMode Of(string text) => text.Length == 0 ? default : new(text);

    /// <inheritdoc />
    public override string ToString() => Text;
}
