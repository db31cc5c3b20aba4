using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Behaviours.Flink;

/// <summary>How a job takes checkpoints, and how large and slow they come out.</summary>
internal sealed record CheckpointSettings
{
    /// <summary>Null: only on demand.</summary>
    public TimeSpan? Interval { get; init; }

    public required TimeSpan Timeout { get; init; }

    /// <summary>Checkpoint directory, normalised; null keeps them in the JobManager's memory.</summary>
    public string? Directory { get; init; }

    /// <summary>What happens to the newest checkpoint when the job ends.</summary>
    public required string Retention { get; init; }

    public bool Unaligned { get; init; }

    public bool Incremental { get; init; }

    public int Tolerated { get; init; }

    public CheckpointTrouble Trouble { get; init; }

    public long TroubleAfter { get; init; }

    /// <summary>From the job's configuration; null for jobs that cannot take any.</summary>
    public static CheckpointSettings? Of(IReadOnlyDictionary<string, string> settings, KnownJob program)
    {
        var interval = program.OwnCheckpointInterval ?? settings.Duration("execution.checkpointing.interval");
        if (program.IsBatch)
            return null;
        return new CheckpointSettings
        {
            Interval = interval > TimeSpan.Zero ? interval : null,
            Timeout = settings.Duration("execution.checkpointing.timeout") ?? TimeSpan.FromMinutes(10),
            Directory = settings.Text("execution.checkpointing.dir", "state.checkpoints.dir") is { } dir ? FlinkStorage.Normalise(dir) : null,
            Retention = settings.Text("execution.checkpointing.externalized-checkpoint-retention") ?? "NO_EXTERNALIZED_CHECKPOINTS",
            Unaligned = settings.Flag("execution.checkpointing.unaligned.enabled", settings.Flag("execution.checkpointing.unaligned")),
            Incremental = settings.Flag("execution.checkpointing.incremental", settings.Flag("state.backend.incremental")),
            Tolerated = settings.Number("execution.checkpointing.tolerable-failed-checkpoints", 0),
            Trouble = program.Trouble,
            TroubleAfter = program.TroubleAfter,
        };
    }

    /// <summary>Path of a checkpoint.</summary>
    public string PathOf(FlinkJob job, long id) => Directory is null ? "<checkpoint-not-externally-addressable>" : $"{Directory}/{job.Id}/chk-{id}";

    /// <summary>Bytes, within 4 % of the program's; savepoints are about three quarters larger, as recorded.</summary>
    public long SizeOf(FlinkJob job, FlinkCheckpoint checkpoint)
    {
        var whole = job.Program.StateSize * job.Vertices[0].Parallelism;
        var size = whole + (whole * (CheckpointSettings.Chance(job.Id, checkpoint.Id, 1) % 800 - 400) / 10_000);
        return checkpoint.IsSavepoint ? size * 177 / 100 : size;
    }

    /// <summary>From trigger to end: 15 to 145 ms, and a second for every 100 MB.</summary>
    public TimeSpan DurationOf(FlinkJob job, FlinkCheckpoint checkpoint, bool troubled)
    {
        if (troubled && Trouble == CheckpointTrouble.Slow)
            return Timeout;
        var transfer = TimeSpan.FromSeconds(SizeOf(job, checkpoint) / 100_000_000.0);
        return TimeSpan.FromMilliseconds(15 + Chance(job.Id, checkpoint.Id, 2) % 130) + transfer + (checkpoint.IsSavepoint ? TimeSpan.FromMilliseconds(120) : TimeSpan.Zero);
    }

    /// <summary>A number that depends on its arguments only, so that any range can be worked out again.</summary>
    public static long Chance(string jobId, long id, int salt)
    {
        var hash = 14695981039346656037UL ^ (ulong)salt;
        foreach (var c in jobId)
            hash = (hash ^ c) * 1099511628211UL;
        hash = (hash ^ (ulong)id) * 1099511628211UL;
        hash ^= hash >> 29;
        return (long)(hash * 0xbf58476d1ce4e5b9UL >> 33);
    }
}
