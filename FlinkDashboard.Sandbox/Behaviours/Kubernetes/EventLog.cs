using System.Globalization;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>Writes core/v1 Events as the Kubernetes components do: repeats raise the count of the first one.</summary>
internal sealed class EventLog : IBehaviour
{
    private const int RememberedEvents = 20_000;
    private readonly Dictionary<(string Uid, string Field, string Reason, string Message), string> _names = [];
    private SandboxWorld _world = null!;
    private long _sequence;

    public void Start(SandboxWorld world) => _world = world;

    /// <summary>An event of the older recorder (controllers, kubelet).</summary>
    /// <param name="about">The object it is about.</param>
    /// <param name="component">Who says it.</param>
    /// <param name="type">Normal or Warning.</param>
    /// <param name="reason">Reason.</param>
    /// <param name="message">Message.</param>
    /// <param name="host">Node name, from a kubelet.</param>
    /// <param name="field">Field path, for instance <c>spec.containers{main}</c>.</param>
    public void Write(WorldObject about, string component, string type, string reason, string message, string host = "", string field = "")
    {
        var now = ObjectStore.Timestamp(_world.Now);
        var key = (about.Uid, field, reason, message);
        if (_names.TryGetValue(key, out var known) && _world.Objects.Find(ResourceTypes.Events, NamespaceOf(about), known) is not null)
        {
            _world.Objects.Update(ResourceTypes.Events, NamespaceOf(about), known, e =>
            {
                e["count"] = (e.Number("count") ?? 1) + 1;
                e["lastTimestamp"] = now;
                return e;
            });
            return;
        }
        var node = New(about, type, reason, message);
        if (field.Length > 0)
            node["involvedObject"]!["fieldPath"] = field;
        node["source"] = host.Length > 0 ? new JsonObject { ["component"] = component, ["host"] = host } : new JsonObject { ["component"] = component };
        node["firstTimestamp"] = now;
        node["lastTimestamp"] = now;
        node["count"] = 1;
        node["eventTime"] = null;
        node["reportingComponent"] = component;
        node["reportingInstance"] = host;
        if (_names.Count > RememberedEvents)
            _names.Clear();
        _names[key] = _world.Objects.Create(ResourceTypes.Events, node).Name;
    }

    /// <summary>An event of the newer recorder (schedulers): an event time and an action, no source and no count.</summary>
    public void WriteNew(WorldObject about, string component, string type, string reason, string action, string message)
    {
        var node = New(about, type, reason, message);
        node["source"] = new JsonObject();
        node["firstTimestamp"] = null;
        node["lastTimestamp"] = null;
        node["eventTime"] = _world.Now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
        node["action"] = action;
        node["reportingComponent"] = component;
        node["reportingInstance"] = component + "-vm";
        _world.Objects.Create(ResourceTypes.Events, node);
    }

    private JsonObject New(WorldObject about, string type, string reason, string message)
    {
        var node = Shape(about, type, reason, message);
        if (about.Namespace.Length == 0)
            node["involvedObject"]!.AsObject().Remove("namespace");
        return node;
    }

    private JsonObject Shape(WorldObject about, string type, string reason, string message) => new()
    {
        ["metadata"] = new JsonObject
        {
            // The real name ends in the nanosecond; the sequence keeps events of one simulated moment apart.
            ["name"] = $"{about.Name}.{(_world.Now - DateTimeOffset.UnixEpoch).Ticks * 100 + (_sequence++ % 100_000):x16}",
            ["namespace"] = NamespaceOf(about),
        },
        ["involvedObject"] = new JsonObject
        {
            ["kind"] = about.Type.Kind,
            ["namespace"] = about.Namespace,
            ["name"] = about.Name,
            ["uid"] = about.Uid,
            ["apiVersion"] = about.Type.ApiVersion,
            ["resourceVersion"] = about.ResourceVersion.ToString(CultureInfo.InvariantCulture),
        },
        ["reason"] = reason,
        ["message"] = message,
        ["type"] = type,
    };

    // Events about cluster-scoped objects live in "default".
    private static string NamespaceOf(WorldObject about) => about.Namespace.Length > 0 ? about.Namespace : "default";
}
