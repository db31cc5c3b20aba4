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
        var overrides = Overrides(settings);
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
                Parallelism = overrides.GetValueOrDefault(v.Id, parallelism),
                MaxParallelism = maximum > 0 ? maximum : KeyGroups(overrides.GetValueOrDefault(v.Id, parallelism)),
                Traits = v,
            })],
        };
    }

    // pipeline.jobvertex-parallelism-overrides: vertex id to parallelism, as 5a9c…:2,77be…:4.
    private static Dictionary<string, int> Overrides(Dictionary<string, string> settings) => (settings.Text("pipeline.jobvertex-parallelism-overrides") ?? "")
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(p => p.Split(':'))
        .Where(p => p.Length == 2 && int.TryParse(p[1], out var number) && number > 0)
        .ToDictionary(p => p[0].Trim(), p => int.Parse(p[1], System.Globalization.CultureInfo.InvariantCulture));

    // Flink's KeyGroupRangeAssignment: one and a half times the parallelism, rounded up to a power of two, 128 to 32768.
    private static int KeyGroups(int parallelism) => (int)Math.Clamp(System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(parallelism + parallelism / 2)), 128u, 32768u);
}
