using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Behaviours.Flink;

/// <summary>What a Flink process finds in its pod.</summary>
internal static class FlinkPod
{
    /// <summary>Name of Flink's container in every pod of a cluster.</summary>
    public const string MainContainer = "flink-main-container";

    /// <summary>The mounted configuration: ConfigMap <c>flink-config-CLUSTER</c>; null if there is none.</summary>
    public static Dictionary<string, string>? Configuration(SandboxWorld world, WorldObject pod)
    {
        var map = world.Objects.Find(ResourceTypes.ConfigMaps, pod.Namespace, $"flink-config-{pod.Labels["app"]}")?.Read()["data"];
        if ((string?)map?["flink-conf.yaml"] is { } lines)
            return FlinkSettings.ParseLines(lines);
        return (string?)map?["config.yaml"] is { } yaml ? FlinkSettings.ParseYaml(yaml) : null;
    }

    /// <summary>The container's specification.</summary>
    public static JsonObject Container(JsonObject pod) =>
        pod["spec"]!["containers"]!.AsArray().First(c => (string?)c!["name"] == MainContainer)!.AsObject();

    /// <summary>Its arguments.</summary>
    public static IReadOnlyList<string> Arguments(JsonObject container) =>
        container["args"] is JsonArray args ? [.. args.Select(a => (string?)a ?? "")] : [];
}
