using System.Globalization;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>A ReplicaSet as its Deployment sees it.</summary>
internal sealed class ReplicaSetView
{
    public const string HashLabel = "pod-template-hash";

    public ReplicaSetView(WorldObject set)
    {
        Object = set;
        Json = set.Read();
        Wanted = (int)(Json.Number("spec", "replicas") ?? 1);
        Replicas = Status("replicas");
        Ready = Status("readyReplicas");
        Available = Status("availableReplicas");
        Terminating = Status("terminatingReplicas");
        Revision = int.TryParse(Json.Text("metadata", "annotations", DeploymentRules.Revision), CultureInfo.InvariantCulture, out var r) ? r : 0;
        Failure = Json.Items("status", "conditions").FirstOrDefault(c => c.Text("type") == "ReplicaFailure");
    }

    public WorldObject Object { get; }

    public JsonObject Json { get; }

    /// <summary>spec.replicas.</summary>
    public int Wanted { get; }

    public int Replicas { get; }

    public int Ready { get; }

    public int Available { get; }

    public int Terminating { get; }

    public int Revision { get; }

    /// <summary>Its ReplicaFailure condition.</summary>
    public JsonObject? Failure { get; }

    public string? Annotation(string name) => Json.Text("metadata", "annotations", name);

    /// <summary>True if its pods are those of the Deployment's template.</summary>
    public bool Runs(JsonNode template)
    {
        var own = Json.At("spec", "template")?.DeepClone();
        (own.At("metadata", "labels") as JsonObject)?.Remove(HashLabel);
        return JsonNode.DeepEquals(own, template);
    }

    private int Status(string name) => (int)(Json.Number("status", name) ?? 0);
}
