using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>What the server says it serves: group lists, resource lists, and the aggregated form (apidiscovery.k8s.io/v2).</summary>
internal sealed class Discovery(ServedTypes served)
{
    private const string AggregatedType = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    /// <summary>Answers a discovery path; null when the path is none.</summary>
    public (JsonObject Body, string ContentType)? Answer(string path, string accept)
    {
        var aggregated = accept.Replace(" ", "").Contains("g=apidiscovery.k8s.io;v=v2;", StringComparison.Ordinal)
            || accept.Replace(" ", "").Contains("v=v2;g=apidiscovery.k8s.io", StringComparison.Ordinal);
        return path.Trim('/').Split('/') switch
        {
            ["api"] when aggregated => (Aggregated(core: true), AggregatedType),
            ["apis"] when aggregated => (Aggregated(core: false), AggregatedType),
            ["api"] => Json(new JsonObject
            {
                ["kind"] = "APIVersions",
                ["versions"] = new JsonArray("v1"),
                ["serverAddressByClientCIDRs"] = new JsonArray(new JsonObject { ["clientCIDR"] = "0.0.0.0/0", ["serverAddress"] = "127.0.0.1:6443" }),
            }),
            ["apis"] => Json(new JsonObject { ["kind"] = "APIGroupList", ["apiVersion"] = "v1", ["groups"] = new JsonArray([.. Groups().Select(g => (JsonNode)Group(g.Group, g.Version))]) }),
            ["api", "v1"] => Json(ResourceList("", "v1")),
            ["apis", var g] when VersionOf(g) is { } v => Json(Named(Group(g, v))),
            ["apis", var g, var v] when VersionOf(g) == v => Json(ResourceList(g, v)),
            _ => null,
        };
    }

    private static (JsonObject, string)? Json(JsonObject body) => (body, "application/json");

    private static JsonObject Named(JsonObject group)
    {
        group["kind"] = "APIGroup";
        group["apiVersion"] = "v1";
        return group;
    }

    private IEnumerable<(string Group, string Version)> Groups() => served.All.Select(t => (t.Group, t.Version)).Concat(Review.Groups).Distinct().Where(g => g.Group.Length > 0);

    private string? VersionOf(string group) => Groups().Where(g => g.Group == group).Select(g => g.Version).FirstOrDefault();

    private static JsonObject Group(string group, string version)
    {
        JsonObject Version() => new() { ["groupVersion"] = $"{group}/{version}", ["version"] = version };
        return new JsonObject { ["name"] = group, ["versions"] = new JsonArray(Version()), ["preferredVersion"] = Version() };
    }

    private JsonObject ResourceList(string group, string version)
    {
        var resources = new JsonArray();
        foreach (var resource in ResourcesOf(group))
        {
            var entry = new JsonObject { ["name"] = resource.Name, ["singularName"] = resource.Singular, ["namespaced"] = resource.Namespaced };
            if (resource.Kind.Group is { } g)
            {
                entry["group"] = g;
                entry["version"] = resource.Kind.Version;
            }
            entry["kind"] = resource.Kind.Name;
            entry["verbs"] = Strings(resource.Verbs);
            if (resource.ShortNames.Count > 0)
                entry["shortNames"] = Strings(resource.ShortNames);
            if (resource.Categories.Count > 0)
                entry["categories"] = Strings(resource.Categories);
            resources.Add(entry);
        }
        return new JsonObject { ["kind"] = "APIResourceList", ["apiVersion"] = "v1", ["groupVersion"] = group.Length == 0 ? version : $"{group}/{version}", ["resources"] = resources };
    }

    private JsonObject Aggregated(bool core)
    {
        var items = new JsonArray();
        foreach (var (group, version) in core ? [("", "v1")] : Groups())
        {
            var resources = new JsonArray();
            var all = ResourcesOf(group).ToList();
            foreach (var resource in all.Where(r => !r.Name.Contains('/')))
            {
                var entry = Entry(resource, "resource", resource.Name, group, version);
                entry["scope"] = resource.Namespaced ? "Namespaced" : "Cluster";
                entry["singularResource"] = resource.Singular;
                entry["verbs"] = Strings(resource.Verbs);
                if (resource.ShortNames.Count > 0)
                    entry["shortNames"] = Strings(resource.ShortNames);
                if (resource.Categories.Count > 0)
                    entry["categories"] = Strings(resource.Categories);
                var below = all.Where(r => r.Name.StartsWith(resource.Name + "/", StringComparison.Ordinal)).ToList();
                if (below.Count > 0)
                {
                    entry["subresources"] = new JsonArray([.. below.Select(s =>
                    {
                        var sub = Entry(s, "subresource", s.Name[(resource.Name.Length + 1)..], group, version);
                        sub["verbs"] = Strings(s.Verbs);
                        return (JsonNode)sub;
                    })]);
                }
                resources.Add(entry);
            }
            items.Add(new JsonObject
            {
                ["metadata"] = new JsonObject { ["name"] = group, ["creationTimestamp"] = null },
                ["versions"] = new JsonArray(new JsonObject { ["version"] = version, ["resources"] = resources, ["freshness"] = "Current" }),
            });
        }
        return new JsonObject { ["kind"] = "APIGroupDiscoveryList", ["apiVersion"] = "apidiscovery.k8s.io/v2", ["metadata"] = new JsonObject(), ["items"] = items };
    }

    private static JsonObject Entry(DiscoveredResource resource, string key, string name, string group, string version) => new()
    {
        [key] = name,
        ["responseKind"] = new JsonObject { ["group"] = resource.Kind.Group ?? group, ["version"] = resource.Kind.Version ?? version, ["kind"] = resource.Kind.Name },
    };

    private IEnumerable<DiscoveredResource> ResourcesOf(string group) =>
        served.All.Where(t => t.Group == group).SelectMany(DiscoveredResource.Of).Concat(Review.All.Where(r => r.Group == group).Select(r => DiscoveredResource.Of(r)));

    private static JsonArray Strings(IEnumerable<string> values) => new([.. values.Select(v => (JsonNode)v)]);
}
