using System.Text.Json.Serialization;
using FlinkDashboard.Model.Json;

namespace FlinkDashboard.Model.Kinds;

/// <summary><c>status.blueGreenState</c>.</summary>
[JsonConverter(typeof(WireWordConverter<BlueGreenState>))]
public readonly record struct BlueGreenState : IWireWord<BlueGreenState>
{
    /// <summary>First deployment.</summary>
    public static readonly BlueGreenState InitializingBlue = new("INITIALIZING_BLUE");

    /// <summary>Blue serves.</summary>
    public static readonly BlueGreenState ActiveBlue = new("ACTIVE_BLUE");

    /// <summary>Blue takes the savepoint green will start from.</summary>
    public static readonly BlueGreenState SavepointingBlue = new("SAVEPOINTING_BLUE");

    /// <summary>Green starts.</summary>
    public static readonly BlueGreenState TransitioningToGreen = new("TRANSITIONING_TO_GREEN");

    /// <summary>Green serves.</summary>
    public static readonly BlueGreenState ActiveGreen = new("ACTIVE_GREEN");

    /// <summary>Green takes the savepoint blue will start from.</summary>
    public static readonly BlueGreenState SavepointingGreen = new("SAVEPOINTING_GREEN");

    /// <summary>Blue starts.</summary>
    public static readonly BlueGreenState TransitioningToBlue = new("TRANSITIONING_TO_BLUE");

    private readonly string? _text;

    private BlueGreenState(string text) => _text = text;

    /// <summary>All values this version knows.</summary>
    public static IReadOnlyList<BlueGreenState> Known { get; } = [InitializingBlue, ActiveBlue, SavepointingBlue, TransitioningToGreen, ActiveGreen, SavepointingGreen, TransitioningToBlue];

    /// <inheritdoc />
    public string Text => _text ?? "";

    /// <summary>Not set.</summary>
    public bool IsEmpty => _text is null;

    /// <inheritdoc />
    public static BlueGreenState Of(string text) => text.Length == 0 ? default : new(text);

    /// <inheritdoc />
    public override string ToString() => Text;
}
