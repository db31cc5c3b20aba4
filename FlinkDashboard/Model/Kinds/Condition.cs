using System.Text.Json.Serialization;

namespace FlinkDashboard.Model.Kinds;

/// <summary>A condition of any kind's status. A struct: pods alone carry five each.</summary>
public readonly record struct Condition
{
    private readonly long _transition;
    private readonly long _heartbeat;

    /// <summary>What it is about: Ready, Available, Running, …</summary>
    public string? Type { get; init; }

    /// <summary>True, False or Unknown.</summary>
    public string? Status { get; init; }

    /// <summary>One word.</summary>
    public string? Reason { get; init; }

    /// <summary>A sentence.</summary>
    public string? Message { get; init; }

    /// <summary>Since when the status is so.</summary>
    public DateTimeOffset? LastTransitionTime { get => WireTicks.ToTime(_transition); init => _transition = WireTicks.Of(value); }

    /// <summary>When its writer last said so (nodes).</summary>
    public DateTimeOffset? LastHeartbeatTime { get => WireTicks.ToTime(_heartbeat); init => _heartbeat = WireTicks.Of(value); }

    /// <summary>Status is True.</summary>
    [JsonIgnore]
    public bool IsTrue => Status == "True";
}

/// <summary>Finding conditions.</summary>
public static class Conditions
{
    /// <summary>The condition of a type, or null.</summary>
    public static Condition? Of(this IReadOnlyList<Condition> conditions, string type)
    {
        foreach (var condition in conditions)
        {
            if (condition.Type == type)
                return condition;
        }
        return null;
    }
}
