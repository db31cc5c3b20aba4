using System.Text.Json.Serialization;
using FlinkDashboard.Model.Json;

namespace FlinkDashboard.Model.Kinds;

/// <summary><c>spec.job.state</c>: what the user asks for. Empty means running.</summary>
[JsonConverter(typeof(WireWordConverter<DesiredState>))]
public readonly record struct DesiredState : IWireWord<DesiredState>
{
    /// <summary>Run.</summary>
    public static readonly DesiredState Running = new("running");

    /// <summary>Stop and keep state as upgradeMode says.</summary>
    public static readonly DesiredState Suspended = new("suspended");

    private readonly string? _text;

    private DesiredState(string text) => _text = text;

    /// <summary>All values this version knows.</summary>
    public static IReadOnlyList<DesiredState> Known { get; } = [Running, Suspended];

    /// <inheritdoc />
    public string Text => _text ?? "";

    /// <summary>Not set.</summary>
    public bool IsEmpty => _text is null;

    /// <inheritdoc />
    public static DesiredState Of(string text) => text.Length == 0 ? default : new(text);

    /// <inheritdoc />
    public override string ToString() => Text;
}
