using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Protocols.KubernetesApi;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Scenarios;

/// <summary>Teams of a world: their namespaces, and what they deploy there, written as manifests with an age and later acts.</summary>
internal static class TeamObjects
{
    /// <summary>A team's namespace with role, binding, account and quota.</summary>
    public static void AddTeam(SandboxWorld world, Past past, string team, TimeSpan age)
    {
        past.At(age, () => Platform.AddNamespace(world, team + "-ns"));
        foreach (var document in Manifests.Read("team.yaml").Select(d => Named(d, team, "")))
            past.At(TakeAge(document), () => Manifests.Add(world, document));
    }

    /// <summary>Flink resources of one kind: each document merged over the first, TEAM and NAME replaced.</summary>
    public static void AddFlink(SandboxWorld world, Past past, ResourceType type, string file)
    {
        var documents = Manifests.Read(file).ToList();
        foreach (var document in documents.Skip(1))
        {
            var (name, team) = ((string)document["name"]!, (string)document["team"]!);
            JsonNode spec = Named(documents[0], team, name)["spec"]!.DeepClone();
            if (document["spec"] is { } own)
                spec = MergePatch.Apply(spec, Named(own.AsObject(), team, name));
            past.At(Manifests.Age((string)document["age"]!), () => world.Objects.Create(type, new JsonObject
            {
                ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = team + "-ns", ["labels"] = new JsonObject { ["team"] = team } },
                ["spec"] = spec,
            }));
            foreach (var later in document["then"]?.AsArray() ?? [])
                past.At(Manifests.Age((string)later!["age"]!), () => Later(world, type, team + "-ns", name, later));
        }
    }

    /// <summary>Takes the age out of an object's creationTimestamp, written as <c>-3h</c>.</summary>
    public static TimeSpan TakeAge(JsonObject document)
    {
        var metadata = document["metadata"]!.AsObject();
        var age = Manifests.Age(((string)metadata["creationTimestamp"]!)[1..]);
        metadata.Remove("creationTimestamp");
        return age;
    }

    private static void Later(SandboxWorld world, ResourceType type, string ns, string name, JsonNode act)
    {
        if ((bool?)act["delete"] == true)
            world.Objects.Delete(type, ns, name);
        else if ((bool?)act["loses"] == true)
            LoseMetadata(world, ns, name);
        else
            world.Objects.Update(type, ns, name, o => (JsonObject)MergePatch.Apply(o, new JsonObject { ["spec"] = act["spec"]!.DeepClone() }));
    }

    private static void LoseMetadata(SandboxWorld world, string ns, string name)
    {
        world.Objects.Delete(ResourceTypes.Deployments, ns, name, new DeleteRequest { Propagation = "Background" });
        foreach (var pod in world.Objects.List(ResourceTypes.Pods, ns).Items.Where(p => p.Labels.GetValueOrDefault("app") == name).ToList())
            world.Objects.Delete(ResourceTypes.Pods, ns, pod.Name, new DeleteRequest { GraceSeconds = 0 });
        foreach (var map in world.Objects.List(ResourceTypes.ConfigMaps, ns).Items.Where(m => m.Labels.GetValueOrDefault("app") == name && m.Labels.GetValueOrDefault("configmap-type") == "high-availability").ToList())
            world.Objects.Delete(ResourceTypes.ConfigMaps, ns, map.Name);
    }

    private static JsonObject Named(JsonObject document, string team, string name) =>
        JsonNode.Parse(document.ToJsonString(JsonText.Options).Replace("TEAM", team, StringComparison.Ordinal).Replace("NAME", name, StringComparison.Ordinal))!.AsObject();
}
