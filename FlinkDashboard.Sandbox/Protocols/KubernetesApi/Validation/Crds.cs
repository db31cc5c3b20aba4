using System.Text.Json;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Validation;

/// <summary>The CustomResourceDefinitions of the sandbox: the four kinds of the Flink operator 1.15 and Karpenter's two. Read once per process.</summary>
public static class Crds
{
    private static readonly Lazy<IReadOnlyDictionary<string, Definition>> All = new(Load);

    private static readonly Lazy<Schema> Emr = new(() =>
    {
        var schema = JsonNode.Parse(All.Value[ResourceTypes.FlinkDeployments.QualifiedName].Json)!["spec"]!["versions"]![0]!["schema"]!["openAPIV3Schema"]!.AsObject();
        EmrFields.AddTo(schema);
        return Schema.Parse(schema);
    });

    /// <summary>Installs all definitions, but those of <paramref name="without"/> (an older operator has no FlinkStateSnapshot, no cluster need have Karpenter).</summary>
    public static void AddTo(ObjectStore objects, params ResourceType[] without) => AddTo(objects, emr: false, without);

    /// <summary>As above; with <paramref name="emr"/> the definitions that EMR's operator brings.</summary>
    public static void AddTo(ObjectStore objects, bool emr, params ResourceType[] without)
    {
        var left = without.Select(t => t.QualifiedName).ToHashSet();
        foreach (var (name, definition) in All.Value)
        {
            if (left.Contains(name) || objects.Find(ResourceTypes.CustomResourceDefinitions, "", name) is not null)
                continue;
            var node = JsonNode.Parse(definition.Json)!.AsObject();
            if (emr && name == ResourceTypes.FlinkDeployments.QualifiedName)
                EmrFields.AddTo(node["spec"]!["versions"]![0]!["schema"]!["openAPIV3Schema"]!.AsObject());
            var now = ObjectStore.Timestamp(objects.Now);
            foreach (var condition in node["status"]!["conditions"]!.AsArray())
                condition!["lastTransitionTime"] = now;
            objects.Create(ResourceTypes.CustomResourceDefinitions, node, part: WritePart.All);
        }
    }

    /// <summary>True for built-in kinds and for custom kinds whose definition is in the store: only those are served.</summary>
    public static bool IsServed(ObjectStore objects, ResourceType type) =>
        !type.IsCustom || objects.Find(ResourceTypes.CustomResourceDefinitions, "", type.QualifiedName) is not null;

    /// <summary>The schema of a custom kind; null for a kind that none of the definitions describes.</summary>
    internal static Schema? SchemaOf(ResourceType type, bool emr = false) =>
        emr && type == ResourceTypes.FlinkDeployments ? Emr.Value : All.Value.GetValueOrDefault(type.QualifiedName)?.Schema.Value;

    /// <summary>Path of the replica count that <c>/scale</c> changes, for instance <c>.spec.taskManager.replicas</c>; null without that subresource.</summary>
    internal static string? ScalePathOf(ResourceType type) => All.Value.GetValueOrDefault(type.QualifiedName)?.ScalePath;

    private static Dictionary<string, Definition> Load()
    {
        var all = new Dictionary<string, Definition>();
        foreach (var node in CrdSource.Read())
        {
            var version = node["spec"]!["versions"]![0]!;
            var schema = version["schema"]!["openAPIV3Schema"]!;
            var scale = (string?)version["subresources"]?["scale"]?["specReplicasPath"];
            AddServerPart(node);
            all.Add((string)node["metadata"]!["name"]!, new Definition(JsonSerializer.SerializeToUtf8Bytes(node, JsonText.Options), new(() => Schema.Parse(schema.AsObject())), scale));
        }
        return all;
    }

    // What the API server fills in (apiextensions defaults) and its controllers report about a definition.
    private static void AddServerPart(JsonObject node)
    {
        var names = node["spec"]!["names"]!.AsObject();
        names["listKind"] = $"{(string?)names["kind"]}List";
        node["spec"]!["conversion"] = new JsonObject { ["strategy"] = "None" };
        foreach (var version in node["spec"]!["versions"]!.AsArray())
        {
            foreach (var column in version!["additionalPrinterColumns"]!.AsArray())
            {
                if ((long?)column!["priority"] == 0)
                    column.AsObject().Remove("priority");
            }
        }
        node["status"] = new JsonObject
        {
            ["acceptedNames"] = names.DeepClone(),
            ["conditions"] = new JsonArray(
                new JsonObject { ["lastTransitionTime"] = null, ["message"] = "no conflicts found", ["reason"] = "NoConflicts", ["status"] = "True", ["type"] = "NamesAccepted" },
                new JsonObject { ["lastTransitionTime"] = null, ["message"] = "the initial names have been accepted", ["reason"] = "InitialNamesAccepted", ["status"] = "True", ["type"] = "Established" }),
            ["storedVersions"] = new JsonArray([(string?)node["spec"]!["versions"]![0]!["name"]]),
        };
    }

    private sealed record Definition(byte[] Json, Lazy<Schema> Schema, string? ScalePath);
}
