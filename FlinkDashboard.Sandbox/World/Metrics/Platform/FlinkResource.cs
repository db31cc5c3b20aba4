using System.Globalization;
using System.Text.Json;
using FlinkDashboard.Sandbox.World.Metrics.Kubernetes;

namespace FlinkDashboard.Sandbox.World.Metrics.Platform;

/// <summary>A resource of the Flink operator as far as metrics show it.</summary>
internal sealed class FlinkResource
{
    private FlinkResource(WorldObject item, JsonElement root)
    {
        (Kind, Namespace, Name) = (item.Type.Kind, item.Namespace, item.Name);
        var status = Json.Child(root, "status");
        Created = Json.Time(root.GetProperty("metadata"), "creationTimestamp") ?? DateTimeOffset.UnixEpoch;
        Lifecycle = Json.Text(status, "lifecycleState") is { Length: > 0 } state ? state : "CREATED";
        JobManager = Json.Text(status, "jobManagerDeploymentStatus") is { Length: > 0 } deployment ? deployment : "MISSING";
        var info = Json.Child(status, "clusterInfo");
        Version = Json.Text(info, "flink-version");
        (Cpu, Memory, StateSize) = (Number(info, "total-cpu"), Number(info, "total-memory"), Number(info, "state-size"));
        SnapshotState = Json.Text(status, "state") is { Length: > 0 } snapshot ? snapshot : "TRIGGER_PENDING";
        IsSavepoint = Json.Child(Json.Child(root, "spec"), "savepoint").ValueKind == JsonValueKind.Object;
    }

    public string Kind { get; }

    public string Namespace { get; }

    public string Name { get; }

    public DateTimeOffset Created { get; }

    public string Lifecycle { get; }

    public string JobManager { get; }

    /// <summary>Flink's version, as <c>1.20.1</c>; empty while not known.</summary>
    public string Version { get; }

    public double Cpu { get; }

    public double Memory { get; }

    public double StateSize { get; }

    public string SnapshotState { get; }

    public bool IsSavepoint { get; }

    public static FlinkResource Of(WorldObject item)
    {
        using var document = JsonDocument.Parse(item.Json);
        return new FlinkResource(item, document.RootElement);
    }

    private static double Number(JsonElement node, string name) => double.TryParse(Json.Text(node, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : 0;
}
