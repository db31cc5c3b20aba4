using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>What of a collection a request asks for.</summary>
internal sealed class Selection
{
    private readonly LabelSelector _labels;
    private readonly FieldSelector _fields;
    private readonly string _name;

    /// <summary>Reads the selectors of a request; 400 when they do not parse.</summary>
    public Selection(ApiRequest request)
    {
        if (request.Query("shardSelector").Length > 0)
            throw StatusAnswer.NotImplemented(request.Http, "shardSelector");
        Type = request.Type;
        Namespace = request.Scope;
        _name = request.Name;
        _labels = LabelSelector.Parse(request.Query("labelSelector"));
        _fields = FieldSelector.Parse(request.Type, request.Query("fieldSelector"));
    }

    /// <summary>Kind.</summary>
    public ResourceType Type { get; }

    /// <summary>Namespace, null for all.</summary>
    public string? Namespace { get; }

    /// <summary>Everything of the kind in the namespace.</summary>
    public bool IsAll => _labels.IsEmpty && _fields.IsEmpty && _name.Length == 0;

    /// <summary>True for an object of the right kind, namespace, labels and fields.</summary>
    public bool Matches(WorldObject item) =>
        item.Type == Type && (Namespace is null || item.Namespace == Namespace) && (_name.Length == 0 || item.Name == _name)
        && _labels.Matches(item.Labels) && _fields.Matches(item);
}
