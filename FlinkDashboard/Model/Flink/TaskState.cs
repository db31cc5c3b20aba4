using System.Text.Json.Serialization;
using FlinkDashboard.Model.Json;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Model.Flink;

/// <summary>Flink's ExecutionState of a subtask, or of a vertex as a whole.</summary>
[JsonConverter(typeof(WireWordConverter<TaskState>))]
public readonly record struct TaskState : IWireWord<TaskState>
{
    /// <summary>Not scheduled yet. For a vertex also: not all subtasks are deployed.</summary>
    public static readonly TaskState Created = new("CREATED");

    /// <summary>Waits for a slot.</summary>
    public static readonly TaskState Scheduled = new("SCHEDULED");

    /// <summary>On its way to a TaskManager.</summary>
    public static readonly TaskState Deploying = new("DEPLOYING");

    /// <summary>Restores its state.</summary>
    public static readonly TaskState Initializing = new("INITIALIZING");

    /// <summary>Runs.</summary>
    public static readonly TaskState Running = new("RUNNING");

    /// <summary>Came to its end.</summary>
    public static readonly TaskState Finished = new("FINISHED");

    /// <summary>Is being cancelled.</summary>
    public static readonly TaskState Canceling = new("CANCELING");

    /// <summary>Was cancelled.</summary>
    public static readonly TaskState Canceled = new("CANCELED");

    /// <summary>Failed.</summary>
    public static readonly TaskState Failed = new("FAILED");

    /// <summary>Was found again by a new JobManager.</summary>
    public static readonly TaskState Reconciling = new("RECONCILING");

    private readonly string? _text;

    private TaskState(string text) => _text = text;

    /// <summary>All values this version knows, in the order of a task's life.</summary>
    public static IReadOnlyList<TaskState> Known { get; } = [Created, Scheduled, Deploying, Initializing, Running, Finished, Canceling, Canceled, Failed, Reconciling];

    /// <inheritdoc />
    public string Text => _text ?? "";

    /// <summary>Not set.</summary>
    public bool IsEmpty => _text is null;

    /// <inheritdoc />
    public static TaskState Of(string text) => text.Length == 0 ? default : new(text);

    /// <inheritdoc />
    public override string ToString() => Text;
}
