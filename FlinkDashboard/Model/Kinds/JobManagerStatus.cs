using System.Text.Json.Serialization;
using FlinkDashboard.Model.Json;

namespace FlinkDashboard.Model.Kinds;

/// <summary><c>status.jobManagerDeploymentStatus</c>.</summary>
[JsonConverter(typeof(WireWordConverter<JobManagerStatus>))]
public readonly record struct JobManagerStatus : IWireWord<JobManagerStatus>
{
    /// <summary>No JobManager Deployment.</summary>
    public static readonly JobManagerStatus Missing = new("MISSING");

    /// <summary>The Deployment exists but nothing is available or the port is closed.</summary>
    public static readonly JobManagerStatus Deploying = new("DEPLOYING");

    /// <summary>The port is open, REST not asked yet.</summary>
    public static readonly JobManagerStatus DeployedNotReady = new("DEPLOYED_NOT_READY");

    /// <summary>REST usable.</summary>
    public static readonly JobManagerStatus Ready = new("READY");

    /// <summary>A failure of pod or Deployment was detected.</summary>
    public static readonly JobManagerStatus Error = new("ERROR");

    private readonly string? _text;

    private JobManagerStatus(string text) => _text = text;

    /// <summary>All values this version knows.</summary>
    public static IReadOnlyList<JobManagerStatus> Known { get; } = [Missing, Deploying, DeployedNotReady, Ready, Error];

    /// <inheritdoc />
    public string Text => _text ?? "";

    /// <summary>Not set.</summary>
    public bool IsEmpty => _text is null;

    /// <inheritdoc />
    public static JobManagerStatus Of(string text) => text.Length == 0 ? default : new(text);

    /// <inheritdoc />
    public override string ToString() => Text;
}
