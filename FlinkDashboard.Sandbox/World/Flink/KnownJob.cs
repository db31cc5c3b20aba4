namespace FlinkDashboard.Sandbox.World.Flink;

/// <summary>How the checkpoints of a program go wrong.</summary>
public enum CheckpointTrouble
{
    /// <summary>They succeed.</summary>
    None,

    /// <summary>The asynchronous part throws: each is declined.</summary>
    Decline,

    /// <summary>The asynchronous part takes longer than the timeout: each expires.</summary>
    Slow,

    /// <summary>The synchronous part throws, which restarts the job.</summary>
    Throw,
}

/// <summary>What a program does when it is run with certain arguments.</summary>
/// <param name="JobName">Name it gives to its job.</param>
/// <param name="Vertices">Its graph after chaining, sources first.</param>
public sealed record KnownJob(string JobName, IReadOnlyList<KnownVertex> Vertices)
{
    /// <summary>Set in the program's code, so it wins over <c>execution.checkpointing.interval</c>.</summary>
    public TimeSpan? OwnCheckpointInterval { get; init; }

    /// <summary>Throws so long after each start; zero while it opens.</summary>
    public TimeSpan? FailsAfter { get; init; }

    /// <summary>The exception it throws then.</summary>
    public FlinkThrowable? Failure { get; init; }

    /// <summary>Vertex that throws.</summary>
    public int FailingVertex { get; init; }

    /// <summary>Ends by itself after so long.</summary>
    public TimeSpan? RunsFor { get; init; }

    /// <summary>What happens to its checkpoints.</summary>
    public CheckpointTrouble Trouble { get; init; }

    /// <summary>So many checkpoints pass before the trouble begins.</summary>
    public long TroubleAfter { get; init; }

    /// <summary>Bytes of state at parallelism 1.</summary>
    public long StateSize { get; init; } = 8_000;

    /// <summary>Batch job: blocking exchanges, no checkpoints.</summary>
    public bool IsBatch { get; init; }

    /// <summary>Configuration its code sets, over the cluster's.</summary>
    public IReadOnlyDictionary<string, string> Configuration { get; init; } = new Dictionary<string, string>();

    /// <summary>How its input changes; null for a steady one. What a job passes at any moment follows from it alone: see <see cref="TaskLoad"/>.</summary>
    public LoadProfile? Load { get; init; }

    private const int MostVertices = 50;

    /// <summary>How far its input goes up and down over the day where input does, as a share of the mean.</summary>
    public double Swing { get; init; }

    /// <summary>What comes on top for some minutes of each hour then, as a share of the mean.</summary>
    public double Surge { get; init; }

    /// <summary>The program as it runs in one cluster of a world, with the input that it finds there.</summary>
    /// <remarks>A graph of hundreds of vertices stays steady: where its load changes, each of its subtasks looks for the slowest vertex after it.</remarks>
    public KnownJob In(SandboxWorld world, string ns, string cluster) => world.HasDays && Load is null && Swing > 0 && Vertices.Count <= MostVertices
        ? this with { Load = LoadProfile.Daily(world.Seed, $"{ns}/{cluster}/{JobName}", Swing, Surge) } : this;

    /// <summary>Standard output of its main method, in the JobManager's log.</summary>
    public string? Prints { get; init; }
}

/// <summary>One vertex of a known program.</summary>
/// <param name="Id">32 hexadecimal digits.</param>
/// <param name="Name">Chained operator names.</param>
/// <param name="Inputs">Index of the vertex it reads from, and how records travel.</param>
public sealed record KnownVertex(string Id, string Name, params (int From, string Ship)[] Inputs)
{
    /// <summary>Records per second that all its subtasks together emit (a sink: receive).</summary>
    public double RecordsPerSecond { get; init; } = 100;

    /// <summary>Share of time it works at the parallelism the job was submitted with, 0 to 1.</summary>
    public double Busy { get; init; } = 0.05;

    /// <summary>Subtasks that would be fully busy at factor 1 of <see cref="KnownJob.Load"/>, whatever the parallelism; null goes by <see cref="Busy"/>.</summary>
    public double? Work { get; init; }

    /// <summary>Name of an accumulator that counts its records; null without one.</summary>
    public string? Accumulator { get; init; }

    /// <summary>Share of time it waits for a slower successor, 0 to 1.</summary>
    public double BackPressured { get; init; }

    /// <summary>Kafka topic that it reads; null for other sources.</summary>
    public string? Topic { get; init; }

    /// <summary>Partitions of <see cref="Topic"/>.</summary>
    public int Partitions { get; init; }

    /// <summary>Kafka topic that its sink writes; null for others.</summary>
    public string? WritesTopic { get; init; }

    /// <summary>Names of its keyed states.</summary>
    public IReadOnlyList<string> States { get; init; } = ["state"];
}
