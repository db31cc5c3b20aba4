using System.Text.Json;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>A field selector: <c>path=value</c> or <c>path!=value</c> terms over the fields a kind declares; 400 for any other field.</summary>
internal sealed class FieldSelector
{
    private static readonly Dictionary<ResourceType, string[]> Declared = new()
    {
        [ResourceTypes.Pods] = ["spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "spec.hostNetwork", "status.phase", "status.podIP", "status.nominatedNodeName"],
        [ResourceTypes.Events] =
        [
            "involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid", "involvedObject.apiVersion",
            "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason", "reportingComponent", "source", "type",
        ],
        [ResourceTypes.Nodes] = ["spec.unschedulable"],
        [ResourceTypes.Namespaces] = ["status.phase"],
        [ResourceTypes.Secrets] = ["type"],
        [ResourceTypes.Services] = ["spec.clusterIP", "spec.type"],
        [ResourceTypes.ReplicaSets] = ["status.replicas"],
        [ResourceTypes.NodeClaims] = ["spec.nodeClassRef.group", "spec.nodeClassRef.kind", "spec.nodeClassRef.name", "status.nodeName", "status.providerID"],
        [ResourceTypes.NodePools] = ["spec.template.spec.nodeClassRef.group", "spec.template.spec.nodeClassRef.kind", "spec.template.spec.nodeClassRef.name"],
    };

    private readonly List<(string Path, bool Equal, string Value)> _terms = [];

    private FieldSelector(ResourceType type, string text)
    {
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.IndexOf('=');
            if (at <= 0)
                throw new ApiError(400, "BadRequest", $"invalid selector: '{text}'; can't understand '{part}'");
            var equal = part[at - 1] != '!';
            var path = part[..(equal ? at : at - 1)];
            Check(type, path);
            _terms.Add((path, equal, part[(at + 1)..].TrimStart('=')));
        }
    }

    /// <summary>Selects everything.</summary>
    public bool IsEmpty => _terms.Count == 0;

    /// <summary>Parses; an empty text selects everything.</summary>
    public static FieldSelector Parse(ResourceType type, string text) => new(type, text);

    /// <summary>True if the object satisfies every term; a missing field counts as empty.</summary>
    public bool Matches(WorldObject item)
    {
        foreach (var (path, equal, value) in _terms)
        {
            if ((Read(item, path) == value) != equal)
                return false;
        }
        return true;
    }

    private static void Check(ResourceType type, string path)
    {
        if (path is "metadata.name" or "metadata.namespace")
            return;
        if (!Declared.TryGetValue(type, out var declared))
        {
            throw new ApiError(400, "BadRequest", type.IsCustom
                ? $"field label not supported: {path}"
                : $"\"{path}\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
        }
        if (!declared.Contains(path))
            throw new ApiError(400, "BadRequest", $"field label not supported: {path}");
    }

    private static string Read(WorldObject item, string path)
    {
        switch (path)
        {
            case "metadata.name": return item.Name;
            case "metadata.namespace": return item.Namespace;
            case "source": path = "source.component"; break;
        }
        var reader = new Utf8JsonReader(item.Json.Span);
        reader.Read();
        foreach (var step in path.Split('.'))
        {
            if (!Enter(ref reader, step))
                return path is "spec.unschedulable" or "spec.hostNetwork" ? "false" : "";
        }
        return reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString()!,
            JsonTokenType.True => "true",
            JsonTokenType.False => "false",
            JsonTokenType.Number => System.Text.Encoding.UTF8.GetString(reader.ValueSpan),
            _ => "",
        };
    }

    // From the start of an object to the value of one of its properties, without building anything.
    private static bool Enter(ref Utf8JsonReader reader, string property)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(property);
            reader.Read();
            if (found)
                return true;
            reader.Skip();
        }
        return false;
    }
}
