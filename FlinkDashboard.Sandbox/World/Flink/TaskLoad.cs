namespace FlinkDashboard.Sandbox.World.Flink;

/// <summary>
/// How busy the tasks of a job are and how much passes through them, as functions of the moment and of the present parallelism. What a
/// program says of itself holds at the parallelism it was submitted with: with more subtasks each has less to do.
/// </summary>
public static class TaskLoad
{
    private static readonly TimeSpan LagStep = TimeSpan.FromSeconds(30);

    /// <summary>Records per second that want to pass all subtasks of a vertex together.</summary>
    public static double Demand(FlinkJob job, FlinkVertex vertex, DateTimeOffset now) => vertex.Traits.RecordsPerSecond * Factor(job, now);

    /// <summary>Records per second that pass them: as many as the slowest vertex takes.</summary>
    public static double Rate(FlinkJob job, FlinkVertex vertex, DateTimeOffset now) => Demand(job, vertex, now) * Throughput(job, now);

    /// <summary>Records that have passed since a moment after which the job runs as it does now.</summary>
    public static double Count(FlinkJob job, FlinkVertex vertex, DateTimeOffset from, DateTimeOffset to) =>
        vertex.Traits.RecordsPerSecond * (((job.Program.Load?.Mean(from, to) ?? 1) * Math.Max(0, (to - from).TotalSeconds)) - Backlog(job, to));

    /// <summary>Share of time a subtask works, 0 to 1.</summary>
    public static double Busy(FlinkJob job, FlinkVertex vertex, DateTimeOffset now) => Math.Min(1, Work(job, vertex, now) * Throughput(job, now) / vertex.Parallelism);

    /// <summary>Seconds that all subtasks together have worked since a moment after which the job runs as it does now.</summary>
    public static double BusySeconds(FlinkJob job, FlinkVertex vertex, DateTimeOffset from, DateTimeOffset to)
    {
        var seconds = Math.Max(0, (to - from).TotalSeconds) * vertex.Parallelism;
        var perRecord = vertex.Traits.RecordsPerSecond > 0 ? WorkAtOne(job, vertex) / vertex.Traits.RecordsPerSecond : 0;
        return Math.Min(seconds, perRecord * Count(job, vertex, from, to));
    }

    /// <summary>
    /// How much of the work a subtask gets, 1 on average: keyed input is uneven, other input is almost even. Two neighbours share what one has too
    /// much, so the sum stays. Where there is no time to spare, or the load comes and goes, nobody gets more: what they counted never shrinks.
    /// </summary>
    public static double Weight(int seed, FlinkJob job, FlinkVertex vertex, int index)
    {
        // Without a load that comes and goes, all moments are alike.
        if (index == vertex.Parallelism - 1 && index % 2 == 0 || job.Program.Load is not null || Busy(job, vertex, default) + BackPressured(job, vertex, default) > 0.75)
            return 1;
        var uneven = (vertex.Inputs.Any(i => i.ShipStrategy == "HASH") ? 0.25 : 0.03) * Chance(seed, vertex.Id, index / 2);
        return 1 + (index % 2 == 0 ? uneven : -uneven);
    }

    // The same for the same seed in every process, which string hash codes are not.
    private static double Chance(int seed, string id, int number)
    {
        var hash = (uint)seed ^ 2166136261u;
        foreach (var c in id)
            hash = (hash ^ c) * 16777619u;
        hash = (hash ^ (uint)number) * 16777619u;
        return ((hash ^ (hash >> 15)) * 2246822519u >> 8) / (double)(1 << 24);
    }

    /// <summary>Share of time a subtask waits for a slower successor, 0 to 1.</summary>
    public static double BackPressured(FlinkJob job, FlinkVertex vertex, DateTimeOffset now)
    {
        if (job.Program.Load is null && job.Vertices.All(v => v.Parallelism == job.Parallelism))
            return vertex.Traits.BackPressured;
        return IsBeforeBottleneck(job, vertex, now) ? Math.Max(0, 0.98 - Busy(job, vertex, now)) : 0;
    }

    /// <summary>Records waiting at a source because the job could not keep up since it runs; 0 for other vertices.</summary>
    public static double Lag(FlinkJob job, FlinkVertex vertex, DateTimeOffset now) => vertex.Inputs.Count > 0 ? 0 : vertex.Traits.RecordsPerSecond * Backlog(job, now);

    // In seconds of input at factor 1; whole steps are remembered with the job, so that looking again goes on from there.
    private static double Backlog(FlinkJob job, DateTimeOffset now)
    {
        if (job.Program.Load is not { } load || Capacity(job) is var capacity && capacity >= load.High || !job.StateTimestamps.TryGetValue("RUNNING", out var since))
            return 0;
        var known = job.Backlog;
        if (known is null || known.Since != since || known.Capacity != capacity || known.At > now)
            known = new FlinkBacklog(since, capacity, since, 0);
        while (known.At + LagStep <= now)
            known = known with { At = known.At + LagStep, Waiting = Next(load, capacity, known.Waiting, known.At, known.At + LagStep) };
        job.Backlog = known;
        return Next(load, capacity, known.Waiting, known.At, now);
    }

    private static double Next(LoadProfile load, double capacity, double waiting, DateTimeOffset from, DateTimeOffset to) =>
        Math.Max(0, waiting + ((load.Mean(from, to) - capacity) * (to - from).TotalSeconds));

    private static double Factor(FlinkJob job, DateTimeOffset now) => job.Program.Load?.At(now) ?? 1;

    // Subtasks that would be fully busy with what comes in.
    private static double Work(FlinkJob job, FlinkVertex vertex, DateTimeOffset now) => WorkAtOne(job, vertex) * Factor(job, now);

    private static double WorkAtOne(FlinkJob job, FlinkVertex vertex) => vertex.Traits.Work ?? vertex.Traits.Busy * job.Parallelism;

    // Share of the demand that passes; more than all of it while a backlog is worked off.
    private static double Throughput(FlinkJob job, DateTimeOffset now)
    {
        var possible = Capacity(job) / Factor(job, now);
        return possible < 1 || (job.Program.Load is not null && Backlog(job, now) > 0) ? possible : 1;
    }

    // Greatest factor at which no vertex is overloaded.
    private static double Capacity(FlinkJob job)
    {
        if (!job.IsFixed)
            return Least(job);
        if (double.IsNaN(job.FixedCapacity))
            job.FixedCapacity = Least(job);
        return job.FixedCapacity;
    }

    private static double Least(FlinkJob job) =>
        job.Vertices.Min(v => WorkAtOne(job, v) is > 0 and var work ? v.Parallelism / work : double.PositiveInfinity);

    private static bool IsBeforeBottleneck(FlinkJob job, FlinkVertex vertex, DateTimeOffset now) => job.Vertices
        .Where(v => v.Inputs.Any(i => i.SourceId == vertex.Id))
        .Any(v => Busy(job, v, now) >= 0.999 || IsBeforeBottleneck(job, v, now));
}
