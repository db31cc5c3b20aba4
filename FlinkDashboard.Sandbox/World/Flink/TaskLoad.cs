namespace FlinkDashboard.Sandbox.World.Flink;

/// <summary>
/// How busy the tasks of a job are and how much passes through them, as functions of the moment and of the present parallelism. What a
/// program says of itself holds at the parallelism it was submitted with: with more subtasks each has less to do.
/// </summary>
public static class TaskLoad
{
    /// <summary>Records per second that pass all subtasks of a vertex together: as many as come in, or as the slowest vertex takes.</summary>
    public static double Rate(FlinkJob job, FlinkVertex vertex, DateTimeOffset now) => vertex.Traits.RecordsPerSecond * Passing(job, now);

    /// <summary>Records that have passed since a moment after which the job runs as it does now.</summary>
    public static double Count(FlinkJob job, FlinkVertex vertex, DateTimeOffset from, DateTimeOffset to) =>
        vertex.Traits.RecordsPerSecond * (((job.Program.Load?.Mean(from, to) ?? 1) * Math.Max(0, (to - from).TotalSeconds)) - Waiting(job, to));

    /// <summary>Share of time a subtask works, 0 to 1.</summary>
    public static double Busy(FlinkJob job, FlinkVertex vertex, DateTimeOffset now) => BusyAt(job, vertex, Passing(job, now));

    /// <summary>Seconds that all subtasks together have worked since a moment after which the job runs as it does now.</summary>
    public static double BusySeconds(FlinkJob job, FlinkVertex vertex, DateTimeOffset from, DateTimeOffset to)
    {
        var seconds = Math.Max(0, (to - from).TotalSeconds) * vertex.Parallelism;
        var perRecord = vertex.Traits.RecordsPerSecond > 0 ? WorkAtOne(job, vertex) / vertex.Traits.RecordsPerSecond : 0;
        return Math.Min(seconds, perRecord * Count(job, vertex, from, to));
    }

    /// <summary>
    /// How much of the work a subtask gets, 1 on average: keyed input is uneven, other input is almost even. Two neighbours share what one has too
    /// much, so the sum stays, and at all times alike. Where there is no time to spare when most comes in, nobody gets more: what they counted never shrinks.
    /// </summary>
    public static double Weight(int seed, FlinkJob job, FlinkVertex vertex, int index)
    {
        var most = Math.Min(job.Program.Load?.Most ?? 1, Capacity(job));
        if (index == vertex.Parallelism - 1 && index % 2 == 0 || BusyAt(job, vertex, most) + BackPressuredAt(job, vertex, most) > 0.75)
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
    public static double BackPressured(FlinkJob job, FlinkVertex vertex, DateTimeOffset now) => BackPressuredAt(job, vertex, Passing(job, now));

    /// <summary>Seconds that a subtask has waited for a slower successor since a moment after which the job runs as it does now.</summary>
    public static double BackPressuredSeconds(FlinkJob job, FlinkVertex vertex, DateTimeOffset from, DateTimeOffset to)
    {
        if (job.Program.Load is null)
            return BackPressured(job, vertex, to) * Math.Max(0, (to - from).TotalSeconds);
        return BacklogOf(job) is { } backlog ? BackPressuredAt(job, vertex, backlog.Capacity) * Math.Max(0, backlog.At(to).Full - backlog.At(from).Full) : 0;
    }

    /// <summary>Records waiting at a source because the job could not keep up since it runs; 0 for other vertices.</summary>
    public static double Lag(FlinkJob job, FlinkVertex vertex, DateTimeOffset now) => vertex.Inputs.Count > 0 ? 0 : vertex.Traits.RecordsPerSecond * Waiting(job, now);

    /// <summary>Seconds by which what passes now is older than what comes in.</summary>
    public static double Behind(FlinkJob job, DateTimeOffset now) => job.Program.Load is { } load ? Waiting(job, now) / load.Most : 0;

    // In seconds of input at factor 1.
    private static double Waiting(FlinkJob job, DateTimeOffset now) => BacklogOf(job)?.At(now).Waiting ?? 0;

    // Null for a job that always keeps up.
    private static InputBacklog? BacklogOf(FlinkJob job)
    {
        if (job.Program.Load is not { } load || Capacity(job) is var capacity && capacity >= load.Most || !job.StateTimestamps.TryGetValue("RUNNING", out var since))
            return null;
        var known = job.Backlog;
        if (known is null || known.Since != since || known.Capacity != capacity)
            job.Backlog = known = new InputBacklog(load, capacity, since);
        return known;
    }

    // The factor that passes: what comes in, or while that is too much or some of it waits, what the job can take.
    private static double Passing(FlinkJob job, DateTimeOffset now)
    {
        if (job.Program.Load is not { } load)
            return Math.Min(1, Capacity(job));
        if (!job.IsFixed)
            return Passing(job, load, now);
        // All subtasks and all their metrics ask for the same moments.
        ref var remembered = ref job.Passed[(int)(((ulong)now.Ticks * 11400714819323198485ul) >> 56)];
        var known = remembered;
        if (known is null || known.At != now)
            remembered = known = new PassedFactor(now, Passing(job, load, now));
        return known.Factor;
    }

    private static double Passing(FlinkJob job, LoadProfile load, DateTimeOffset now)
    {
        var (factor, capacity) = (load.At(now), Capacity(job));
        return factor > capacity || Waiting(job, now) > 0 ? capacity : factor;
    }

    private static double BusyAt(FlinkJob job, FlinkVertex vertex, double factor) => Math.Min(1, WorkAtOne(job, vertex) * factor / vertex.Parallelism);

    private static double BackPressuredAt(FlinkJob job, FlinkVertex vertex, double factor)
    {
        if (job.Program.Load is null && job.Vertices.All(v => v.Parallelism == job.Parallelism))
            return vertex.Traits.BackPressured;
        return IsBeforeBottleneck(job, vertex, factor) ? Math.Max(0, 0.98 - BusyAt(job, vertex, factor)) : 0;
    }

    // Subtasks that would be fully busy with what comes in at factor 1.
    private static double WorkAtOne(FlinkJob job, FlinkVertex vertex) => vertex.Traits.Work ?? vertex.Traits.Busy * job.Parallelism;

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

    // Each vertex is looked at once: the ways through a mesh are too many to walk.
    private static bool IsBeforeBottleneck(FlinkJob job, FlinkVertex vertex, double factor)
    {
        var (seen, next) = (new HashSet<string>(StringComparer.Ordinal) { vertex.Id }, new Queue<string>([vertex.Id]));
        while (next.TryDequeue(out var id))
        {
            foreach (var after in job.Vertices.Where(v => v.Inputs.Any(i => i.SourceId == id)))
            {
                if (BusyAt(job, after, factor) >= 0.999)
                    return true;
                if (seen.Add(after.Id))
                    next.Enqueue(after.Id);
            }
        }
        return false;
    }
}
