namespace FlinkDashboard.Sandbox.World.Flink;

/// <summary>What share of its usual input passed a job at a moment.</summary>
internal sealed record PassedFactor(DateTimeOffset At, double Factor);

/// <summary>A job as its JobManager knows it.</summary>
/// <param name="id">32 hexadecimal digits.</param>
/// <param name="name">Job name.</param>
/// <param name="startTime">When it was submitted (INITIALIZING).</param>
public sealed class FlinkJob(string id, string name, DateTimeOffset startTime)
{
    private static readonly string[] Terminal = ["FINISHED", "FAILED", "CANCELED"];
    private readonly Dictionary<string, DateTimeOffset> _times = new() { ["INITIALIZING"] = startTime };

    /// <summary>32 hexadecimal digits.</summary>
    public string Id => id;

    /// <summary>Job name.</summary>
    public string Name => name;

    /// <summary>When it was submitted.</summary>
    public DateTimeOffset StartTime { get; } = startTime;

    /// <summary>When it ended; null while it lives.</summary>
    public DateTimeOffset? EndTime => IsTerminal ? _times[State] : null;

    /// <summary>Flink JobStatus, upper case: INITIALIZING, CREATED, RUNNING, FAILING, FAILED, CANCELLING, CANCELED, FINISHED, RESTARTING, SUSPENDED, RECONCILING.</summary>
    public string State { get; private set; } = "INITIALIZING";

    /// <summary>FINISHED, FAILED or CANCELED.</summary>
    public bool IsTerminal => Terminal.Contains(State);

    /// <summary>When it entered each state it has been in, last time.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> StateTimestamps => _times;

    /// <summary>Last change of the job or of a task.</summary>
    public DateTimeOffset LastModified { get; internal set; } = startTime;

    /// <summary><c>STREAMING</c> or <c>BATCH</c>.</summary>
    public string Type { get; internal init; } = "STREAMING";

    /// <summary>-1 when not set.</summary>
    public int MaxParallelism { get; internal init; } = -1;

    /// <summary>Parallelism it was submitted with.</summary>
    public int Parallelism { get; internal init; } = 1;

    /// <summary>In topological order.</summary>
    public IReadOnlyList<FlinkVertex> Vertices { get; internal init; } = [];

    /// <summary>Statistics up to the present moment; null when checkpointing is off.</summary>
    public FlinkCheckpoints? Checkpoints
    {
        get
        {
            BeforeReading?.Invoke();
            return Statistics;
        }
    }

    /// <summary>Time between checkpoints; null when they are not periodic.</summary>
    public TimeSpan? CheckpointInterval { get; internal init; }

    /// <summary>Restarts since this JobManager runs it.</summary>
    public int Restarts { get; internal set; }

    /// <summary>How many of them changed its parallelism.</summary>
    public int Rescales { get; internal set; }

    /// <summary>What failed it, last.</summary>
    public FlinkException? RootException => ExceptionHistory.Count > 0 ? ExceptionHistory[0] : null;

    /// <summary>Newest first, at most 16.</summary>
    public IReadOnlyList<FlinkException> ExceptionHistory { get; internal set; } = [];

    /// <summary>The program.</summary>
    public KnownJob Program { get; internal init; } = null!;

    /// <summary>Slots all its tasks need.</summary>
    public int SlotsNeeded => Vertices.Count == 0 ? 0 : Vertices.Max(v => v.Parallelism);

    /// <summary>All tasks run.</summary>
    public bool AllTasksRunning => State == "RUNNING" && Vertices.All(v => v.State == "RUNNING");

    /// <summary>Periodic checkpoints are worked out when somebody looks, not by timers: this does it.</summary>
    internal Action? BeforeReading { get; set; }

    internal FlinkCheckpoints? Statistics { get; init; }

    /// <summary>Nothing of it changes any more but its checkpoint statistics.</summary>
    internal bool IsFixed { get; init; }

    /// <summary>What <see cref="TaskLoad"/> has found out of one that <see cref="IsFixed"/>; NaN before.</summary>
    internal double FixedCapacity { get; set; } = double.NaN;

    /// <summary>The newest of what passed one that <see cref="IsFixed"/>, by moments, as far as somebody asked.</summary>
    internal PassedFactor?[] Passed => field ??= new PassedFactor?[256];

    /// <summary>Input that waits; null before somebody asks.</summary>
    internal InputBacklog? Backlog { get; set; }

    /// <summary>The job as it is now, which does not change any more; only its checkpoint statistics are those of the job itself.</summary>
    internal FlinkJob Frozen()
    {
        var copy = new FlinkJob(id, name, StartTime)
        {
            Type = Type,
            MaxParallelism = MaxParallelism,
            Parallelism = Parallelism,
            Vertices = [.. Vertices.Select(v => v.Frozen())],
            Restarts = Restarts,
            Rescales = Rescales,
            Program = Program,
            Statistics = Statistics,
            State = State,
            LastModified = LastModified,
            IsFixed = true,
            Backlog = Backlog,
        };
        copy._times.Clear();
        foreach (var (state, at) in _times)
            copy._times[state] = at;
        return copy;
    }

    internal void Forget(string state) => _times.Remove(state);

    internal void Enter(string state, DateTimeOffset now)
    {
        State = state;
        _times[state] = now;
        LastModified = now;
    }
}
