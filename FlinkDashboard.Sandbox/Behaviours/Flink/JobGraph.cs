using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Behaviours.Flink;

/// <summary>Makes a job of a program.</summary>
internal static class JobGraph
{
    /// <summary>A job that was just submitted; without vertices if its initialisation is going to fail.</summary>
    public static FlinkJob Submit(DateTimeOffset now, string id, KnownJob program, Dictionary<string, string> settings, int? asked, CheckpointSettings? checkpointing, bool failed)
    {
        var parallelism = Math.Max(1, asked ?? settings.Number("parallelism.default", 1));
        var maximum = settings.Number("pipeline.max-parallelism", -1);
        return new FlinkJob(id, program.JobName, now)
        {
            Program = program,
            Parallelism = parallelism,
            MaxParallelism = maximum,
            Type = program.IsBatch ? "BATCH" : "STREAMING",
            CheckpointInterval = checkpointing?.Interval,
            Statistics = checkpointing is null ? null : new FlinkCheckpoints(),
            Vertices = failed ? [] : [.. program.Vertices.Select(v => new FlinkVertex(v.Id, v.Name, [.. v.Inputs.Select(i => new FlinkEdge(program.Vertices[i.From].Id, i.Ship))])
            {
                Parallelism = parallelism,
                MaxParallelism = maximum > 0 ? maximum : KeyGroups(parallelism),
                Traits = v,
            })],
        };
    }

    // Flink's KeyGroupRangeAssignment: one and a half times the parallelism, rounded up to a power of two, 128 to 32768.
    private static int KeyGroups(int parallelism) => (int)Math.Clamp(System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(parallelism + parallelism / 2)), 128u, 32768u);
}
