using System.Text.Json.Serialization;
using FlinkDashboard.Model.Json;

namespace FlinkDashboard.Model.Kinds;

/// <summary><c>spec.mode</c>. Empty means native.</summary>
[JsonConverter(typeof(WireWordConverter<DeploymentMode>))]
public readonly record struct DeploymentMode : IWireWord<DeploymentMode>
{
    /// <summary>The JobManager asks Kubernetes for TaskManager pods.</summary>
    public static readonly DeploymentMode Native = new("native");

    /// <summary>The operator creates Deployments for both.</summary>
    public static readonly DeploymentMode Standalone = new("standalone");

    private readonly string? _text;

    private DeploymentMode(string text) => _text = text;

    /// <summary>All values this version knows.</summary>
    public static IReadOnlyList<DeploymentMode> Known { get; } = [Native, Standalone];

    /// <inheritdoc />
    public string Text => _text ?? "";

    /// <summary>Not set.</summary>
    public bool IsEmpty => _text is null;

    /// <inheritdoc />
    public static DeploymentMode Of(string text) => text.Length == 0 ? default : new(text);

    /// <inheritdoc />
    public override string ToString() => Text;
}
