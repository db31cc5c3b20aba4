using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>The arithmetic of Deployments: surge, unavailability, hash, new ReplicaSets.</summary>
internal static class DeploymentRules
{
    public const string Revision = "deployment.kubernetes.io/revision";
    public const string Desired = "deployment.kubernetes.io/desired-replicas";
    public const string Max = "deployment.kubernetes.io/max-replicas";
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    public static int Replicas(JsonObject deployment) => (int)(deployment.Number("spec", "replicas") ?? 1);

    public static bool IsRolling(JsonObject deployment) => deployment.Text("spec", "strategy", "type") != "Recreate";

    /// <summary>How many pods may be above and below the wanted number during a rolling update.</summary>
    public static (int Surge, int Unavailable) Bounds(JsonObject deployment)
    {
        var replicas = Replicas(deployment);
        if (!IsRolling(deployment) || replicas == 0)
            return (0, 0);
        var surge = Share(deployment.At("spec", "strategy", "rollingUpdate", "maxSurge"), replicas, up: true);
        var unavailable = Share(deployment.At("spec", "strategy", "rollingUpdate", "maxUnavailable"), replicas, up: false);
        // Both zero could never progress.
        return surge == 0 && unavailable == 0 ? (0, 1) : (surge, Math.Min(unavailable, replicas));
    }

    /// <summary>The replica annotations a ReplicaSet must carry.</summary>
    public static (string Desired, string Max) Annotations(JsonObject deployment)
    {
        var replicas = Replicas(deployment);
        return (Text(replicas), Text(replicas + Bounds(deployment).Surge));
    }

    /// <summary>
    /// Names the ReplicaSet of a template: FNV-1a over it, written in Kubernetes' safe alphabet. (The real hash is over Go's
    /// dump of the struct, so the digits differ; the alphabet and length do not.)
    /// </summary>
    public static string Hash(JsonNode template, int collisions)
    {
        var hash = 2166136261u;
        foreach (var b in Encoding.UTF8.GetBytes(template.ToJsonString(JsonText.Options) + (collisions == 0 ? "" : Text(collisions))))
            hash = (hash ^ b) * 16777619;
        return string.Concat(Text(hash).Select(digit => "bcdfghjklmnpqrstvwxz2456789"[digit % 27]));
    }

    /// <summary>A new ReplicaSet, without replicas of its own yet.</summary>
    public static JsonObject NewReplicaSet(WorldObject deployment, JsonObject json, string hash, int replicas, int revision)
    {
        var template = json.At("spec", "template")!.DeepClone().AsObject();
        template.Child("metadata").Child("labels")[ReplicaSetView.HashLabel] = hash;
        var selector = json.At("spec", "selector")!.DeepClone().AsObject();
        selector.Child("matchLabels")[ReplicaSetView.HashLabel] = hash;
        var annotations = json.At("metadata", "annotations")?.DeepClone() as JsonObject ?? [];
        annotations.Remove(LastApplied);
        (annotations[Desired], annotations[Max]) = Annotations(json) is var (d, m) ? ((JsonNode)d, (JsonNode)m) : default;
        annotations[Revision] = Text(revision);
        return new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{deployment.Name}-{hash}",
                ["namespace"] = deployment.Namespace,
                ["labels"] = template["metadata"]!["labels"]!.DeepClone(),
                ["annotations"] = annotations,
                ["ownerReferences"] = new JsonArray(OwnerReference(deployment)),
            },
            ["spec"] = new JsonObject { ["replicas"] = replicas, ["selector"] = selector, ["template"] = template },
            ["status"] = new JsonObject { ["replicas"] = 0 },
        };
    }

    /// <summary>The reference a controller puts on what it creates.</summary>
    public static JsonObject OwnerReference(WorldObject owner) => new()
    {
        ["apiVersion"] = owner.Type.ApiVersion,
        ["kind"] = owner.Type.Kind,
        ["name"] = owner.Name,
        ["uid"] = owner.Uid,
        ["controller"] = true,
        ["blockOwnerDeletion"] = true,
    };

    private static int Share(JsonNode? value, int of, bool up)
    {
        var text = value.Text() ?? (value.Number() is { } n ? Text(n) : "25%");
        if (!text.EndsWith('%'))
            return int.TryParse(text, CultureInfo.InvariantCulture, out var count) ? count : 0;
        var share = of * int.Parse(text[..^1], CultureInfo.InvariantCulture) / 100m;
        return (int)(up ? Math.Ceiling(share) : Math.Floor(share));
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
