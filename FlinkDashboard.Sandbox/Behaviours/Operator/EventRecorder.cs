using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Behaviours.Operator.Spec;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Operator;

/// <summary>Part of the operator that speaks in an event.</summary>
public enum EventComponent
{
    /// <summary>The operator itself.</summary>
    Operator,

    /// <summary>About the JobManager Deployment.</summary>
    JobManagerDeployment,

    /// <summary>About the job.</summary>
    Job,

    /// <summary>About a snapshot.</summary>
    Snapshot,
}

/// <summary>Writes the operator's Events: the name is a hash of what it says, a repetition raises the count (utils/EventRecorder, EventUtils).</summary>
public sealed class EventRecorder(SandboxWorld world)
{
    /// <summary>Records an event of type Normal.</summary>
    public void Normal(WorldObject target, string reason, EventComponent component, string message) => Record(target, "Normal", reason, component, message);

    /// <summary>Records an event of type Warning.</summary>
    public void Warning(WorldObject target, string reason, EventComponent component, string message, IReadOnlyDictionary<string, string>? annotations = null) =>
        Record(target, "Warning", reason, component, message, annotations: annotations);

    /// <summary>Records an event of type Normal unless one with this key stands.</summary>
    public void NormalOnce(WorldObject target, string reason, EventComponent component, string message, string key) =>
        Record(target, "Normal", reason, component, message, key, once: true);

    /// <summary>Records an event of the operator; one with the same key that was written within <paramref name="interval"/> and says the same in its labels is left as it is.</summary>
    public void Report(WorldObject target, string type, string reason, string message, string? key, TimeSpan? interval, IReadOnlyDictionary<string, string>? labels = null)
    {
        var found = world.Objects.Find(ResourceTypes.Events, target.Namespace, NameOf(target, type, reason, EventComponent.Operator, key ?? message));
        var isRecent = found is not null && interval is { } span
            && DateTimeOffset.TryParse((string?)found.Read()["lastTimestamp"], System.Globalization.CultureInfo.InvariantCulture, out var last) && last + span > world.Now;
        if (!isRecent || (labels is not null && labels.Any(l => found!.Labels.GetValueOrDefault(l.Key) != l.Value)))
            Record(target, type, reason, EventComponent.Operator, message, key, labels: labels);
    }

    private void Record(WorldObject target, string type, string reason, EventComponent component, string message,
        string? key = null, bool once = false, IReadOnlyDictionary<string, string>? annotations = null, IReadOnlyDictionary<string, string>? labels = null)
    {
        var name = NameOf(target, type, reason, component, key ?? message);
        var now = ObjectStore.Timestamp(world.Now);
        if (world.Objects.Find(ResourceTypes.Events, target.Namespace, name) is null)
            world.Objects.Create(ResourceTypes.Events, Fresh(target, type, reason, component, message, name, now, annotations, labels));
        else if (!once)
            world.Objects.Update(ResourceTypes.Events, target.Namespace, name, e => Repeated(e, message, now, annotations, labels));
    }

    private static string NameOf(WorldObject target, string type, string reason, EventComponent component, string key) =>
        $"{component}.{JavaOrder.Hash(reason + key + type + target.Type.Kind + target.Name + target.Uid) & 0x7fffffff}";

    private static JsonObject Repeated(JsonObject e, string message, string now, IReadOnlyDictionary<string, string>? annotations, IReadOnlyDictionary<string, string>? labels)
    {
        e["count"] = ((int?)e["count"] ?? 0) + 1;
        e["lastTimestamp"] = now;
        e["message"] = message;
        if (annotations is not null)
            e["metadata"]!["annotations"] = Map(annotations);
        if (labels is not null)
            e["metadata"]!["labels"] = Map(labels);
        return e;
    }

    private static JsonObject Fresh(WorldObject target, string type, string reason, EventComponent component, string message, string name, string now,
        IReadOnlyDictionary<string, string>? annotations, IReadOnlyDictionary<string, string>? labels)
    {
        var metadata = new JsonObject { ["name"] = name, ["namespace"] = target.Namespace };
        if (annotations is not null)
            metadata["annotations"] = Map(annotations);
        if (labels is not null)
            metadata["labels"] = Map(labels);
        return new JsonObject
        {
            ["metadata"] = metadata,
            ["involvedObject"] = new JsonObject
            {
                ["kind"] = target.Type.Kind,
                ["namespace"] = target.Namespace,
                ["name"] = target.Name,
                ["uid"] = target.Uid,
                ["apiVersion"] = target.Type.ApiVersion,
            },
            ["reason"] = reason,
            ["message"] = message,
            ["source"] = new JsonObject { ["component"] = component.ToString() },
            ["firstTimestamp"] = now,
            ["lastTimestamp"] = now,
            ["count"] = 1,
            ["type"] = type,
            ["eventTime"] = null,
            ["reportingComponent"] = "",
            ["reportingInstance"] = "",
        };
    }

    private static JsonObject Map(IReadOnlyDictionary<string, string> values) =>
        new(values.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value)));
}
