using System.Text.Json.Serialization;
using FlinkDashboard.Model.Json;

namespace FlinkDashboard.Model.Kinds;

/// <summary><c>status.jobStatus.state</c>: Flink's JobStatus, plus RECONCILING for "not known yet".</summary>
[JsonConverter(typeof(WireWordConverter<JobState>))]
public readonly record struct JobState : IWireWord<JobState>
{
    /// <summary>Created.</summary>
    public static readonly JobState Created = new("CREATED");

    /// <summary>The JobMaster starts.</summary>
    public static readonly JobState Initializing = new("INITIALIZING");

    /// <summary>Running (its tasks may still be scheduled).</summary>
    public static readonly JobState Running = new("RUNNING");

    /// <summary>Cancelling its tasks after a failure.</summary>
    public static readonly JobState Failing = new("FAILING");

    /// <summary>Terminally failed.</summary>
    public static readonly JobState Failed = new("FAILED");

    /// <summary>Being cancelled.</summary>
    public static readonly JobState Cancelling = new("CANCELLING");

    /// <summary>Cancelled; terminal.</summary>
    public static readonly JobState Canceled = new("CANCELED");

    /// <summary>Ended by itself; terminal.</summary>
    public static readonly JobState Finished = new("FINISHED");

    /// <summary>Between a failure and the next attempt.</summary>
    public static readonly JobState Restarting = new("RESTARTING");

    /// <summary>Left by its JobManager; another may recover it.</summary>
    public static readonly JobState Suspended = new("SUSPENDED");

    /// <summary>The operator has no answer (yet).</summary>
    public static readonly JobState Reconciling = new("RECONCILING");

    private readonly string? _text;

    private JobState(string text) => _text = text;

    /// <summary>All values this version knows.</summary>
    public static IReadOnlyList<JobState> Known { get; } = [Created, Initializing, Running, Failing, Failed, Cancelling, Canceled, Finished, Restarting, Suspended, Reconciling];

    /// <inheritdoc />
    public string Text => _text ?? "";

    /// <summary>Not set.</summary>
    public bool IsEmpty => _text is null;

    /// <inheritdoc />
    public static JobState Of(string text) => text.Length == 0 ? default : new(text);

    /// <inheritdoc />
    public override string ToString() => Text;
}
