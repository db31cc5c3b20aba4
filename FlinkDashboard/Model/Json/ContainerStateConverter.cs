using System.Text.Json;
using System.Text.Json.Serialization;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Model.Json;

/// <summary>Turns <c>{"running":{…}}</c>, <c>{"waiting":{…}}</c>, <c>{"terminated":{…}}</c> into one object instead of a holder of three.</summary>
internal sealed class ContainerStateConverter : JsonConverter<ContainerState>
{
    public override ContainerState? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        var wire = JsonSerializer.Deserialize(ref reader, KindsJson.Default.ContainerStateWire);
        return wire switch
        {
            { Terminated: { } t } => new ContainerTerminated(t.ExitCode, t.Signal, t.Reason, t.Message, t.StartedAt, t.FinishedAt),
            { Running: { } r } => new ContainerRunning(r.StartedAt),
            { Waiting: { } w } => new ContainerWaiting(w.Reason, w.Message),
            _ => null,
        };
    }

    public override void Write(Utf8JsonWriter writer, ContainerState value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value switch
        {
            ContainerTerminated t => new ContainerStateWire(null, null, new(t.ExitCode, t.Signal, t.Reason, t.Message, t.StartedAt, t.FinishedAt)),
            ContainerRunning r => new(null, new(r.StartedAt), null),
            ContainerWaiting w => new(new(w.Reason, w.Message), null, null),
            _ => new(null, null, null),
        }, KindsJson.Default.ContainerStateWire);
}

/// <summary>A container state as it is on the wire.</summary>
internal sealed record ContainerStateWire(WaitingWire? Waiting, RunningWire? Running, TerminatedWire? Terminated);

/// <summary>waiting.</summary>
internal sealed record WaitingWire(string? Reason, string? Message);

/// <summary>running.</summary>
internal sealed record RunningWire(DateTimeOffset? StartedAt);

/// <summary>terminated.</summary>
internal sealed record TerminatedWire(int ExitCode, int? Signal, string? Reason, string? Message, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt);
