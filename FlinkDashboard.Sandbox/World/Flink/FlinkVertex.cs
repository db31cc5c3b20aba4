namespace FlinkDashboard.Sandbox.World.Flink;

/// <summary>
/// One vertex of a running job. All its subtasks are in the same state: the sandbox does not tell them apart, except that each has its
/// TaskManager.
/// </summary>
/// <param name="Id">32 hexadecimal digits.</param>
/// <param name="Name">Chained operator names, as <c>Flat Map -> Sink: Print to Std. Out</c>.</param>
/// <param name="Inputs">Vertices it reads from.</param>
public sealed record FlinkVertex(string Id, string Name, IReadOnlyList<FlinkEdge> Inputs)
{
    /// <summary>Subtasks.</summary>
    public int Parallelism { get; internal set; } = 1;

    /// <summary>Subtasks asked for: more than <see cref="Parallelism"/> while slots are missing (adaptive scheduler).</summary>
    public int Wanted { get => field > 0 ? field : Parallelism; internal set; }

    /// <summary>Key groups; what parallelism can grow to.</summary>
    public int MaxParallelism { get; internal set; } = 128;

    /// <summary>Flink ExecutionState of every subtask, upper case.</summary>
    public string State { get; internal set; } = "CREATED";

    /// <summary>When the present attempt entered each state.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> StateTimestamps => Times;

    /// <summary>Attempt number, from 0.</summary>
    public int Attempt { get; internal set; }

    /// <summary>TaskManager of each subtask; shorter than the parallelism while slots are missing.</summary>
    public IReadOnlyList<string> TaskManagerIds { get; internal set; } = [];

    /// <summary>What the operators are like: busy, waiting, records per second. From <see cref="KnownJobs"/>.</summary>
    public KnownVertex Traits { get; internal init; } = null!;

    /// <summary>Attempts before the present one as they ended, oldest first, at most 16.</summary>
    public IReadOnlyList<FlinkVertex> Earlier { get; private set; } = [];

    internal Dictionary<string, DateTimeOffset> Times { get; private init; } = [];

    /// <summary>The vertex as it is now, which does not change any more.</summary>
    internal FlinkVertex Frozen() => this with { Times = new(Times) };

    internal void NextAttempt()
    {
        Earlier = [.. Earlier.TakeLast(15), this with { Times = new(Times), Earlier = [] }];
        Attempt++;
    }
}

/// <summary>An edge into a vertex.</summary>
/// <param name="SourceId">Vertex it comes from.</param>
/// <param name="ShipStrategy"><c>HASH</c>, <c>REBALANCE</c>, <c>FORWARD</c> …</param>
public sealed record FlinkEdge(string SourceId, string ShipStrategy);
